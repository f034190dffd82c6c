"""Page views: where the visitor came from, as the page's address and his browser tell it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cove.edge.collector.faults import MISSING
from cove.edge.collector.wire import Event
from cove.engine.tracking.facade import CLICK_IDS, channel_group
from cove.facts.tracking import UTM
from cove.kernel.words import Words

MOST_PARAMETERS = 100
UTM_LENGTH = 200
CLICK_ID_LENGTH = 300

_ABSOLUTE = Words(
    "请传以 http:// 或 https:// 开头的完整地址", "Send the whole address, beginning with http:// or https://"
)
_WANTED = frozenset({*UTM, *CLICK_IDS})


def url_fault(url: str, source_kind: str) -> Words | None:
    """Return what is wrong with a page's address, if anything: pages of the web have whole ones, those of an app any name."""
    if not url:
        return MISSING
    if source_kind != "web":
        return None
    scheme, separator, rest = url.partition("://")
    good = scheme.lower() in ("http", "https") and separator and rest and rest[0] not in "/?#:"
    return None if good else _ABSOLUTE


def page_fields(event: Event, user_agent: str) -> dict[str, Any]:
    """Return what only page views have.

    Campaign fields that are given win over those in the address; a page without a title is called by its path.
    """
    parameters = _parameters(event.url)
    utm = {name: getattr(event, name) for name in UTM}
    if parameters and not any(utm.values()):
        utm = {name: parameters.get(name, "")[:UTM_LENGTH] for name in UTM}
    click_ids = {name: value[:CLICK_ID_LENGTH] for name, value in parameters.items() if name in CLICK_IDS}
    return {
        **utm,
        "title": event.title or _path(event.url),
        "referrer": event.referrer,
        "click_ids": click_ids,
        "channel": channel_group(
            url=event.url,
            referrer=event.referrer,
            utm_source=utm["utm_source"],
            utm_medium=utm["utm_medium"],
            click_ids=click_ids,
            user_agent=user_agent,
        ),
    }


def _parameters(url: str) -> dict[str, str]:
    """Return the parameters of an address that say something about a campaign; of a repeated one the first."""
    query = url.partition("#")[0].partition("?")[2]
    if not query:
        return {}
    found: dict[str, str] = {}
    try:
        for name, value in parse_qsl(query, max_num_fields=MOST_PARAMETERS):
            if name in _WANTED:
                found.setdefault(name, value)
    except ValueError:
        # So many parameters are no campaign's.
        return {}
    return found


def _path(url: str) -> str:
    try:
        return urlsplit(url).path[:500] or "/"
    except ValueError:
        return "/"
