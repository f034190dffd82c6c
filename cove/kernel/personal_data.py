"""What is held of a person, module by module: to hand it out to him, to remove it, and to keep it no longer than needed.

Each module that holds something declares a `Holder` in its ``commands``; a test refuses tables about contacts that nobody declared.
`Retained` is a class of data with an age at which it goes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model, QuerySet

from cove.kernel.actor import Actor
from cove.kernel.registry import Registry
from cove.kernel.words import Words

Stage = Literal["rows", "contact", "outside"]
STAGES: tuple[Stage, ...] = ("rows", "contact", "outside")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom it is about. After the erasure has begun he is known by this record alone.

    `contact_id` is 0 where only identities are left, of somebody who was erased before. `visitors` are the anonymous visitors he
    was, `identities` (kind, value) the ways he is known, `texts` the values by which he could be recognised in a text. `statistic`
    is the anonymous visitor whose facts his become, so that counts stay; `disguises` are the numbers that take the place of his
    visitors in rows of figures. Both are 0 and empty when nothing is being erased. `merged` are the contacts who were merged into
    him: he is all of `contacts`, and his rows are those of each.
    """

    contact_id: int
    visitors: tuple[int, ...] = ()
    identities: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    statistic: int = 0
    disguises: Mapping[int, int] = field(default_factory=dict)
    merged: tuple[int, ...] = ()

    @property
    def contacts(self) -> tuple[int, ...]:
        """All numbers he has as a contact; none where only identities are left."""
        return (self.contact_id, *self.merged) if self.contact_id else ()

    def known_by(self, kind: str) -> list[str]:
        """Return the values of one kind of identity."""
        return [value for one, value in self.identities if one == kind]


@dataclass(frozen=True, slots=True)
class Holder:
    """One thing that a module holds of people, in `tables` (ClickHouse's with ``clickhouse:`` before them).

    `count` says how many records there are, `collect` gives them one after the other as JSON values under the labels of `columns`, `erase`
    removes them and says how many went. `erase` may come a second time, after a crash: it then finds what is left. An erasure goes through
    three stages: ``rows``, each in a transaction; ``contact``, the contact's own row with all that hangs on it; ``outside``, what lies in
    other places than rows, without a transaction around it.
    """

    key: str
    label: Words
    tables: tuple[str, ...]
    count: Callable[[Actor, Person], int]
    collect: Callable[[Actor, Person], Iterator[dict[str, Any]]]
    erase: Callable[[Actor, Person], int]
    columns: Mapping[str, Words] = field(default_factory=dict)
    stage: Stage = "rows"


@dataclass(frozen=True, slots=True)
class Retained:
    """A class of data that goes when it is old: `least` and `usual` are days, `usual` None means kept until somebody decides.

    `count` says how much is older than a moment, `remove` takes away up to `most` of it and says how many; both for the actor's tenant.
    """

    key: str
    label: Words
    least: int
    usual: int | None
    count: Callable[[Actor, datetime], int]
    remove: Callable[[Actor, datetime, int], int]


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who knows of contacts that they are about to be erased: `among` gives those of the numbers of whom it is so."""

    key: str
    among: Callable[[Actor, Collection[int]], set[int]]


holders: Registry[Holder] = Registry("holders of personal data", Holder)
retained: Registry[Retained] = Registry("classes of retained data", Retained)
leaving: Registry[Leaving] = Registry("those who know who is about to be erased", Leaving)


def holds(holder: Holder) -> Holder:
    """Put a holder in the registry, under its key ``module.nouns``."""
    return holders.add(holder.key, holder)


def keeps(entry: Retained) -> Retained:
    """Put a class of retained data in the registry, under its key ``module.nouns``."""
    return retained.add(entry.key, entry)


def holds_rows(
    key: str,
    label: Words,
    *,
    model: type[Model],
    rows: Callable[[Person], QuerySet[Any]],
    columns: Mapping[str, Words],
    erase: Callable[[Actor, Person], int] | None = None,
    stage: Stage = "rows",
) -> Holder:
    """Declare the rows of one table; `columns` names the fields that are handed out. They are deleted unless `erase` says otherwise."""

    def collect(_actor: Actor, person: Person) -> Iterator[dict[str, Any]]:
        yield from rows(person).order_by("id").values(*columns).iterator(chunk_size=1000)

    def delete(_actor: Actor, person: Person) -> int:
        return int(rows(person).delete()[0])

    return holds(
        Holder(
            key,
            label,
            (model._meta.db_table,),  # noqa: SLF001 -- Django's documented Meta API
            lambda _actor, person: rows(person).count(),
            collect,
            erase or delete,
            columns,
            stage,
        )
    )
