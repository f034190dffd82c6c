"""Loading a large life: the first contacts come through the doors and bring the company into motion, the rest piece by piece as rows.

Pieces are loaded by as many processes as there are cores; what is done is kept in the order of the plan, so that a start that was cut
off goes on where it was.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from django.db import connections

from cove.kernel.log.reactions import consumers, sinks
from cove.launch.demo.bulk import hand
from cove.launch.demo.bulk.ground import Ground, rows, survey
from cove.launch.demo.bulk.numbers import OF_ALL, set_aside
from cove.launch.demo.bulk.piece import TABLES
from cove.launch.demo.console import Console
from cove.launch.demo.doors import Progress, let_life_in
from cove.launch.demo.kept import Kept
from cove.launch.demo.outside import Outside
from cove.launch.demo.past.doors import beside_doors

BY_DOORS = 100
PIECE = 2_000
MOST_PROCESSES = 8
BYTES_A_CONTACT = 60_000
CONTACTS_A_SECOND = 400
"""On two cores, for what is said beforehand."""

_READ = """
SELECT consumer FROM log_cursor WHERE (xid, position) >= (
  SELECT xid, position FROM log_fact WHERE xid > '3' ORDER BY xid DESC, position DESC LIMIT 1)
"""


class NoRoomError(Exception):
    """The disk has no room for so many contacts."""


def load(console: Console, outside: Outside, life: Kept, keys: dict[str, str], told: Progress) -> None:
    """Load the life. Raises NoRoomError before anything is written."""
    tell_size(life)
    let_life_in(console, outside, life, keys, told, beside_doors(console, outside, life), upto=BY_DOORS)
    console.wait("the log to be read", settled, seconds=600)
    if life.piece is None:
        # Groups and moments of the first contacts are those of all others.
        life.piece = set_aside(life.contacts) | {name: (life.past or {})[name] for name in OF_ALL}
        life.save()
    ground = lay_ground(outside, life)
    # What the nightly comparison finds here before the platform was told of it, it would end.
    rows("UPDATE wecom_channel SET synced_at = NULL WHERE id = %s", ground.channel_id)
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    with ProcessPoolExecutor(processes, get_context("spawn"), hand.begin, (outside.base_url, ground, life)) as pool:
        firsts = iter(range(life.done, life.contacts, PIECE))
        waiting = [_send(pool, life, first) for first in islice(firsts, processes + 1)]
        while waiting:
            numbers, done = waiting.pop(0)
            life.facts += done.result()
            life.done = numbers[-1] + 1
            life.save()
            told(life.done, life.facts)
            waiting += [_send(pool, life, first) for first in islice(firsts, 1)]
    rows("UPDATE wecom_channel SET synced_at = now() WHERE id = %s", ground.channel_id)
    with connections["owner"].cursor() as cursor:
        # What was loaded is known to be visible to everybody, so that counting needs the indexes alone.
        cursor.execute("VACUUM (ANALYZE) " + ", ".join(TABLES))
        cursor.execute("ANALYZE log_fact")


def tell_size(life: Kept) -> None:
    """Say how long it will take and how much room it needs. Raises NoRoomError where there is not so much."""
    waiting = life.contacts - life.done
    needed, free = waiting * BYTES_A_CONTACT, shutil.disk_usage(life.path.parent).free
    minutes = max(1, round(waiting / CONTACTS_A_SECOND / 60))
    size = f"{waiting:,} contacts need about {needed / 1e9:.1f} GB and {minutes} min; {free / 1e9:.1f} GB are free"
    if needed > free:
        raise NoRoomError(f"{size}. Choose fewer contacts, or a folder with more room (--data).")
    print(size, flush=True)  # noqa: T201 -- for the terminal, through the supervisor


def lay_ground(outside: Outside, life: Kept) -> Ground:
    """Return what the life is loaded upon, as of the moment when its numbers were set aside: so a piece is always the same."""
    assert life.piece is not None
    return survey(outside, life.piece["now"])


def settled() -> bool:
    """Tell whether every consumer has read the whole log, and what Cove asked of the platform was answered."""
    names = {*consumers(), *(sink.name for sink in sinks)}
    read = {name for (name,) in rows(_READ)}
    waits = rows("SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending')")[0][0]
    return names <= read and not waits


def _send(pool: ProcessPoolExecutor, life: Kept, first: int) -> tuple[range, Future[int]]:
    numbers = range(first, min(first + PIECE, life.contacts))
    return numbers, pool.submit(hand.load, numbers)
