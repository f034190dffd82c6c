"""Looking at a source's events as they come: it begins, is kept up while the page is open, and ends by itself."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cove.engine.tracking.contracts import WATCHED, Seen
from cove.engine.tracking.models import Sighting, Source
from cove.engine.tracking.permissions import FORGET_SIGHTINGS, NOTE_SIGHTINGS, WATCH_SOURCES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.live.publish import tell_live
from cove.kernel.signposts.commands import put_signpost
from cove.kernel.words import Words

WATCH_SECONDS = 45
"""How long a source stays watched without being asked again."""
KEPT_MINUTES = 10
KEPT_OF_A_SOURCE = 500
TOLD = "tracking_seen"
"""The live event that tells open debuggers to ask for more."""
LONGEST_NAME = 200
LARGEST_SAMPLE = 4_000
"""Characters of JSON."""


@command(WATCH_SOURCES)
def watch_source(actor: Actor, *, source_id: int) -> None:
    """Begin to look at a source's events. Raises NotFound."""
    _watch(actor, source_id)


@command(WATCH_SOURCES, audited=False)
def keep_watching(actor: Actor, *, source_id: int) -> None:
    """Go on looking for another while. Raises NotFound."""
    _watch(actor, source_id)


@command(NOTE_SIGHTINGS, audited=False)
def note_sightings(actor: Actor, *, source_id: int, sightings: Sequence[Seen], left_out: int) -> None:
    """Keep what the collector saw for whoever looks, and tell him; a source that is gone is passed over."""
    if not sightings or not Source.visible_to(actor).filter(id=source_id).exists():
        return
    now = clock.now()
    rows = [_row(source_id, one) for one in sightings]
    rows[0].left_out = left_out
    for row in rows:
        row.noted_at = now
    Sighting.objects.bulk_create(rows)
    _forget_old(actor, source_id)
    tell_live(actor.tenant_id, TOLD, {"source_id": source_id}, needs=WATCH_SOURCES)


@command(FORGET_SIGHTINGS, audited=False)
def forget_sightings(actor: Actor) -> None:
    """Drop what was kept for debuggers that nobody looks at any more."""
    Sighting.visible_to(actor).filter(noted_at__lt=clock.now() - timedelta(minutes=KEPT_MINUTES)).delete()


def _watch(actor: Actor, source_id: int) -> None:
    source = _source(actor, source_id)
    until = clock.now() + timedelta(seconds=WATCH_SECONDS)
    put_signpost(WATCHED, str(source.id), {"until": until.timestamp()})


def _source(actor: Actor, source_id: int) -> Source:
    found = Source.visible_to(actor).filter(id=source_id).first()
    if found is None:
        raise NotFound
    return found


def _forget_old(actor: Actor, source_id: int) -> None:
    mine = Sighting.visible_to(actor).filter(source_id=source_id)
    oldest_kept = mine.order_by("-id").values_list("id", flat=True)[KEPT_OF_A_SOURCE - 1 : KEPT_OF_A_SOURCE].first()
    if oldest_kept is not None:
        mine.filter(id__lt=oldest_kept).delete()


def _row(source_id: int, seen: Seen) -> Sighting:
    sample, cut = _sample(seen.properties)
    fields = {_fits(name, LONGEST_NAME): _both(words) for name, words in seen.fields.items()}
    texts: dict[str, Any] = {"cut": cut, "fields": fields}
    if seen.message is not None:
        texts["message"] = _both(seen.message)
    return Sighting(
        source_id=source_id,
        type=_fits(seen.type, LONGEST_NAME),
        name=_fits(seen.name, LONGEST_NAME),
        message_id=_fits(seen.message_id, LONGEST_NAME),
        at=seen.at,
        verdict=seen.verdict,
        code=seen.code,
        texts=texts,
        properties=sample,
    )


def _both(words: Words) -> list[str]:
    return [_fits(words.zh, LARGEST_SAMPLE), _fits(words.en, LARGEST_SAMPLE)]


def _fits(text: str, length: int) -> str:
    # PostgreSQL takes no NUL, and half a surrogate pair is no UTF-8; a refused event may well have either.
    return text.replace("\0", "").encode(errors="replace").decode()[:length]


def _sample(properties: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return as many properties as fit, in their order, and whether some did not."""
    sample: dict[str, Any] = {}
    room = LARGEST_SAMPLE
    for name, value in properties.items():
        text = _fits(json.dumps(value, ensure_ascii=False, default=str).replace("\\u0000", ""), LARGEST_SAMPLE)
        room -= len(text) + len(str(name))
        if room < 0:
            return sample, True
        sample[_fits(str(name), LONGEST_NAME)] = _read_back(text)
    return sample, False


def _read_back(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=str, parse_float=_finite)
    except ValueError:
        return text


def _finite(text: str) -> float | str:
    # JSON has no infinity, though a sender may write a number that is one to us.
    number = float(text)
    return number if math.isfinite(number) else text
