from __future__ import annotations

import os
import random
import sys

import pytest

from tests.faults.house import House


@pytest.fixture(scope="package")
def house(tmp_path_factory):
    """The parts of the product on an empty folder whose name has a space."""
    house = House(tmp_path_factory.mktemp("faults") / "da ta")
    try:
        house.open()
        yield house
    finally:
        house.close()


@pytest.fixture
def dice():
    """Chance that can be had again: a failure shows its seed, which FAULTS_SEED brings back."""
    seed = os.environ.get("FAULTS_SEED") or str(random.SystemRandom().randrange(10**9))
    sys.stdout.write(f"seed {seed}\n")
    return random.Random(seed)
