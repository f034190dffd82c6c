"""What members own, and what became of it when they left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import Any

from django.db.models import QuerySet

from cove.directory.org.errors import UnknownBelonging, UnknownSuccessor
from cove.directory.org.models import Member
from cove.directory.org.permissions import HAND_OVER
from cove.kernel.actor import Actor
from cove.kernel.belongings import Belonging, Piece, belongings
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.changesets.queries import change_sets
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation

KIND = "org.hand_over"
SAMPLES = 5


@dataclass(frozen=True, slots=True)
class KindOwned:
    """How much of a kind a member owns, some of it, who would get how many, and what is to be minded."""

    kind: Belonging
    count: int
    samples: Sequence[Piece]
    to: Mapping[int, int]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who left and still owns something, by kind."""

    member: Member
    counts: Mapping[str, int]


def member_within_reach(actor: Actor, member_id: int, operation: Operation) -> Member:
    """Return a member to whom the actor may do `operation`; raises NotFound, also for one beyond his reach."""
    actor.require(operation)
    reach = actor.reach(operation)
    found = Member.visible_to(actor).filter(id=member_id).first()
    if found is None or not (reach.everybody or found.id in reach.member_ids):
        raise NotFound
    return found


def chosen_kinds(keys: Iterable[str]) -> list[Belonging]:
    """Return the kinds of belongings with these keys; raises UnknownBelonging."""
    found = []
    for key in dict.fromkeys(keys):
        kind = belongings.get(key)
        if kind is None:
            raise UnknownBelonging(kind=key, fields={"kinds": UnknownBelonging.words})
        found.append(kind)
    return found


def chosen_successors(actor: Actor, from_id: int, shares: Mapping[int, int]) -> dict[int, Member]:
    """Return the successors by id; raises UnknownSuccessor unless all are active and somebody else."""
    found = Member.visible_to(actor).filter(active=True).exclude(id=from_id).in_bulk(list(shares))
    if not shares or len(found) != len(shares):
        raise UnknownSuccessor(fields={"successors": UnknownSuccessor.words})
    return found


def owned(actor: Actor, member_id: int, shares: Mapping[int, int]) -> list[KindOwned]:
    """Return what a member owns by kind, and how it would be divided; raises NotFound."""
    member = member_within_reach(actor, member_id, HAND_OVER)
    cycle, found = turns(shares), []
    for kind in belongings:
        count = kind.counts(actor, [member.id]).get(member.id, 0)
        samples = kind.pieces(actor, kind.ids(actor, member.id, 0, SAMPLES)) if count else ()
        to = Counter(cycle[number % len(cycle)] for number in range(count)) if cycle else {}
        found.append(KindOwned(kind, count, samples, to, kind.warnings(actor, member.id)))
    return found


def turns(shares: Mapping[int, int]) -> list[int]:
    """Return whose turn it is, round after round: each as often as his share, spread out evenly (smooth weighted round-robin)."""
    if not shares:
        return []
    divisor = reduce(gcd, shares.values())
    weights = {key: share // divisor for key, share in sorted(shares.items())}
    whole, standing, order = sum(weights.values()), dict.fromkeys(weights, 0), []
    for _ in range(whole):
        for key, weight in weights.items():
            standing[key] += weight
        chosen = max(standing, key=lambda key: standing[key])
        standing[chosen] -= whole
        order.append(chosen)
    return order


def waiting(actor: Actor) -> list[Waiting]:
    """Return those who left and still own something, among whom the actor may hand over; the latest first."""
    actor.require(HAND_OVER)
    reach = actor.reach(HAND_OVER)
    rows = Member.visible_to(actor).filter(active=False)
    if not reach.everybody:
        rows = rows.filter(id__in=reach.member_ids)
    members = {row.id: row for row in rows.prefetch_related("departments").order_by("-id")}
    counts: dict[int, dict[str, int]] = {}
    for kind in belongings:
        for member_id, count in kind.counts(actor, members).items():
            if count:
                counts.setdefault(member_id, {})[kind.key] = count
    return [Waiting(member, counts[key]) for key, member in members.items() if key in counts]


def hand_overs(actor: Actor) -> QuerySet[ChangeSet]:
    """Return the hand-overs the actor may see, newest first."""
    actor.require(HAND_OVER)
    return change_sets(actor, kind=KIND)


def shares_of(arguments: dict[str, Any]) -> dict[int, int]:
    """Return member id to share, as a hand-over was asked for."""
    return {int(key): share for key, share in arguments["shares"].items()}
