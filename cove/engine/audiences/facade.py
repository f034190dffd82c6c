"""What other modules may ask of the rule language. A rule is always the JSON document; it is read, and refused, here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cove.engine.audiences import queries
from cove.engine.audiences.permissions import PREVIEW_AUDIENCE
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation


def contacts_matching(actor: Actor, rule: Any, operation: Operation = PREVIEW_AUDIENCE) -> QuerySet[Any, int]:
    """Return the ids of the contacts whom the rule names, as far as the actor may do `operation` to them, not yet asked for.

    Raises InvalidRule, Forbidden.
    """
    return queries.contacts_matching(actor, rule, operation)


def matches(actor: Actor, rule: Any, contact_id: int) -> bool:
    """Tell whether the rule names this contact now; False for one the actor may not see. Raises InvalidRule."""
    return queries.matches(actor, rule, contact_id)


def explain(actor: Actor, rule: Any) -> str:
    """Return the rule as a sentence in the reader's language. Raises InvalidRule."""
    return queries.in_words(actor, rule)
