from __future__ import annotations

import os
import random
import sys

import pytest

from tests.faults.house import House
from tests.faults.trouble import CLOCK_LIBRARIES, clock_of, false_clock


@pytest.fixture(scope="package")
def opened(tmp_path_factory):
    """The parts of the product on an empty folder whose name has a space, and a key to send with.

    Where there is a false clock, web and work begin with it, as starting them again costs seconds; what is killed comes back without it.
    """
    house = House(tmp_path_factory.mktemp("faults") / "da ta")
    house.pace = 0.3
    if CLOCK_LIBRARIES:
        faked = false_clock(clock_of(house))
        house.always = {"web": faked, "work": faked}
    try:
        house.open()
        house.always = {}
        yield house, house.new_source("faults")
    finally:
        house.close()


@pytest.fixture
def house(opened):
    """The parts, all of them running; the edge answers."""
    opened[0].wait_answering()
    return opened[0]


@pytest.fixture
def source(opened):
    """A key to send with; one for all tests, so that each also sees that what came before is still there once."""
    return opened[1]


@pytest.fixture(scope="package")
def sent():
    """How many events each sender of these tests had acknowledged."""
    return {}


@pytest.fixture
def dice():
    """Chance that can be had again: a failure shows its seed, which FAULTS_SEED brings back."""
    seed = os.environ.get("FAULTS_SEED") or str(random.SystemRandom().randrange(10**9))
    sys.stdout.write(f"seed {seed}\n")
    return random.Random(seed)
