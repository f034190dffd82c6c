"""A scan answered and noted durably, over 16 kept-alive connections, against the least that could do so on the same server."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress

from bench.frame import Result, by_turns, free_port, more, process, say, servers

CONNECTIONS = 16
SECONDS = 2.0
ROUNDS = 8
DRAIN_SECONDS = 10.0
WHAT = (
    "a bare ASGI app on the same server (uvicorn, uvloop, httptools, one process) that appends the request "
    "to a file with group fsync and answers 302"
)


def run() -> Result:
    """Return answered scans per second of ours and of the bare app, each measured by turns from a process of its own."""
    with servers():
        slug = _code()
        ours, bare = free_port(), free_port()
        with (
            process("-m", "bench.redirect.serve", "cove.launch.asgi:application", str(ours), port=ours),
            process("-m", "bench.redirect.serve", "bench.redirect.bare:application", str(bare), port=bare),
        ):
            medians = by_turns(
                ours=lambda: _ours(ours, slug), reference=lambda: _load(bare, slug), rounds=ROUNDS, warm_up=1
            )
    return more("redirect", *medians, unit="scans/s", what_reference_is=WHAT)


def _ours(port: int, slug: str) -> float:
    rate = _load(port, slug)
    # What still waits for PostgreSQL must not slow the other side's turn.
    end = time.monotonic() + DRAIN_SECONDS
    while (left := waiting()) and time.monotonic() < end:
        time.sleep(0.1)
    if left:
        say(f"  {left} bytes of the spool are not drained yet")
    return rate


def _load(port: int, slug: str) -> float:
    arguments = [str(port), f"/c/{slug}", str(CONNECTIONS), str(SECONDS)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.redirect.load", *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _code() -> str:
    from cove.business.live_codes.commands.codes import create_code
    from cove.directory.org.commands.tenants import create_administrator, create_tenant
    from cove.kernel.actor import Actor
    from cove.kernel.scope import tenant_scope

    actor = Actor.system(create_tenant(name="云岫家居").id)
    with tenant_scope(actor.tenant_id):
        names = {"小王": 3, "小李": 1}
        members = {
            create_administrator(actor, name=name, email=f"m{weight}@bench.test", password="x" * 12).id: weight
            for name, weight in names.items()
        }
        return create_code(actor, name="展会", members=members, utm={"source": "expo", "campaign": "autumn"}).slug


def waiting() -> int:
    """Return how many bytes of the spool PostgreSQL has not taken yet."""
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute('SELECT spool, segment, "offset" FROM spool_cursor')
        drained = {spool: (segment, offset) for spool, segment, offset in cursor.fetchall()}
    waiting = 0
    for path in (settings.DATA_FOLDER / "spool").glob("*/*.segment"):
        segment, offset = drained.get(path.parent.name, (0, 0))
        if int(path.stem) >= segment:
            # A segment that goes meanwhile is drained.
            with suppress(FileNotFoundError):
                waiting += path.stat().st_size - (offset if int(path.stem) == segment else 0)
    return waiting
