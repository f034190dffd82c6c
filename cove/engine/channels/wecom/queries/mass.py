"""Mass messages as they are shown: whom they are for, who has to confirm them, what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from cove.directory.people import facade as people
from cove.engine.channels.wecom.contracts.aims import MassAim
from cove.engine.channels.wecom.contracts.states import TargetState
from cove.engine.channels.wecom.models import WecomGroup, WecomMassMember, WecomMassTarget, WecomMassTask
from cove.engine.channels.wecom.permissions import SEE_GROUPS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound

WORD_OF_STATE = {
    TargetState.NO_FRIEND: "not_a_friend",
    TargetState.HAD_THE_MOST: "had_the_most",
    TargetState.UNREACHABLE: "nobody_reachable",
}
"""The reason behind a state, where none was kept with it."""


@dataclass(slots=True)
class MassFigures:
    """How far a mass message has come: members who have it and who sent it, and of its targets how many wait, got it, and why not."""

    members: int = 0
    members_sent: int = 0
    waiting: int = 0
    sent: int = 0
    failed: Counter[str] = field(default_factory=Counter)


def masses(actor: Actor, *, search: str = "", state: str = "", chat_type: str = "") -> QuerySet[WecomMassTask]:
    """Return the company's mass messages, by name, state and kind if asked. Raises Forbidden."""
    rows = WecomMassTask.visible_to(actor).select_related("asked_by")
    rows = rows.filter(subject__icontains=search) if search else rows
    rows = rows.filter(state=state) if state else rows
    return rows.filter(chat_type=chat_type) if chat_type else rows


def mass(actor: Actor, task_id: int) -> WecomMassTask:
    """Return one mass message. Raises NotFound, Forbidden."""
    found = masses(actor).filter(id=task_id).first()
    if found is None:
        raise NotFound
    return found


def mass_figures(actor: Actor, task_ids: Iterable[int]) -> dict[int, MassFigures]:
    """Return how far these mass messages have come; two queries however many there are."""
    ids = list(task_ids)
    found = {task_id: MassFigures() for task_id in ids}
    members = WecomMassMember.objects.filter(tenant_id=actor.tenant_id, task_id__in=ids).values("task_id")
    for row in members.annotate(all=Count("id"), done=Count("id", filter=Q(sent_at__isnull=False))).order_by():
        found[row["task_id"]].members, found[row["task_id"]].members_sent = row["all"], row["done"]
    targets = WecomMassTarget.objects.filter(tenant_id=actor.tenant_id, task_id__in=ids)
    for one in targets.values("task_id", "state", "reason").annotate(all=Count("id")).order_by():
        _count(found[one["task_id"]], TargetState(one["state"]), one["reason"], one["all"])
    return found


def mass_members(actor: Actor, task_id: int) -> QuerySet[WecomMassMember]:
    """Return who has a mass message to confirm. Raises NotFound."""
    return WecomMassMember.objects.filter(task=mass(actor, task_id))


def mass_targets(actor: Actor, task_id: int, *, state: str = "") -> QuerySet[WecomMassTarget]:
    """Return what became of each for whom a mass message is: all, or ``waiting``, ``sent`` or ``failed``. Raises NotFound."""
    rows = WecomMassTarget.objects.filter(task=mass(actor, task_id))
    if state == "failed":
        return rows.exclude(state__in=[TargetState.WAITING, TargetState.SENT])
    return rows.filter(state=state) if state else rows


def why_not(state: TargetState, reason: str) -> str:
    """Return why somebody was not reached, a code of `cove.facts.delivery.REASONS`; empty for who was, or still may be."""
    return reason or WORD_OF_STATE.get(state, "")


def aimed_contacts(actor: Actor, aim: MassAim, *, most: int) -> list[int]:
    """Return at most `most` of the contacts of an aim whom the actor may see, the oldest first. Raises Forbidden."""
    rows = people.contacts_like(actor, **aim.narrowed())
    return list(rows.order_by("id")[:most])


def aimed_groups(actor: Actor, aim: MassAim) -> list[int]:
    """Return those groups of an aim that live, have an owner and are within the actor's reach. Raises Forbidden."""
    actor.require(SEE_GROUPS)
    rows = WecomGroup.visible_to(actor).filter(dismissed_at=None).exclude(owner_userid="")
    rows = rows.filter(id__in=aim.group_ids) if aim.group_ids else rows
    return list(rows.order_by("id").values_list("id", flat=True))


def groups_named(actor: Actor, chat_ids: Iterable[str]) -> dict[str, WecomGroup]:
    """Return the groups of these chat ids that the actor may see."""
    return {row.chat_id: row for row in WecomGroup.visible_to(actor).filter(chat_id__in=list(chat_ids))}


def _count(figures: MassFigures, state: TargetState, reason: str, number: int) -> None:
    if state is TargetState.WAITING:
        figures.waiting += number
    elif state is TargetState.SENT:
        figures.sent += number
    else:
        figures.failed[why_not(state, reason) or "refused"] += number
