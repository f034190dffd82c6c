"""What of a happening its reader may see whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cove.engine.timeline.contracts import Happening
from cove.kernel.actor import Actor
from cove.kernel.http.masking import shown_to, text_shown_to
from cove.kernel.log.fact import catalogue
from cove.kernel.sensitive import sensitive_fields


def payload_for(actor: Actor, one: Happening, contact_id: int) -> dict[str, Any]:
    """Return the payload as the actor may see it: sensitive fields masked, and what looks like their values inside other texts."""
    kind = catalogue.get(one.kind)
    holds = kind.sensitive if kind else {}
    shown = dict(one.payload)
    for name, value in one.payload.items():
        sensitive = sensitive_fields.get(holds[name].key_in(one.payload)) if name in holds else None
        if sensitive is not None and isinstance(value, str):
            shown[name] = shown_to(actor, sensitive, value, record="people_contact", record_id=contact_id)
        else:
            shown[name] = _looked_through(actor, value)
    return shown


def _looked_through(actor: Actor, value: Any) -> Any:
    if isinstance(value, str):
        return text_shown_to(actor, value)
    if isinstance(value, Mapping):
        return {name: _looked_through(actor, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_looked_through(actor, inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        # A number may be somebody's telephone, too.
        told = text_shown_to(actor, str(value))
        return value if told == str(value) else told
    return value
