"""Samples of what came, for the eyes of one reader."""

from __future__ import annotations

from typing import Any

from cove.kernel.actor import Actor
from cove.kernel.http.masking import text_shown_to


def shown_deep(actor: Actor, value: Any) -> Any:
    """Return a JSON value, the sensitive texts in it masked that the actor may not see whole."""
    if isinstance(value, str):
        return text_shown_to(actor, value)
    if isinstance(value, dict):
        return {name: shown_deep(actor, one) for name, one in value.items()}
    if isinstance(value, list):
        return [shown_deep(actor, one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        # A phone number may well come as a number.
        text = str(value)
        masked = text_shown_to(actor, text)
        return value if masked == text else masked
    return value
