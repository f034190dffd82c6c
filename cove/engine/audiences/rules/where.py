"""A rule as a PostgreSQL filter over `people_contact`."""

from __future__ import annotations

from django.db.models import Q

from cove.engine.audiences.rules.tree import AllOf, AnyOf, Compare, Not, Rule
from cove.kernel.conditions.condition import Asking

_NOBODY = Q(id__in=[])
_EVERYBODY = ~_NOBODY


def where(rule: Rule, asking: Asking) -> Q:
    """Return the filter that the rule's people pass, and nobody else."""
    match rule:
        case AllOf(parts):
            return _joined(parts, asking, Q.AND)
        case AnyOf(parts):
            return _joined(parts, asking, Q.OR)
        case Not(part):
            return ~where(part, asking)
        case Compare(condition, operator, value):
            return condition.where(asking, operator, value)


def _joined(parts: tuple[Rule, ...], asking: Asking, connector: str) -> Q:
    if not parts:
        return _EVERYBODY
    joined = Q(_connector=connector)
    for part in parts:
        joined.add(where(part, asking), connector)
    return joined
