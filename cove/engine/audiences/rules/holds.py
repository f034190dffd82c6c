"""A rule tested in memory on one person, now."""

from __future__ import annotations

from cove.engine.audiences.rules.tree import AllOf, AnyOf, Compare, Not, Rule
from cove.kernel.conditions.condition import Subject


def holds(rule: Rule, subject: Subject) -> bool:
    """Tell whether the rule holds for the contact; parts after the deciding one are not read."""
    match rule:
        case AllOf(parts):
            return all(holds(part, subject) for part in parts)
        case AnyOf(parts):
            return any(holds(part, subject) for part in parts)
        case Not(part):
            return not holds(part, subject)
        case Compare(condition, operator, value):
            return condition.match(subject, operator, value)
