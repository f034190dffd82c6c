"""Events taken in: singly against the least that could do so on the same server, in batches against a bare COPY of the same rows."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.frame import Result, by_turns, free_port, more, process, say, servers
from bench.ingest.rows import Rows, bare_copy, copied_rows, lay_bare_table
from bench.redirect import waiting

CONNECTIONS = 16
BATCH = 50
SECONDS = 2.0
ROUNDS = 8
DRAIN_SECONDS = 60.0
SINGLE = (
    "a bare ASGI app on the same server (uvicorn, uvloop, httptools, one process) that parses the JSON, appends it to a file "
    "with group fsync and answers 200"
)
BATCHES = (
    "one COPY of the same rows from memory into a PostgreSQL table with the columns, defaults and indexes of the log; "
    "ours is counted from the first request to the last event's commit in the log"
)


def run() -> list[Result]:
    """Return events per second of ours and of each reference, measured by turns."""
    with servers():
        # What keeps floods out counts here, too, up to a limit that a bench does not reach.
        os.environ.update(COVE_EVENTS_PER_SOURCE="1000000000", COVE_EVENTS_PER_ADDRESS="1000000000")
        key = _source()
        ours, bare = free_port(), free_port()
        with (
            process("-m", "bench.redirect.serve", "cove.launch.asgi:application", str(ours), port=ours),
            process("-m", "bench.redirect.serve", "bench.ingest.bare:application", str(bare), port=bare),
        ):
            say("single events")
            single = by_turns(
                ours=lambda: _singly(ours, key), reference=lambda: _singly(bare, key), rounds=ROUNDS, warm_up=1
            )
            say(f"batches of {BATCH}")
            _in_batches(ours, key)
            rows = copied_rows()
            lay_bare_table()
            batches = by_turns(
                ours=lambda: _in_batches(ours, key), reference=lambda: _copied(rows), rounds=ROUNDS, warm_up=1
            )
    return [
        more("ingest-single", *single, unit="events/s", what_reference_is=SINGLE),
        more("ingest-batches", *batches, unit="events/s", what_reference_is=BATCHES),
    ]


def _singly(port: int, key: str) -> float:
    events, started, ended = _load(port, key, 1)
    _drained()
    return events / (ended - started)


def _in_batches(port: int, key: str) -> float:
    events, started, _ = _load(port, key, BATCH)
    _drained()
    return events / (time.monotonic() - started)


def _copied(rows: Rows) -> float:
    started = time.monotonic()
    bare_copy(rows)
    return rows.count / (time.monotonic() - started)


def _load(port: int, key: str, batch: int) -> tuple[int, float, float]:
    """Return how many events were answered, and between which moments (of the clock that all processes share)."""
    arguments = [str(port), key, str(batch), str(CONNECTIONS), str(SECONDS)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.ingest.load", *arguments], check=True, capture_output=True, text=True
    )
    events, started, ended = done.stdout.split()
    return int(events), float(started), float(ended)


def _drained() -> None:
    """Wait until PostgreSQL has all: one side's rest must not slow the other side's turn."""
    end = time.monotonic() + DRAIN_SECONDS
    while left := waiting():
        if time.monotonic() > end:
            raise TimeoutError(f"{left} bytes of the spool are not drained after {DRAIN_SECONDS} s")
        time.sleep(0.01)


def _source() -> str:
    from cove.directory.org.commands.tenants import create_tenant
    from cove.engine.tracking.commands.sources import create_source
    from cove.kernel.actor import Actor
    from cove.kernel.scope import tenant_scope

    actor = Actor.system(create_tenant(name="云岫家居").id)
    with tenant_scope(actor.tenant_id):
        return create_source(actor, name="商城", allowed_origins=[]).write_key
