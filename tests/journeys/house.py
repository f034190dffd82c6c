"""The whole product, started as a newcomer starts it, and a browser to walk through it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.ports import free_port

READY_WITHIN = 600.0


@dataclass(frozen=True)
class House:
    """A running demo: the addresses of its console and of its sandbox, and who may sign in."""

    url: str
    sandbox: str
    email: str
    password: str
    data: Path
    environment: dict[str, str]


@contextmanager
def running_house(data: Path, *, customers: int = 0) -> Iterator[House]:
    """Run `cove demo` on free ports with its data in `data`, until it is ready; stop it in order at the end.

    The company has its first visitors, and as many `customers` with a past as are asked for.
    """
    from cove.launch.welcome import DEMO_EMAIL, DEMO_PASSWORD

    port, sandbox_port = free_port(), free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COVE_", "DJANGO_"))}
    environment |= {
        "COVE_DATA": str(data),
        "COVE_PORT": str(port),
        "COVE_SANDBOX_PORT": str(sandbox_port),
        "COVE_SANDBOX_SMTP_PORT": str(free_port()),
        "COVE_RETURNS_PORT": str(free_port()),
        "COVE_DNS_SERVER": f"127.0.0.1:{free_port()}",
        "COVE_CLICKHOUSE_PORT": str(free_port()),
        "COVE_LOG_LEVEL": "WARNING",
        "COVE_DEMO_CONTACTS": str(customers),
    }
    data.mkdir(parents=True, exist_ok=True)
    with (data / "house.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "cove.launch", "demo"], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    urls = (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox_port}")
    house = House(*urls, DEMO_EMAIL, DEMO_PASSWORD, data, environment)
    try:
        _wait_until_ready(house, process)
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(180) == 0, (data / "house.log").read_text(errors="replace")[-3000:]


def _wait_until_ready(house: House, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        if (house.data / "demo.done").exists():
            try:
                if httpx.get(f"{house.url}/readyz", timeout=60).status_code == 200:
                    return
            except httpx.TransportError:
                pass
        time.sleep(0.2)
    raise AssertionError((house.data / "house.log").read_text(errors="replace")[-5000:])


def chromium() -> str:
    """Return the path of the system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "Chromium is missing: `make test` installs it as root; else install the package chromium"
    return found
