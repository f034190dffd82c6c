from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cove.directory.people import facade as people
from cove.engine.audiences.permissions import PREVIEW_AUDIENCE
from cove.engine.audiences.rules.explain import explain
from cove.engine.audiences.rules.holds import holds
from cove.engine.audiences.rules.parse import parse
from cove.engine.audiences.rules.where import where
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.conditions.condition import Asking, Subject
from cove.kernel.operations import Operation
from cove.kernel.paging import bounded_count

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """How many a rule names (`exact` unless there are more than were counted), the rule in words, and some of their names."""

    count: int
    exact: bool
    words: str
    sample: tuple[str, ...]


def contacts_matching(actor: Actor, rule: Any, operation: Operation = PREVIEW_AUDIENCE) -> QuerySet[Any, int]:
    """Return the ids of the contacts whom the rule (JSON) names, as far as the actor may do `operation` to them.

    Raises InvalidRule, Forbidden.
    """
    return people.contact_ids(actor, where(parse(rule, actor), Asking(actor, clock.now())), operation)


def matches(actor: Actor, rule: Any, contact_id: int) -> bool:
    """Tell whether the rule (JSON) names this contact now; False for one the actor may not see. Raises InvalidRule.

    Of one who was merged it is asked of the one that stays.
    """
    read = parse(rule, actor)
    card = people.contacts_by_id(actor, [contact_id]).get(contact_id)
    return card is not None and holds(read, Subject(Asking(actor, clock.now()), card.id))


def in_words(actor: Actor, rule: Any) -> str:
    """Return the rule (JSON) as a sentence in the reader's language. Raises InvalidRule."""
    return explain(parse(rule, actor), Asking(actor, clock.now()))


def preview(actor: Actor, rule: Any) -> Preview:
    """Return what a rule (JSON) would name. Raises InvalidRule, Forbidden."""
    actor.require(PREVIEW_AUDIENCE)
    ids = contacts_matching(actor, rule)
    count, exact = bounded_count(ids, bound=100_000)
    newest = list(ids.order_by("-id")[:SAMPLE])
    cards = people.contacts_by_id(actor, newest)
    return Preview(count, exact, in_words(actor, rule), tuple(cards[one].name for one in newest))
