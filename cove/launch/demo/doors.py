"""Letting a life in through the doors: the platform tells what happened there, site and product tell the collector.

Each piece waits until the platform's part of it is known, because who somebody is there decides whose his visits are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import httpx

from cove.launch.demo.company import LIFE_SOURCES, source_of
from cove.launch.demo.console import PATIENCE, Console
from cove.launch.demo.kept import Kept
from cove.launch.demo.life.lives import Doing, Life, Sent, Writer
from cove.launch.demo.outside import Outside

PIECE = 100
"""Contacts that are let in together."""
MOST_EVENTS = 500
AGENT = "YunxiuCloud/4.1 (server; history)"

Progress = Callable[[int, int], None]
"""Called with the contacts and the facts that were sent so far."""
Beside = Callable[[Sequence[Life]], int]
"""Lays what no door can tell of these contacts, who came in this moment; returns how many facts that are."""


def let_life_in(
    console: Console,
    outside: Outside,
    life: Kept,
    keys: dict[str, str],
    progress: Progress,
    beside: Beside,
    *,
    upto: int = 0,
) -> None:
    """Let the contacts of a plan in (the first `upto` if given), the strangers beside them, and the past of each piece.

    A piece that was cut off is told again, and nothing counts twice.
    """
    last = min(life.contacts, upto or life.contacts)
    writer, company = Writer(life.plan), outside.company()["corp_id"]
    # The demo's platform remembers old conversations, as long as a new company has not read them.
    outside.call("PUT", "/settings/kf_days", {"value": "4000"})
    with httpx.Client(base_url=console.base_url, timeout=PATIENCE, headers={"User-Agent": AGENT}) as http:
        for first in range(life.done, last, PIECE):
            numbers = range(first, min(first + PIECE, last))
            lives = [writer.life(number) for number in numbers]
            _tell_platform(console, outside, company, lives)
            events = [event for one in lives for event in one.sent]
            events += [one for number in numbers for one in writer.strangers(number)]
            for place, key in keys.items():
                _collect(http, key, [one for one in events if one.place == place])
            life.facts += len(events) + sum(len(one.doings) for one in lives) + beside(lives)
            life.done = numbers[-1] + 1
            life.save()
            progress(life.done, life.facts)


def server_keys(console: Console) -> dict[str, str]:
    """Return a fresh server key of each source, by the place of which it tells; sources that are missing are made."""
    keys = {}
    for place in LIFE_SOURCES:
        made = console.call("POST", f"/api/tracking/sources/{source_of(console, place)['id']}/server-key")
        keys[place] = made["text"]
    return keys


def persons_of(lives: Sequence[Life]) -> list[dict[str, Any]]:
    """Return, as the sandbox is told, who of these people is known at the platform."""
    return [
        {
            "external_userid": life.external_userid,
            "unionid": life.unionid,
            "name": life.who.nick,
            "gender": life.who.gender,
            "at": int(life.doings[0].at.timestamp()),
        }
        for life in lives
        if life.doings
    ]


def _tell_platform(console: Console, outside: Outside, corp_id: str, lives: Sequence[Life]) -> None:
    told = sorted(((one, life) for life in lives for one in life.doings), key=lambda pair: pair[0].at)
    doings = [_doing(one, life) for one, life in told]
    stays = [one for one in doings if one["do"] != "leave"]
    before = _known(console)
    new = outside.call("POST", f"/corps/{corp_id}/story", {"persons": persons_of(lives), "doings": stays})["told"]
    added = sum(one["do"] == "add" for one in stays)
    # Cove asks who a new friend is, and of whoever has left again the platform tells nothing.
    console.wait("the platform's customers", lambda: _known(console) >= before + min(added, new), seconds=300)
    outside.call("POST", f"/corps/{corp_id}/story", {"doings": [one for one in doings if one["do"] == "leave"]})


def _doing(one: Doing, life: Life) -> dict[str, Any]:
    return {
        "at": int(one.at.timestamp()),
        "do": one.do,
        "person": life.external_userid,
        "userid": one.userid,
        "code": f"Cove {one.code}"[:30] if one.code else "",
        "text": one.text,
        "remark": life.remark if one.do == "add" else "",
    }


def _known(console: Console) -> int:
    """Count whom the platform was asked about."""
    answer = console.call("GET", "/api/deliveries?kind=wecom.fetch_contact&state=sent&limit=1")
    return int(answer["total"] or 0)


def _collect(http: httpx.Client, key: str, events: Sequence[Sent]) -> None:
    for batch in _batches(events):
        for wait in (0.1, 0.3, 1.0, 3.0, 0):
            answer = http.post("/collect/batch", json={"batch": batch}, headers={"Authorization": f"Bearer {key}"})
            # A key that was made this moment may not have reached the collector.
            if answer.status_code not in (401, 429, 503) or not wait:
                break
            time.sleep(max(wait, float(answer.headers.get("Retry-After", 0))))
        answer.raise_for_status()
        if refused := answer.json()["refused"]:
            raise RuntimeError(f"the collector refused {len(refused)} events, the first: {refused[0]}")


def _batches(events: Sequence[Sent]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(events)
    while batch := [one.event for one in islice(rest, MOST_EVENTS)]:
        yield batch
