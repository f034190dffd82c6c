"""What sends, automations and other modules may ask of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings

from cove.engine.content.links.commands import links as commands
from cove.engine.content.links.contracts import PATH, LinkCard
from cove.engine.content.links.models import Link
from cove.engine.content.links.queries import links as queries
from cove.kernel.actor import Actor


def find_links(actor: Actor, *, text: str, limit: int, closed: bool = False) -> list[LinkCard]:
    """Return up to `limit` links whose name or target has `text` in it, newest first; `text` may be the short link itself.

    Those that lead nowhere any more only if `closed` ones are wanted, too; deleted ones never. Raises Forbidden.
    """
    found = queries.links(actor, search=text, state=None if closed else "active").filter(deleted_at=None)
    return [_card(row) for row in found.order_by("-id")[:limit]]


def make_link(
    actor: Actor,
    *,
    name: str,
    target: str,
    utm: Mapping[str, str] | None = None,
    expires_at: datetime | None = None,
) -> LinkCard:
    """Make a link to `target`. Raises Forbidden, NameTaken, BadTarget, LeadsToItself, ExpiresInThePast."""
    return _card(commands.create_link(actor, name=name, target=target, utm=utm, expires_at=expires_at))


def personal_urls(actor: Actor, *, link_id: int, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return for each contact the link as it is sent to him: who clicks is then known.

    Nothing is written down, however many they are. Whether the actor may reach the contacts is the sender's to ask.
    Raises Forbidden, NotFound.
    """
    link = queries.link(actor, link_id)
    return {contact_id: queries.personal_url(link, contact_id) for contact_id in contact_ids}


def personal_text(actor: Actor, *, text: str, contact_id: int) -> str:
    """Return a text with every short link of this company in it made the contact's own; other addresses stay as they are."""
    found = set(re.findall(_short_links(), text))
    links = queries.links_by_slug(actor, found) if found else {}

    def own(match: re.Match[str]) -> str:
        link = links.get(match[1])
        return queries.personal_url(link, contact_id) if link else match[0]

    return re.sub(_short_links(), own, text)


def _short_links() -> str:
    # A link that is somebody's already has another part behind its slug.
    return re.escape(f"{settings.PUBLIC_URL}{PATH}") + r"([0-9A-Za-z]+)(?![0-9A-Za-z/])"


def _card(row: Link) -> LinkCard:
    return LinkCard(row.id, row.name, queries.short_url(row))
