"""The rules by which a page view gets its channel group, in their order.

1. utm_medium names a group of its own (e-mail, SMS, display, QR code …).
2. It was paid for: utm_medium says so, or a platform's click id is in the address. Where: utm_source, utm_medium, click id, referrer.
3. utm_source is a place we know.
4. The referrer: the own site, a place we know, else some other site.
5. No referrer: the app in whose browser it was opened (WeChat sends none).
6. Tagged by somebody in words we do not know: other. Nothing at all: direct.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cove.engine.tracking.channel_groups.hosts import LONGEST_HOST, found_by_suffix, host_of, owned_by
from cove.engine.tracking.channel_groups.mediums import GROUPS, PAID, PAID_AS
from cove.engine.tracking.channel_groups.places import AGENTS, BRANDS, CLICK_IDS, HOSTS, SOURCES

_BLANKS = str.maketrans("", "", " -_")
_WORDS = re.compile(r"[\s_\-./:+|]+")

_PAID = {"search": "paid_search", "video": "paid_video", "shopping": "paid_shopping", "social": "paid_social"} | {
    "wechat": "paid_social",
    "wecom": "paid_social",
}
_ORGANIC = {
    "search": "organic_search",
    "social": "organic_social",
    "video": "organic_video",
    "shopping": "organic_shopping",
    "wechat": "wechat",
    "wecom": "wecom",
    "ai": "ai_assistant",
    "email": "email",
    "audio": "audio",
}


def channel_group(
    *, url: str, referrer: str, utm_source: str, utm_medium: str, click_ids: Mapping[str, str], user_agent: str
) -> str:
    """Return the key of CHANNELS for one page view. Takes any text and refuses nothing; names of click ids, not their values, count."""
    medium = utm_medium.translate(_BLANKS).lower() if utm_medium else ""
    if group := GROUPS.get(medium):
        return group
    source = _kind_of_source(utm_source) if utm_source else None
    if medium in PAID or medium in PAID_AS or medium.startswith("paid") or not CLICK_IDS.keys().isdisjoint(click_ids):
        kind = source or PAID_AS.get(medium) or _kind_of_click(click_ids) or _kind_of_host(host_of(referrer))
        return _PAID.get(kind or "", "paid_other")
    if source:
        return _ORGANIC[source]
    return _untagged(host_of(url), host_of(referrer), user_agent, tagged=bool(utm_source or medium))


def _untagged(own: str, other: str, user_agent: str, *, tagged: bool) -> str:
    if other and not tagged and (other == own or owned_by(other) == owned_by(own)):
        return "internal"
    kind = _kind_of_host(other) if other else _kind_of_agent(user_agent)
    if kind:
        return _ORGANIC[kind]
    if other and owned_by(other) != owned_by(own):
        return "referral"
    return "other" if tagged else "direct"


def _kind_of_source(source: str) -> str | None:
    source = source.strip().lower()
    return SOURCES.get(source) or _kind_of_host(source) or _first(SOURCES.get(word) for word in _WORDS.split(source))


def _kind_of_host(host: str) -> str | None:
    if "." not in host or len(host) > LONGEST_HOST:
        return None
    return found_by_suffix(HOSTS, host) or BRANDS.get(owned_by(host).partition(".")[0])


def _kind_of_click(click_ids: Iterable[str]) -> str | None:
    return _first(CLICK_IDS.get(name) for name in click_ids)


@lru_cache(maxsize=4096)
def _kind_of_agent(user_agent: str) -> str | None:
    agent = user_agent.lower()
    return _first(kind if mark in agent else None for mark, kind in AGENTS)


def _first(found: Iterable[str | None]) -> str | None:
    return next((kind for kind in found if kind), None)
