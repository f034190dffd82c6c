from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from pydantic import ValidationError

from cove.directory.people import facade as people
from cove.engine.automation.contracts import ActionCall, Outcome, State
from cove.engine.automation.errors import InvalidParams, UnknownAction
from cove.engine.automation.models import Act
from cove.engine.automation.permissions import PERFORM_ACTIONS
from cove.kernel import clock
from cove.kernel.actions import actions
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import CoveError, NotFound
from cove.kernel.personal_data import holds_rows
from cove.kernel.words import Words


@command(PERFORM_ACTIONS)
def perform_actions(
    actor: Actor,
    *,
    contact_id: int,
    calls: Sequence[ActionCall],
    once_key: str,
    on_behalf: str = "",
) -> list[Outcome]:
    """Perform `calls` on a contact, in order, each once for `once_key` however often this runs; return what became of each.

    A refused call (a CoveError) is undone, noted with its reason, and the rest goes on; anything else stops all of them. The row
    of a call is written before it acts, so that of two transactions at once the second waits and then finds it settled.
    Raises NotFound for a contact the actor may not see.
    """
    if contact_id not in people.contacts_by_id(actor, [contact_id]):
        raise NotFound
    return [_settle(actor, contact_id, call, f"{once_key}#{number}", on_behalf) for number, call in enumerate(calls)]


def _settle(actor: Actor, contact_id: int, call: ActionCall, once_key: str, on_behalf: str) -> Outcome:
    row, new = Act.objects.get_or_create(
        once_key=once_key,
        defaults={
            "contact_id": contact_id,
            "action": call.key,
            "params": dict(call.params),
            "chain": [asdict(link) for link in actor.chain],
            "on_behalf": on_behalf,
            "member_id": actor.member_id,
            "at": clock.now(),
        },
    )
    if not new:
        return _outcome(row, again=True)
    try:
        with transaction.atomic():
            _act(actor, contact_id, call)
    except CoveError as refusal:
        row.state, row.reason = Act.State.REFUSED, refusal.in_both()
        row.save(update_fields=["state", "reason"])
    return _outcome(row, again=False)


def _act(actor: Actor, contact_id: int, call: ActionCall) -> None:
    action = actions.get(call.key)
    if action is None:
        raise UnknownAction(key=call.key)
    actor.require(action.operation)
    try:
        params = action.params.model_validate(dict(call.params))
    except ValidationError as error:
        raise InvalidParams(names=", ".join(".".join(map(str, one["loc"])) for one in error.errors())) from error
    action.perform(actor, contact_id, params)


def _outcome(row: Act, *, again: bool) -> Outcome:
    state: State = "refused" if row.reason else "done"
    return Outcome(row.action, state, reason=(row.reason or {}).get("code", ""), again=again)


ACTS = holds_rows(
    "automation.acts",
    Words("自动化执行记录", "Acts of automation"),
    model=Act,
    rows=lambda person: Act.objects.filter(contact_id__in=person.contacts),
    columns={
        "action": Words("动作", "Action"),
        "state": Words("结果", "Outcome"),
        "params": Words("参数", "Parameters"),
        "on_behalf": Words("发起方", "On behalf of"),
        "at": Words("时间", "Time"),
    },
)
