"""The short form: the clock steps, the disk is full, and every process is killed, under load. Sent is stored, each once.

In one file, so that one process starts the parts and all tests share them (docs/decisions/0080-tests-in-several-processes.md).
"""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest

from tests.faults.reckoning import days_apart, reckon, spooled
from tests.faults.sender import Sender
from tests.faults.trouble import CLOCK_LIBRARIES, FAULTS, clock_of, false_clock, small_disk, strike, unshare

STEPS = ("-3600", "+120", "-90000", "+0")
"""Seconds beside the true time: an hour back, two minutes ahead, more than a day back, right again."""
PATIENCE = 300
"""Seconds for what comes by itself; a busy machine needs minutes where a quiet one needs moments."""
RATE = 300
"""Events a second, at most."""
READ_WITHIN = 1.2
"""Seconds until a false clock, which is read once a second, has stepped everywhere."""
STEP = 150
"""Events that are sent at each step of the clock."""
ROOM = 3_000
"""Kilobytes of the spool's disk."""


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = [*unshare(), "mount", "-t", "tmpfs", "-o", "size=100k", "cove-faults", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(
    not CLOCK_LIBRARIES, reason="libfaketime is missing (`make test` installs the package faketime as root)"
)
def test_a_clock_that_steps_loses_nothing_and_doubles_nothing(house, source, sent):
    """The clock of the machine steps back, and forth again: nobody waits for the time to come round."""
    clock = clock_of(house)
    sender = Sender(source, "step", connections=4, rate=RATE)
    sender.start()
    for step in STEPS:
        clock.write_text(step)
        time.sleep(READ_WITHIN)
        before = sender.told.acknowledged
        house.wait("events to be taken", lambda before=before: sender.told.acknowledged > before + STEP)
        if step == STEPS[0]:
            house.kill("web")
            house.start("web", **false_clock(clock))
            house.wait_answering()
    sent["step"] = sender.finish(PATIENCE)
    reckon(house, source, sent, seconds=PATIENCE)
    assert days_apart(house, source) >= 1, "the clock of the parts did step"


@pytest.mark.slow
@pytest.mark.skipif(
    not may_mount(), reason="no mount namespaces here (needs root or user namespaces): the disk cannot be made small"
)
def test_a_full_disk_is_told_and_everything_acknowledged_is_kept(house, source, sent):
    """503 and never a false 200; what was acknowledged before is kept, and it goes on once there is room."""
    # Each event fits a few hundred times, so that the disk is full at once when nothing is drained.
    sender = Sender(source, "full", connections=4, rate=500, pad=8_000)
    with small_disk(house, ROOM):
        sender.start()
        house.wait("some events", lambda: sender.told.acknowledged > 50)
        house.stop("postgres")
        house.wait("the disk to be full", lambda: sender.told.answers["503"] > 20)
        acknowledged, refused = sender.told.acknowledged, sender.told.answers["503"]
        house.wait("more to be refused", lambda: sender.told.answers["503"] > refused + 40)
        assert sender.told.acknowledged - acknowledged < 10, (
            "a full disk takes no more than what slips into its last corner"
        )
        seen_inside = house.data.parent / "inside"
        seen_inside.symlink_to(f"/proc/{house.running['web'].pid}/root{house.data / 'spool'}")
        assert len(spooled(seen_inside)) < 5, "failures leave no files behind"
        house.start("postgres")
        house.wait_ready("postgres")
        house.wait("it to go on", lambda: sender.told.acknowledged > acknowledged + 100)
        sent["full"] = sender.finish(PATIENCE)
        reckon(house, source, sent, seconds=PATIENCE)


@pytest.mark.slow
def test_sent_is_stored_once_whatever_is_killed(house, source, sent, dice):
    """`kill -9` of every process, PostgreSQL restarted, ClickHouse frozen."""
    sender = Sender(source, "kill", rate=300)
    sender.start()
    for fault in dice.sample(FAULTS, k=len(FAULTS)):
        strike(house, dice, fault)
    sent["kill"] = sender.finish(PATIENCE)
    assert sent["kill"] > 1000, "there was load while the parts were killed"
    reckon(house, source, sent, seconds=PATIENCE)
    house.wait_all_ready()
