from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from cove.engine.content.links.contracts import PATH, token_for
from cove.engine.content.links.models import ClickDay, Link, Recipient
from cove.engine.content.links.permissions import SEE_LINKS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound

State = Literal["active", "closed", "deleted"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Since the link was made: times followed by people, by machines, and how many recipients followed theirs."""

    clicks: int = 0
    suspicious: int = 0
    recipients: int = 0


def links(actor: Actor, *, search: str = "", state: State | None = None) -> QuerySet[Link]:
    """Return the links the actor may see; `state` None means all, `search` is in name or target, or the short link. Raises Forbidden."""
    actor.require(SEE_LINKS)
    rows = Link.visible_to(actor).select_related("created_by")
    if search:
        # A short link as it was copied, somebody's own as well, has its slug behind the path.
        slug = search.rpartition(PATH)[2].partition("/")[0]
        rows = rows.filter(Q(name__icontains=search) | Q(target__icontains=search) | Q(slug=slug))
    closed = Q(off=True) | Q(expires_at__lte=clock.now())
    if state == "deleted":
        return rows.filter(deleted_at__isnull=False)
    if state == "closed":
        return rows.filter(closed, deleted_at__isnull=True)
    if state == "active":
        return rows.filter(deleted_at__isnull=True).exclude(closed)
    return rows


def link(actor: Actor, link_id: int) -> Link:
    """Return one link, deleted or not. Raises Forbidden, NotFound."""
    found = links(actor).filter(id=link_id).first()
    if found is None:
        raise NotFound
    return found


def links_by_slug(actor: Actor, slugs: Iterable[str]) -> dict[str, Link]:
    """Return the company's links by slug, whoever made them: who has the text of a message has its links."""
    return {row.slug: row for row in Link.objects.filter(tenant_id=actor.tenant_id, slug__in=list(slugs))}


def figures(actor: Actor, link_ids: Iterable[int]) -> dict[int, Figures]:
    """Return the figures of links the actor may see by id, two queries however many there are; those of others are nought."""
    wanted = list(link_ids)
    seen = Link.visible_to(actor).filter(id__in=wanted).values("id")
    days = ClickDay.objects.filter(tenant_id=actor.tenant_id, link_id__in=seen).values_list("link_id")
    sums = {key: (clicks, suspicious) for key, clicks, suspicious in days.annotate(Sum("clicks"), Sum("suspicious"))}
    theirs = Recipient.objects.filter(tenant_id=actor.tenant_id, link_id__in=seen).values_list("link_id")
    recipients = dict(theirs.annotate(Count("id")))
    found = {}
    for key in wanted:
        clicks, suspicious = sums.get(key, (0, 0))
        found[key] = Figures(clicks, suspicious, recipients.get(key, 0))
    return found


def short_url(row: Link) -> str:
    """Return the link as it is printed and posted, which is nobody's."""
    return f"{settings.PUBLIC_URL}{PATH}{row.slug}"


def personal_url(row: Link, contact_id: int) -> str:
    """Return the link as it is sent to one contact."""
    return f"{short_url(row)}/{token_for(contact_id, slug=row.slug, secret=settings.SECRET_KEY)}"
