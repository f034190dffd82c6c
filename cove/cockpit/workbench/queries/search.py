"""Search over everything that has a name."""

from __future__ import annotations

from collections.abc import Callable

from cove.business.live_codes import facade as live_codes
from cove.cockpit.workbench.contracts import FoundGroup, FoundItem
from cove.directory.people import facade as people
from cove.engine.content.links import facade as links
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.words import Words

PER_GROUP = 6


def search(actor: Actor, text: str) -> list[FoundGroup]:
    """Return up to six hits of each kind the actor may see, kinds without a hit left out; empty text finds nothing."""
    text = text.strip()
    if not text:
        return []
    groups = [
        FoundGroup(kind=kind, label=label.here(), items=_allowed(find, actor, text)) for kind, label, find in _KINDS
    ]
    return [group for group in groups if group.items]


def _allowed(find: Callable[[Actor, str], list[FoundItem]], actor: Actor, text: str) -> list[FoundItem]:
    try:
        return find(actor, text)
    except Forbidden:
        return []


def _contacts(actor: Actor, text: str) -> list[FoundItem]:
    found = people.find_contacts(actor, text=text, limit=PER_GROUP)
    return [FoundItem(title=card.name, subtitle=card.company_name, url=f"/people/contacts/{card.id}") for card in found]


def _codes(actor: Actor, text: str) -> list[FoundItem]:
    found = live_codes.find_codes(actor, text=text, limit=PER_GROUP)
    return [
        FoundItem(title=card.name, subtitle=" · ".join(card.member_names), url=f"/attract/live-codes/{card.id}")
        for card in found
    ]


def _links(actor: Actor, text: str) -> list[FoundItem]:
    found = links.find_links(actor, text=text, limit=PER_GROUP, closed=True)
    return [FoundItem(title=card.name, subtitle=card.short_url, url=f"/attract/links/{card.id}") for card in found]


_KINDS: list[tuple[str, Words, Callable[[Actor, str], list[FoundItem]]]] = [
    ("contact", Words("客户", "Contacts"), _contacts),
    ("live_code", Words("渠道活码", "Live codes"), _codes),
    ("link", Words("追踪链接", "Tracked links"), _links),
]
