"""Looking for a text in what facts tell: ClickHouse finds where it may be, and what its reader would not be shown is passed over.

Looked at are the fields that a caption may show, so that whoever reads the line sees why it is there. Behaviour, of which there is most,
has them in columns; the few others are read out of their payload. Whoever sees a telephone masked cannot guess it by looking for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from typing import Any

from cove.engine.timeline.contracts import INSTEAD, Happening
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Fact, catalogue
from cove.kernel.sensitive import SensitiveField, mask_within, sensitive_fields

# Placeholders that captions make from another field; codes (reasons, names of fields) are no texts.
_MADE_FROM = {
    "tags_here": "tag_names",
    "why_here": "why",
    "through_here": "way_name",
    "text_here": "text",
    "parts_here": "titles",
}
_COLUMNS = ("title", "url", "event", "account")

IN_COLUMNS = " OR ".join(f"positionCaseInsensitiveUTF8({column}, {{text:String}}) > 0" for column in _COLUMNS)
# The whole payload first: only where the text is anywhere in it is the JSON taken apart.
IN_PAYLOAD = (
    "positionCaseInsensitiveUTF8(payload, {quoted:String}) > 0 AND arrayExists("
    "field -> positionCaseInsensitiveUTF8(JSONExtractRaw(payload, field), {quoted:String}) > 0, {fields:Array(String)})"
)
CONDITION = f"((kind IN {{columned:Array(String)}} AND ({IN_COLUMNS})) OR (kind NOT IN {{columned:Array(String)}} AND {IN_PAYLOAD}))"


def parameters(text: str) -> dict[str, Any]:
    """Return what the condition asks for a text."""
    everything = {name for kind in catalogue for name in fields_of(kind)}
    return {
        "text": text,
        # As JSON writes it: a quotation mark inside a note has a backslash before it.
        "quoted": json.dumps(text, ensure_ascii=False)[1:-1],
        "fields": sorted(everything),
        "columned": [kind.kind for kind in catalogue if set(fields_of(kind)) <= set(_COLUMNS)],
    }


@cache
def fields_of(kind: type[Fact]) -> tuple[str, ...]:
    """Return the fields of a kind of fact whose texts its caption may show."""
    named = {name for _, name, _, _ in Formatter().parse(kind.caption.zh) if name}
    named = {_MADE_FROM.get(name, name) for name in named}
    named |= {other for name in named for other in INSTEAD.get(name, ())}
    return tuple(sorted(name for name in named if name in kind.model_fields))


def tells(actor: Actor, kind: str, payload: Mapping[str, Any], text: str) -> bool:
    """Tell whether a fact has `text` in what this reader may see of it."""
    found = catalogue.get(kind)
    if found is None:
        return False
    hidden = [one for one in sensitive_fields if not actor.sees(one)]
    wanted = text.casefold()
    return any(wanted in said.casefold() for said in _said(found, payload, hidden))


def _said(kind: type[Fact], payload: Mapping[str, Any], hidden: list[SensitiveField]) -> Iterator[str]:
    closed = {one.key for one in hidden}
    for name in fields_of(kind):
        holds = kind.sensitive.get(name)
        if holds is not None and holds.key_in(payload) in closed:
            continue
        for value in payload[name] if isinstance(payload.get(name), list) else [payload.get(name)]:
            if isinstance(value, str):
                yield mask_within(value, hidden)


def found_in(actor: Actor, happenings: list[Happening], text: str) -> list[Happening]:
    """Return those facts in which this reader would find the text himself."""
    return [one for one in happenings if tells(actor, one.kind, one.payload, text)]
