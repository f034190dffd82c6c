"""Handing over what a member owns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cove.directory.org.errors import HandOverRunning, NothingOwned
from cove.directory.org.models import Member
from cove.directory.org.permissions import HAND_OVER
from cove.directory.org.queries.handovers import (
    KIND,
    chosen_kinds,
    chosen_successors,
    member_within_reach,
)
from cove.facts.org import MemberHandedOver
from cove.kernel.actor import Actor
from cove.kernel.changesets.commands import begin_change
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.command import command, publish
from cove.kernel.jobs.models import JobRun

_OPEN = (JobRun.State.WAITING, JobRun.State.RUNNING)


@command(HAND_OVER)
def hand_over_belongings(
    actor: Actor, *, member_id: int, kinds: Sequence[str], shares: Mapping[int, int], why: str = ""
) -> ChangeSet:
    """Start handing over what a member owns of `kinds` to others (`shares`: member id to share), as one transfer; he may stay or have left.

    Raises NotFound, UnknownBelonging, UnknownSuccessor, NothingOwned, HandOverRunning.
    """
    member = member_within_reach(actor, member_id, HAND_OVER)
    # Held, so that two hand-overs of one member cannot begin at once.
    Member.visible_to(actor).select_for_update().get(id=member.id)
    wanted = chosen_kinds(kinds)
    chosen_successors(actor, member.id, shares)
    open_runs = JobRun.objects.filter(state__in=_OPEN).values("id")
    if ChangeSet.objects.filter(kind=KIND, about_id=member.id, run_id__in=open_runs).exists():
        raise HandOverRunning
    if not any(kind.counts(actor, [member.id]).get(member.id) for kind in wanted):
        raise NothingOwned
    arguments = {
        "kinds": [kind.key for kind in wanted],
        "shares": {str(key): share for key, share in shares.items()},
        "why": why,
    }
    return begin_change(actor, kind=KIND, arguments=arguments, about_id=member.id)


@command(HAND_OVER)
def tell_handed_over(actor: Actor, *, change_set: ChangeSet) -> None:
    """Tell that a transfer came to its end."""
    member = Member.visible_to(actor).get(id=change_set.about_id or 0)
    publish(
        MemberHandedOver(
            member_id=member.id,
            member_name=member.name,
            change_set_id=change_set.id,
            successor_ids=sorted(int(key) for key in change_set.arguments["shares"]),
            count=change_set.changed,
        )
    )
