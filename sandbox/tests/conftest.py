from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.tests.running import Receiver, Sandbox


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
