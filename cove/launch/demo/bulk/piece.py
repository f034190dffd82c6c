"""One piece of a large life: written, laid into PostgreSQL in one transaction, sent to ClickHouse in one block, told to the platform.

All its numbers follow from its place in the plan, so that pieces may be loaded by several processes in any order, and one that was cut
off is found again: what PostgreSQL has of it is not written again, and ClickHouse drops what it has under the same token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections, transaction

from cove.engine.timeline.contracts import COLUMNS as SHIPPED
from cove.kernel.clickhouse.client import insert_text
from cove.launch.demo.bulk import accounts
from cove.launch.demo.bulk.ear import Ear
from cove.launch.demo.bulk.ground import Ground
from cove.launch.demo.bulk.numbers import MOST_FACTS
from cove.launch.demo.bulk.people import COLUMNS, Clerk
from cove.launch.demo.bulk.scribe import COLUMNS as FACT_COLUMNS
from cove.launch.demo.bulk.scribe import Scribe, text_rows
from cove.launch.demo.doors import persons_of
from cove.launch.demo.kept import Kept
from cove.launch.demo.life.lives import Writer
from cove.launch.demo.outside import Outside
from cove.launch.demo.past.clerk import COLUMNS as PAST
from cove.launch.demo.past.clerk import Past

TABLES: Mapping[str, tuple[str, ...]] = {**COLUMNS, **PAST}
"""The columns of every table that is written."""
_OVERRIDES = ("tenant_id", "visitor", "person_id", "version")


class Loader:
    """Loads pieces of a life upon a ground."""

    def __init__(self, outside: Outside, ground: Ground, life: Kept) -> None:
        assert life.piece is not None
        self.outside, self.ground, self.numbers = outside, ground, life.piece
        self.writer, self.ear = Writer(life.plan), Ear(ground)

    def load(self, numbers: range) -> int:
        """Load the contacts of these numbers and the strangers beside them; return how many facts that are."""
        lives = [self.writer.life(number) for number in numbers]
        story = f"/corps/{self.ground.corp_id}/story"
        persons = self.outside.call("POST", story, {"persons": persons_of(lives)})["persons"]
        first = self.numbers["facts"] + numbers[0] * MOST_FACTS
        clerk = Clerk(self.ground, Scribe(self.ear, first), self.numbers["friendships"] + numbers[0])
        for one in lives:
            clerk.life(one, self.numbers["contacts"] + one.number, persons.get(one.external_userid, 0))
            clerk.strangers(self.writer.strangers(one.number))
        past = Past(clerk.scribe, self.writer.plan, self.numbers, numbers[0])
        for table, found in past.lay((one, self.numbers["contacts"] + one.number) for one in lives).items():
            clerk.tables[table] += found
        facts = clerk.scribe.position - first
        if facts > len(numbers) * MOST_FACTS:
            raise RuntimeError(f"{facts:,} facts of {len(numbers)} contacts are more than was set aside")
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            if begin_piece(cursor, clerk.scribe):
                copy_piece(cursor, clerk.scribe, clerk.tables)
                # Last, because two pieces may speak of the same accounts and one then waits for the other.
                accounts.keep(cursor, self.ground.tenant_id, accounts.seen(lives))
                past.settle(cursor)
        ship(clerk.scribe)
        self.outside.call("POST", story, {"friendships": clerk.settled, **past.story()})
        return facts


def begin_piece(cursor: Any, scribe: Scribe) -> bool:
    """Tell whether a piece is to be laid down: a process whose start was killed may be at this very piece, so the two take turns."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cove.demo.piece'), hashint8(%s))", [scribe.first])
    cursor.execute("SELECT 1 FROM log_fact WHERE position = %s", [scribe.first])
    return cursor.fetchone() is None


def copy_piece(cursor: Any, scribe: Scribe, tables: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Lay facts and rows into the tables."""
    _copy_rows(cursor, "log_fact", FACT_COLUMNS, "".join(scribe.lines).encode())
    for table, columns in TABLES.items():
        _copy_rows(cursor, table, columns, text_rows(tables.get(table, ())))


def _copy_rows(cursor: Any, table: str, columns: Iterable[str], text: bytes) -> None:
    if text:
        with cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            copy.write(text)


def ship(scribe: Scribe) -> None:
    """Send the facts to ClickHouse, which drops what it has."""
    if not scribe.shipped:
        return
    token = f"demo:{scribe.first}"
    if scribe.overrides:
        insert_text("timeline_override", _OVERRIDES, text_rows(scribe.overrides), token=f"{token}:overrides")
    insert_text("timeline_fact", SHIPPED, "".join(scribe.shipped).encode(), token=token)
