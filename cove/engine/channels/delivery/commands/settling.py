"""Noting in one transaction how those acts of a company ended that ended at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from django.db import OperationalError, transaction

from cove.engine.channels.delivery.commands.gate import give_back
from cove.engine.channels.delivery.commands.outbox import note, tell, theirs
from cove.engine.channels.delivery.contracts import FINAL, Charge, Ended, State, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import DELIVER
from cove.kernel import clock
from cove.kernel.actor import Actor, Link
from cove.kernel.command import command

log = structlog.get_logger(__name__)

_NOTED = (
    "kind",
    "state",
    "claimed_by",
    "purpose",
    "contact_id",
    "drawn",
    "credits",
    "paid_at",
    "setbacks",
    "not_before",
)
"""What must be known of an act to note how it ended; what it says may be long."""


@command(DELIVER, audited=False)
def settle_together(actor: Actor, *, ended: Sequence[Ended]) -> int:
    """Note the verdicts on orders of one company as `settle` does each; return how many were still theirs."""
    known = {one.order.id: one for one in ended}
    rows = Delivery.visible_to(actor).only(*_NOTED).select_for_update().filter(id__in=known).order_by("id")
    ours = [(row, known[row.id]) for row in rows if theirs(row, known[row.id].order)]
    back: list[Charge] = []
    alike: dict[tuple[str, int | None, bool], list[int]] = {}
    for row, one in ours:
        said = one.verdict
        if said.state is State.SENT and kinds[row.kind].settle is not None:
            alike.setdefault((said.reason, said.errcode, said.doubtful), []).append(row.id)
        else:
            back += note(actor, row, said)
    for (reason, errcode, doubtful), ids in alike.items():
        _note_sent(ids, reason, errcode, clock.now(), doubtful=doubtful)
    _tell_together(actor, [one for _, one in ours if one.verdict.state in FINAL])
    give_back(actor, back)
    return len(ours)


def _note_sent(ids: Sequence[int], reason: str, errcode: int | None, now: datetime, *, doubtful: bool) -> None:
    """Note what `note` would of acts that went out and whose kind takes over the rest."""
    Delivery.objects.filter(id__in=ids).update(
        state=State.SENT, reason=reason, errcode=errcode, doubtful=doubtful, result={}, finished_at=now
    )


def _tell_together(actor: Actor, ended: Iterable[Ended]) -> None:
    groups: dict[tuple[str, tuple[Link, ...]], list[Ended]] = {}
    for one in ended:
        groups.setdefault((one.order.kind, one.order.chain), []).append(one)
    for (name, chain), group in groups.items():
        together = kinds[name].settle_together
        if together is None or len(group) == 1 or not _digested(actor, chain, name, group):
            for one in group:
                tell(actor, one.order, one.verdict)


def _digested(actor: Actor, chain: tuple[Link, ...], name: str, group: Sequence[Ended]) -> bool:
    """Tell a kind of several acts at once; return False if it stumbled over one of them, and none was digested."""
    together = kinds[name].settle_together
    try:
        with transaction.atomic():
            if together is not None:
                together(Actor.system(actor.tenant_id, chain=chain), group)
    except OperationalError:
        raise
    except Exception:
        log.exception("the news of several deliveries was not digested; each is told by itself", kind=name)
        return False
    return True
