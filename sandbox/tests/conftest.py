from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.tests.running import Receiver, Sandbox
from sandbox.tests.site import Site


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Sandbox]:
    running = Sandbox(tmp_path / "data")
    yield running
    running.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    listening = Receiver()
    yield listening
    listening.close()


@pytest.fixture
def site() -> Iterator[Site]:
    serving = Site()
    yield serving
    serving.close()
