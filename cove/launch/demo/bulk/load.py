"""Loading a large life: the first contacts come through the doors and bring the company into motion, the rest piece by piece as rows.

Every number of a piece (contacts, friendships, facts) follows from its place in the plan, so a piece that was cut off is found again:
what PostgreSQL has of it is not written again, and ClickHouse drops what it has under the same token.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Any

from django.db import connections, transaction

from cove.engine.timeline.contracts import SINK
from cove.kernel.log.reactions import consumers, sinks
from cove.kernel.log.read import Mark
from cove.kernel.log.stretch import stretch_between
from cove.launch.demo.bulk import accounts
from cove.launch.demo.bulk.ground import Ground, rows, survey
from cove.launch.demo.bulk.people import COLUMNS, Clerk
from cove.launch.demo.bulk.scribe import COLUMNS as FACT_COLUMNS
from cove.launch.demo.bulk.scribe import XID, Scribe, text_rows
from cove.launch.demo.console import Console
from cove.launch.demo.doors import Progress, let_life_in, persons_of
from cove.launch.demo.kept import Kept
from cove.launch.demo.life.lives import Life, Writer
from cove.launch.demo.outside import Outside

BY_DOORS = 100
PIECE = 1_000
MOST_FACTS = 400
"""Positions of the log that are set aside for each contact; few need a tenth of it."""
GAP = 100_000
"""Numbers left free before those set aside, for whoever takes one in this very moment."""
STRETCH = 19_000
"""Facts that go to ClickHouse together."""
BYTES_A_CONTACT = 60_000
CONTACTS_A_SECOND = 120

_READ = """
SELECT consumer FROM log_cursor WHERE (xid, position) >= (
  SELECT xid, position FROM log_fact WHERE xid > '3' ORDER BY xid DESC, position DESC LIMIT 1)
"""


class NoRoomError(Exception):
    """The disk has no room for so many contacts."""


def load(console: Console, outside: Outside, life: Kept, keys: dict[str, str], told: Progress) -> None:
    """Load the life. Raises NoRoomError before anything is written."""
    tell_size(life)
    let_life_in(console, outside, life, keys, told, upto=BY_DOORS)
    corp_id = outside.company()["corp_id"]
    console.wait("the log to be read", settled, seconds=600)
    ground = survey(corp_id, f"{outside.base_url}/avatars/persons/")
    if life.piece is None:
        life.piece = set_aside(life.contacts)
        life.save()
    facts = 0
    while life.done < life.contacts:
        numbers = range(life.done, min(life.done + PIECE, life.contacts))
        facts += load_piece(outside, ground, life, numbers)
        life.done = numbers[-1] + 1
        life.save()
        told(life.done, facts)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE log_fact, " + ", ".join(COLUMNS))


def tell_size(life: Kept) -> None:
    """Say how long it will take and how much room it needs. Raises NoRoomError where there is not so much."""
    waiting = life.contacts - life.done
    needed, free = waiting * BYTES_A_CONTACT, shutil.disk_usage(life.path.parent).free
    minutes = max(1, round(waiting / CONTACTS_A_SECOND / 60))
    size = f"{waiting:,} contacts need about {needed / 1e9:.1f} GB and {minutes} min; {free / 1e9:.1f} GB are free"
    if needed > free:
        raise NoRoomError(f"{size}. Choose fewer contacts, or a folder with more room (--data).")
    print(size, flush=True)  # noqa: T201 -- for the terminal, through the supervisor


def load_piece(outside: Outside, ground: Ground, life: Kept, numbers: range) -> int:
    """Load the contacts of these numbers and the strangers beside them; return how many facts that are."""
    assert life.piece is not None
    writer = Writer(life.plan)
    lives = [writer.life(number) for number in numbers]
    persons = outside.call("POST", f"/corps/{ground.corp_id}/story", {"persons": persons_of(lives)})["persons"]
    first = life.piece["facts"] + numbers[0] * MOST_FACTS
    clerk = Clerk(ground, Scribe(ground, first), life.piece["friendships"] + numbers[0])
    for one in lives:
        clerk.life(one, life.piece["contacts"] + one.number, persons.get(one.external_userid, 0))
        clerk.strangers(writer.strangers(one.number))
    if clerk.scribe.position > first + len(numbers) * MOST_FACTS:
        raise RuntimeError(
            f"{clerk.scribe.position - first:,} facts of {len(numbers)} contacts are more than was set aside"
        )
    if not rows("SELECT 1 FROM log_fact WHERE position = %s", first):
        _copy(clerk, lives)
    _ship(first, clerk.scribe.position - 1)
    outside.call("POST", f"/corps/{ground.corp_id}/story", {"friendships": clerk.settled})
    return clerk.scribe.position - first


def settled() -> bool:
    """Tell whether every consumer has read the whole log, and what Cove asked of the platform was answered."""
    names = {*consumers(), *(sink.name for sink in sinks)}
    read = {name for (name,) in rows(_READ)}
    waits = rows("SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending')")[0][0]
    return names <= read and not waits


def set_aside(contacts: int) -> dict[str, int]:
    """Take numbers for contacts, friendships and facts out of their sequences; return the first of each."""
    wanted = {
        "contacts": ("people_contact", "id", contacts),
        "friendships": ("live_codes_friendship", "id", contacts),
        "facts": ("log_fact", "position", contacts * MOST_FACTS),
    }
    return {name: _numbers(*table) for name, table in wanted.items()}


def _numbers(table: str, column: str, count: int) -> int:
    sequence = rows("SELECT pg_get_serial_sequence(%s, %s)", table, column)[0][0]
    last = rows("SELECT nextval(%s)", sequence)[0][0]
    gap = GAP if table == "log_fact" else 0
    rows("SELECT setval(%s, %s)", sequence, last + gap + count)
    return int(last + gap + 1)


def _copy(clerk: Clerk, lives: Iterable[Life]) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table, columns in COLUMNS.items():
            _copy_rows(cursor, table, columns, text_rows(clerk.tables[table]))
        accounts.keep(cursor, clerk.ground.tenant_id, accounts.seen(lives))
        _copy_rows(cursor, "log_fact", FACT_COLUMNS, b"".join(clerk.scribe.lines))


def _copy_rows(cursor: Any, table: str, columns: Iterable[str], text: bytes) -> None:
    if text:
        with cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            copy.write(text)


def _ship(first: int, last: int) -> None:
    carry = sinks[SINK].carry
    assert carry is not None
    for start in range(first, last + 1, STRETCH):
        stretch = stretch_between(Mark(XID, start - 1), Mark(XID, min(start + STRETCH - 1, last)))
        if stretch is not None and carry(f"demo:{start}", stretch) is None:
            raise RuntimeError(f"ClickHouse cannot read the facts from {start:,} on")
