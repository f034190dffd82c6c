"""What a rule is once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from cove.kernel.conditions.condition import Condition
from cove.kernel.conditions.operators import Operator


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold; with no parts it holds for everybody."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold: exactly the people for whom it does not."""

    part: Rule


@dataclass(frozen=True, slots=True)
class Compare:
    """One condition with its operator and a checked value."""

    condition: Condition
    operator: Operator
    value: Any


Rule: TypeAlias = AllOf | AnyOf | Not | Compare
