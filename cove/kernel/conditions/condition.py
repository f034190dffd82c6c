"""The record of a condition, the registry, and the two usual ways to declare one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from cove.kernel.actor import Actor
from cove.kernel.conditions.operators import Operator
from cove.kernel.registry import Registry
from cove.kernel.sensitive import SensitiveField
from cove.kernel.words import Words

Names = Callable[["Asking", Collection[Any]], Mapping[Any, str]]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and the moment that is "now" for the whole rule."""

    actor: Actor
    now: datetime


@dataclass(slots=True)
class Subject:
    """One contact whom a rule is tested on. What one condition read of him, the others need not read again."""

    asking: Asking
    contact_id: int
    _known: dict[str, Any] = field(default_factory=dict)

    def recall(self, what: str, read: Callable[[], Any]) -> Any:
        """Return what is known under the name `what`, reading it the first time."""
        if what not in self._known:
            self._known[what] = read()
        return self._known[what]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something a rule may ask: `field` is ``module.noun``.

    `where` gives the filter over `people_contact` rows, `match` tells it of one contact; both take a value that the operator's `value`
    accepted. `choices` names all keys where they are few and fixed, `names` finds the names of ids, `tell` words any other value.
    `picker` is the kind of thing a rule builder lets one pick ids from (``tag``, ``member``, ``live_code``). `sensitive` is the field it
    asks about, where that is one: whoever sees it masked may not ask, or he could find a value by asking often enough.
    """

    field: str
    label: Words
    operators: tuple[Operator, ...]
    where: Callable[[Asking, Operator, Any], Q]
    match: Callable[[Subject, Operator, Any], bool]
    choices: Mapping[str, Words] | None = None
    names: Names | None = None
    tell: Callable[[Asking, Any], str] | None = None
    picker: str = ""
    sensitive: SensitiveField | None = None

    def open_to(self, actor: Actor) -> bool:
        """Tell whether the actor may ask this."""
        return self.sensitive is None or actor.sees(self.sensitive)

    def operator(self, key: str) -> Operator | None:
        """Return the operator named `key`, or None if this condition does not have it."""
        return next((one for one in self.operators if one.key == key), None)


conditions: Registry[Condition] = Registry("conditions", Condition)


def declare(condition: Condition) -> Condition:
    """Put a condition in the registry, under its field."""
    return conditions.add(condition.field, condition)


def column(
    key: str,
    label: Words,
    operators: tuple[Operator, ...],
    *,
    column: str,
    read: Callable[[Subject], Any],
    choices: Mapping[str, Words] | None = None,
    sensitive: SensitiveField | None = None,
) -> Condition:
    """Declare a condition over one column of `people_contact`; `read` gives its value for one contact (None: no such contact)."""

    def match(subject: Subject, operator: Operator, value: Any) -> bool:
        found = read(subject)
        return found is not None and operator.test(found, value, subject.asking.now)

    return declare(
        Condition(
            key,
            label,
            operators,
            where=lambda asking, operator, value: operator.where(column, value, asking.now),
            match=match,
            choices=choices,
            sensitive=sensitive,
        )
    )


def _holders(found: QuerySet[Any], *, of_merged: bool) -> QuerySet[Any, Any]:
    if not of_merged:
        return found.values("contact_id")
    led = found.filter(contact__merged_into__isnull=False)
    return found.values_list("contact_id").union(led.values_list("contact__merged_into_id"))


def belonging(
    key: str,
    label: Words,
    operators: tuple[Operator, ...],
    *,
    rows: Callable[[Asking], QuerySet[Any]],
    value: str,
    names: Names,
    picker: str,
    of_merged: bool = False,
) -> Condition:
    """Declare a condition over what contacts have several of: `rows` with a `contact_id` and the id in the column `value`.

    `rows` gives only those that the asker may know of. `of_merged`: what those have who were merged into a contact is his as well
    (`contact` must then be a key to `people_contact`).
    """

    def where(asking: Asking, operator: Operator, wanted: Any) -> Q:
        def holders(some: Collection[int]) -> QuerySet[Any, Any]:
            return _holders(rows(asking).filter(**{f"{value}__in": some}), of_merged=of_merged)

        return operator.where(holders, wanted, asking.now)

    def read(subject: Subject) -> set[int]:
        whose = Q(contact_id=subject.contact_id)
        if of_merged:
            whose |= Q(contact__merged_into_id=subject.contact_id)
        return set(rows(subject.asking).filter(whose).values_list(value, flat=True))

    return declare(
        Condition(
            key,
            label,
            operators,
            where=where,
            match=lambda subject, operator, wanted: operator.test(
                subject.recall(key, lambda: read(subject)), wanted, subject.asking.now
            ),
            names=names,
            picker=picker,
        )
    )
