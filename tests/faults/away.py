"""ClickHouse away for long under a steady load: nothing is refused, nothing is lost, and all of it arrives later, once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.faults.house import House, Source
from tests.faults.reckoning import arrived, logged, reckon
from tests.faults.sender import Sender

BEFORE = 1_000
"""Events that arrive before ClickHouse leaves."""
TELL_EVERY = 300.0
LOOK_EVERY = 5.0
CATCH_UP_WITHIN = 1_800.0
"""Seconds; generous, because nobody has to look on."""


def be_away(house: House, source: Source, *, seconds: float, rate: float, tell: Callable[[str], None]) -> None:
    """Keep ClickHouse stopped for so long while `rate` events a second come; then see that all arrived, each once.

    Raises AssertionError where something was refused or does not add up, TimeoutError where it does not catch up.
    """
    sender = Sender(source, "away", connections=4, rate=rate)
    sender.start()
    house.wait("events before", lambda: arrived(house, source) > BEFORE)
    house.stop("clickhouse")
    left, work = sender.told.acknowledged, house.running["work"].pid
    tell(f"ClickHouse is away; {left:,} events so far, the work process has {_memory(work):.0f} MB")
    spent = _processor(work)
    _wait_while_it_goes_on(house, sender, seconds, lambda: tell(f"{sender.told.acknowledged - left:,} more taken"))
    missing = sender.told.acknowledged - left
    tell(
        f"{missing:,} events were taken in {seconds:.0f} s, {logged(house):,} facts in the log; the work process used "
        f"{_processor(work) - spent:.0f} s of processor, has {_memory(work):.0f} MB and has written "
        f"{(house.data / 'work.log').stat().st_size / 1000:.0f} kB of log"
    )
    begun = time.monotonic()
    house.start("clickhouse")
    house.wait_ready("clickhouse")
    ready = time.monotonic()
    house.wait("what is missing", lambda: arrived(house, source) >= left + missing, seconds=CATCH_UP_WITHIN)
    done = time.monotonic()
    tell(f"ClickHouse was ready after {ready - begun:.1f} s, all that it missed was there {done - ready:.1f} s later")
    sent = sender.finish(CATCH_UP_WITHIN)
    reckon(house, source, {"away": sent}, seconds=CATCH_UP_WITHIN)
    tell(f"answers: {dict(sender.told.answers.most_common())}")
    tell(f"{sent:,} sent = {sent:,} in the log = in the timeline, each once")


def _wait_while_it_goes_on(house: House, sender: Sender, seconds: float, tell: Callable[[], None]) -> None:
    """Let the time pass; that the edge answers and takes events, and that the product says what is away, is looked at all the while."""
    end, told = time.monotonic() + seconds, time.monotonic()
    while time.monotonic() < end:
        before = sender.told.acknowledged
        time.sleep(min(LOOK_EVERY, max(0.0, end - time.monotonic())))
        house.wait("events to be taken", lambda before=before: sender.told.acknowledged > before)
        assert not sender.told.refused, sender.told.refused[:3]
        assert _status(house, "/healthz") == 200, "the edge lives without ClickHouse"
        assert _status(house, "/readyz") == 503, "the product says that something is away"
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            tell()


def _status(house: House, path: str) -> int:
    return httpx.get(house.url + path, timeout=60, trust_env=False).status_code


def _memory(process: int) -> float:
    """Return the megabytes that a process has of the machine's memory (proc(5))."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _processor(process: int) -> float:
    """Return the seconds of processor that a process has used (proc(5): utime and stime, behind the name in brackets)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
