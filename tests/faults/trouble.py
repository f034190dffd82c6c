"""What befalls the parts. Each fault ends with everything running again; how long it lasts and when it strikes is diced."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.faults.house import House

Fault = Callable[[House, random.Random], None]


def kill_web(house: House, dice: random.Random) -> None:
    """SIGKILL where requests are answered and the spool is written."""
    house.kill("web")
    house.linger(dice, 0, 0.5)
    house.start("web")
    house.wait_answering()


def kill_work(house: House, dice: random.Random) -> None:
    """SIGKILL where the log is consumed and shipped."""
    house.kill("work")
    house.linger(dice, 0, 0.5)
    house.start("work")


def kill_clickhouse(house: House, dice: random.Random) -> None:
    """SIGKILL the engine, and leave it away for a while."""
    house.kill("clickhouse")
    house.linger(dice, 0, 3)
    house.start("clickhouse")
    house.wait_ready("clickhouse")


def freeze_clickhouse(house: House, dice: random.Random) -> None:
    """Let the engine stand still in the midst of what it does; sometimes whoever waits for it is killed meanwhile."""
    house.freeze("clickhouse")
    house.linger(dice, 0.2, 3)
    if dice.random() < 0.5:
        kill_work(house, dice)
    house.thaw("clickhouse")


def kill_postgres(house: House, dice: random.Random) -> None:
    """SIGKILL PostgreSQL itself: no checkpoint, recovery at the next start."""
    os.kill(house.postmaster(), signal.SIGKILL)
    house.running.pop("postgres").wait()
    _start_postgres(house, dice)


def kill_postgres_part(house: House, dice: random.Random) -> None:
    """SIGKILL the process that looks after PostgreSQL."""
    house.kill("postgres")
    _start_postgres(house, dice)


def kill_a_backend(house: House, dice: random.Random) -> None:
    """SIGKILL one of PostgreSQL's connections: it throws all others out and recovers by itself."""
    house.wait_ready("postgres")
    with psycopg.connect(house.environment.embedded_postgres_url("postgres"), autocommit=True) as looking:
        sql = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        found = [row[0] for row in looking.execute(sql)]
    if found:
        with suppress(ProcessLookupError):  # it ended by itself meanwhile
            os.kill(dice.choice(found), signal.SIGKILL)
    house.wait_ready("postgres")


def restart_postgres(house: House, dice: random.Random) -> None:
    """Stop PostgreSQL in order, as for an upgrade, and start it again."""
    house.stop("postgres")
    _start_postgres(house, dice)


def kill_everything(house: House, dice: random.Random) -> None:
    """SIGKILL all parts at one stroke, and start them as a machine does that comes up again."""
    os.kill(house.postmaster(), signal.SIGKILL)
    for name in ("web", "work", "clickhouse", "postgres"):
        house.kill(name)
    for name in ("postgres", "clickhouse"):
        house.start(name)
    for name in ("postgres", "clickhouse"):
        house.wait_ready(name)
    house.start("web")
    house.start("work")
    house.wait_answering()


FAULTS: tuple[Fault, ...] = (
    kill_web,
    kill_work,
    kill_clickhouse,
    freeze_clickhouse,
    kill_postgres,
    kill_postgres_part,
    kill_a_backend,
    restart_postgres,
    kill_everything,
)


CLOCK_LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
"""libfaketime, where it is installed."""


def clock_of(house: House) -> Path:
    """Return the file that sets the false clock of a house's parts."""
    return house.data.parent / "clock"


def false_clock(file: Path) -> dict[str, str]:
    """Return the variables of a process whose clock is as far from the true time as the file says, read once a second."""
    if not file.exists():
        file.write_text("+0", encoding="ascii")
    return {
        "LD_PRELOAD": str(CLOCK_LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        # Read once a second: each look at the clock would open the file, and threads look at it whenever they wait.
        "FAKETIME_CACHE_DURATION": "1",
        # The kernel's monotonic clock does not step, either.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def step_clock(file: Path) -> Fault:
    """Return the fault that steps such a clock, mostly back."""

    def step(_house: House, dice: random.Random) -> None:
        """Step the clock of what runs with it."""
        file.write_text(f"{dice.choice((-90_000, -3_600, -60, -1, 0, 120)):+d}", encoding="ascii")

    return step


def strike(house: House, dice: random.Random, fault: Fault) -> float:
    """Let one fault strike after a random while; return how many seconds it took to have everything running again."""
    house.linger(dice, 0.1, 0.8)
    begun = time.monotonic()
    fault(house, dice)
    return time.monotonic() - begun


@contextmanager
def small_disk(house: House, kilobytes: int) -> Iterator[None]:
    """Run the web part with its spool on a file system of that size, which nobody else sees and which ends with the process.

    Afterwards it runs with its own again, or soon will.
    Nothing is left of it: a mount in a mount namespace of its own (unshare(1)); without root in a user namespace as well.
    """
    script = 'mount -t tmpfs -o size="$1"k cove-faults "$2" && shift 2 && exec "$@"'
    house.stop("web")
    spool = house.data / "spool"
    house.start("web", before=[*unshare(), "sh", "-c", script, "sh", str(kilobytes), str(spool)])
    house.wait_answering()
    try:
        yield
    finally:
        house.stop("web")
        house.start("web")


def unshare() -> list[str]:
    """Return the words that run a command where it may mount."""
    return ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]


def _start_postgres(house: House, dice: random.Random) -> None:
    house.linger(dice, 0, 1)
    house.start("postgres")
    house.wait_ready("postgres")
