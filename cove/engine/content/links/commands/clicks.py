"""Clicks: their figures, and what a click on a personal link tells of a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.content.links.models import Link, Recipient
from cove.engine.content.links.permissions import RUN_LINKS
from cove.kernel.actor import Actor
from cove.kernel.command import command

MOST_BROWSERS = 20
"""Browsers that are remembered of one recipient. A link that went round in a group is opened in hundreds."""

_CLICKS = """
INSERT INTO links_click_day AS had (tenant_id, link_id, day, clicks, suspicious)
SELECT %s, click.* FROM unnest(%s::bigint[], %s::date[], %s::int[], %s::int[]) AS click (link_id, day, clicks, suspicious)
WHERE EXISTS (SELECT FROM links_link WHERE id = click.link_id)
ON CONFLICT (link_id, day) DO UPDATE
SET clicks = had.clicks + excluded.clicks, suspicious = had.suspicious + excluded.suspicious
"""
_VISITORS = """
INSERT INTO links_click_visitor (tenant_id, link_id, day, visitor_id)
SELECT %s, click.* FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS click (link_id, day, visitor_id)
WHERE EXISTS (SELECT FROM links_link WHERE id = click.link_id)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Click:
    link_id: int
    visitor_id: int
    at: datetime
    suspicious: bool


@command(RUN_LINKS, audited=False)
def count_clicks(actor: Actor, *, clicks: Sequence[Click]) -> None:
    """Add clicks to the figures, two statements however many there are; a link that is gone for good has no figures."""
    zone = ZoneInfo(org.tenant(actor).timezone)
    placed = [(click, click.at.astimezone(zone).date()) for click in clicks]
    people_s = Counter((click.link_id, day) for click, day in placed if not click.suspicious)
    machines = Counter((click.link_id, day) for click, day in placed if click.suspicious)
    visitors = sorted({(click.link_id, day, click.visitor_id) for click, day in placed if not click.suspicious})
    rows = [(*key, people_s[key], machines[key]) for key in sorted({*people_s, *machines})]
    with connection.cursor() as cursor:
        cursor.execute(_CLICKS, [actor.tenant_id, *map(list, zip(*rows, strict=True))])
        if visitors:
            cursor.execute(_VISITORS, [actor.tenant_id, *map(list, zip(*visitors, strict=True))])


@command(RUN_LINKS, audited=False)
def note_recipient(actor: Actor, *, link_id: int, contact_id: int, visitor_id: int, at: datetime) -> None:
    """Note that a personal link was followed. The first browser that opens it is the recipient's, if it is nobody's yet.

    A link may be passed on: every other browser stays whose it is, and the click counts as the recipient's all the same.
    Nothing happens where link or contact are gone.
    """
    known = people.contacts_by_id(actor, [contact_id])
    if contact_id not in known or not Link.visible_to(actor).filter(id=link_id).exists():
        return
    row, made = Recipient.objects.select_for_update().get_or_create(
        link_id=link_id,
        contact_id=contact_id,
        defaults={"clicks": 1, "first_at": at, "last_at": at, "visitors": [visitor_id]},
    )
    if made:
        people.join_visitor(actor, contact_id=contact_id, visitor_id=visitor_id, how="link")
        return
    row.clicks += 1
    row.first_at, row.last_at = min(row.first_at, at), max(row.last_at, at)
    if visitor_id not in row.visitors and len(row.visitors) < MOST_BROWSERS:
        row.visitors = [*row.visitors, visitor_id]
    row.save()
