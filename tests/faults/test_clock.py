"""The clock of the machine steps back, and forth again: nothing is lost, nothing comes twice, nobody waits for the time to come round."""

from __future__ import annotations

import pytest

from tests.faults.reckoning import days_apart, reckon
from tests.faults.sender import Sender
from tests.faults.trouble import CLOCK_LIBRARIES, clock_of, false_clock

STEPS = ("-3600", "+120", "-90000", "+0")
"""Seconds beside the true time: an hour back, two minutes ahead, more than a day back, right again."""


@pytest.mark.slow
@pytest.mark.skipif(
    not CLOCK_LIBRARIES, reason="libfaketime is missing (`make test` installs the package faketime as root)"
)
def test_a_clock_that_steps_loses_nothing_and_doubles_nothing(house, source, sent):
    clock = clock_of(house)
    sender = Sender(source, "step", connections=4, rate=300)
    sender.start()
    for step in STEPS:
        before = sender.told.acknowledged
        clock.write_text(step)
        house.wait("events to be taken", lambda before=before: sender.told.acknowledged > before + 200)
        if step == STEPS[0]:
            house.kill("web")
            house.start("web", **false_clock(clock))
            house.wait_answering()
    sent["step"] = sender.finish(60)
    reckon(house, source, sent, seconds=120)
    assert days_apart(house, source) >= 1, "the clock of the parts did step"
