"""Moments as they are shown: who has to publish them, who did, and what customers did with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from cove.engine.channels.wecom.models import WecomMoment, WecomMomentMember, WecomMomentReaction
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class MomentFigures:
    """How far a moment has come: members who have it and who published it, and what customers and colleagues did with it."""

    members: int = 0
    published: int = 0
    likes: int = 0
    comments: int = 0


def moments(actor: Actor, *, search: str = "", state: str = "") -> QuerySet[WecomMoment]:
    """Return the company's moments, by name and state if asked. Raises Forbidden."""
    rows = WecomMoment.visible_to(actor).select_related("asked_by")
    rows = rows.filter(subject__icontains=search) if search else rows
    return rows.filter(state=state) if state else rows


def shown_moment(actor: Actor, moment_id: int) -> WecomMoment:
    """Return one moment. Raises NotFound, Forbidden."""
    found = moments(actor).filter(id=moment_id).first()
    if found is None:
        raise NotFound
    return found


def moment_figures(actor: Actor, moment_ids: Iterable[int]) -> dict[int, MomentFigures]:
    """Return how far these moments have come; one query however many there are."""
    ids = list(moment_ids)
    found = {moment_id: MomentFigures() for moment_id in ids}
    rows = WecomMomentMember.objects.filter(tenant_id=actor.tenant_id, moment_id__in=ids).values("moment_id")
    counted = rows.annotate(
        members=Count("id"),
        published=Count("id", filter=Q(published_at__isnull=False)),
        liked=Sum("likes"),
        commented=Sum("comments"),
    )
    for row in counted.order_by():
        found[row["moment_id"]] = MomentFigures(row["members"], row["published"], row["liked"], row["commented"])
    return found


def moment_members(actor: Actor, moment_id: int) -> QuerySet[WecomMomentMember]:
    """Return who has a moment to publish. Raises NotFound."""
    return WecomMomentMember.objects.filter(moment=shown_moment(actor, moment_id))


def moment_reactions(actor: Actor, moment_id: int, *, form: str = "") -> QuerySet[WecomMomentReaction]:
    """Return which known customers liked a moment (`form` like) or commented on it (comment). Raises NotFound."""
    rows = WecomMomentReaction.objects.filter(moment=shown_moment(actor, moment_id))
    return rows.filter(form=form) if form else rows
