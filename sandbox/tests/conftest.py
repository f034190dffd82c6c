from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sandbox.tests.running import Receiver, Sandbox
from sandbox.tests.site import Site

# A busy machine draws a page late; what never comes is still found out.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    started = Sandbox(tmp_path_factory.mktemp("sandbox") / "da ta")
    yield started
    started.close()


@pytest.fixture
def box(running: Sandbox) -> Sandbox:
    """A sandbox as it is after its first start."""
    running.api("POST", "/reset")
    return running


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
