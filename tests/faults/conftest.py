from __future__ import annotations

import os
import random
import sys

import pytest

from tests.faults.house import House


@pytest.fixture(scope="package")
def opened(tmp_path_factory):
    """The parts of the product on an empty folder whose name has a space, and a key to send with."""
    house = House(tmp_path_factory.mktemp("faults") / "da ta")
    house.pace = 0.3
    try:
        house.open()
        yield house, house.new_source("faults")
    finally:
        house.close()


@pytest.fixture
def house(opened):
    """The parts, running as an earlier test left them: `as_usual` where that matters."""
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
