"""What a user agent says of itself.

The list of crawlers is kept by the package ``crawler-user-agents`` (PyPI, github.com/monperrus/crawler-user-agents); a newer list is a
newer version of it. Its tags tell libraries for programs (an app of one's own may use one) and driven browsers from crawlers. Nearly all
of its patterns are plain texts, which are looked up by how they begin: fifty times faster than one expression of them all, and a flood
of agents never seen before costs little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from cove.engine.tracking.suspicion.reasons import CRAWLER, HEADLESS, NO_AGENT, PROGRAM

_REASONS = {"browser-automation": HEADLESS.key, "http-library": PROGRAM.key}
# Beside the list: what these tools call themselves by default.
_MORE = {
    HEADLESS.key: ("puppeteer", "playwright", "jsdom/", "SlimerJS", "Selenium", "Nightmare/"),
    PROGRAM.key: (
        "^Java/",
        "^undici",
        "^reqwest",
        "^Ruby",
        "^Deno/",
        "^Bun/",
        "^PostmanRuntime",
        "^libcurl",
        "^Guzzle",
    ),
}
# People's browsers that the list takes for the crawler of the same house.
_PEOPLE = re.compile(r"SogouMobileBrowser|SogouMSE|SogouSearch|MetaSr", re.IGNORECASE)
_START = 3
_SHORT = 5
"""A shorter text counts only where a word begins: “008/” is an agent, and the end of many a phone's build."""

_plain: dict[str, list[tuple[str, bool, str]]] = defaultdict(list)
_expressions: list[tuple[re.Pattern[str], str]] = []


def _read(pattern: str, reason: str) -> None:
    text = re.sub(r"\\([^A-Za-z0-9])", "\0\\1", pattern.removeprefix("^"))
    if re.search(r"[\\^$.|?*+()\[\]{}]", re.sub("\0.", "", text)):
        _expressions.append((re.compile(pattern), reason))
    else:
        text = text.replace("\0", "")
        _plain[text[:_START]].append((text, pattern.startswith("^"), reason))


for _one in CRAWLER_USER_AGENTS_DATA:
    _tags = _one.get("tags") or [""]
    _read(_one["pattern"], _REASONS.get(_tags[0], CRAWLER.key))
for _reason, _patterns in _MORE.items():
    for _pattern in _patterns:
        _read(_pattern, _reason)


@lru_cache(maxsize=8192)
def told_by(user_agent: str) -> str:
    """Return the key of the reason that a user agent gives, or an empty text. Remembered, as few agents make most events."""
    if not user_agent.strip():
        return NO_AGENT.key
    found = _listed(user_agent)
    for reason in (HEADLESS.key, PROGRAM.key):
        if reason in found:
            return reason
    return CRAWLER.key if found and not _PEOPLE.search(user_agent) else ""


def name_in(user_agent: str) -> str:
    """Return what a crawler, program or driven browser calls itself, such as ``Baiduspider``; an empty text if it is none of the list."""
    if not told_by(user_agent):
        return ""
    names = [match.group() for one, _ in _expressions if (match := one.search(user_agent))]
    names += [text for text, _ in _plain_texts(user_agent)]
    return max(names, key=len, default="").strip("/ ;(")


def _listed(user_agent: str) -> set[str]:
    found = {reason for expression, reason in _expressions if expression.search(user_agent)}
    return found | {reason for _, reason in _plain_texts(user_agent)}


def _plain_texts(user_agent: str) -> Iterator[tuple[str, str]]:
    for place in range(len(user_agent) - _START + 1):
        for text, at_start, reason in _plain.get(user_agent[place : place + _START], ()):
            if (place == 0 or not at_start) and user_agent.startswith(text, place) and _counts(text, user_agent, place):
                yield text, reason


def _counts(text: str, user_agent: str, place: int) -> bool:
    return len(text) >= _SHORT or place == 0 or user_agent[place - 1] in " ;(/"
