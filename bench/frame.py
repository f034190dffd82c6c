"""The frame of every benchmark: ours and the reference by turns, several rounds, medians, one JSON line."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark found. `ratio` is how many times as good as the reference we are: 1.0 is equal, higher is better."""

    bench: str
    ours: float
    reference: float
    ratio: float
    unit: str
    what_reference_is: str

    def line(self) -> str:
        """Return the result as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def say(text: str) -> None:
    """Tell a person how far it is, on standard error."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def seconds(act: Callable[[], object]) -> float:
    """Return how many seconds `act` took."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def by_turns(
    *, ours: Callable[[], float], reference: Callable[[], float], rounds: int, warm_up: int = 1
) -> tuple[float, float]:
    """Measure both sides `rounds` times by turns, first one first and then the other; return the two medians.

    Each side returns its own figure. Warm-up rounds are not counted.
    """
    medians = in_turns({"ours": ours, "reference": reference}, rounds=rounds, warm_up=warm_up)
    return medians["ours"], medians["reference"]


def in_turns(sides: dict[str, Callable[[], float]], *, rounds: int, warm_up: int = 1) -> dict[str, float]:
    """Measure several sides `rounds` times in turn, there and back; return the median of each by its name."""
    figures: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(warm_up + rounds):
        for name in sides if number % 2 else reversed(sides):
            figure = sides[name]()
            if number >= warm_up:
                figures[name].append(figure)
                say(f"  round {number - warm_up + 1} {name}: {figure:.4g}")
    return {name: statistics.median(found) for name, found in figures.items()}


def faster(bench: str, ours: float, reference: float, *, what_reference_is: str) -> Result:
    """Return the result of two times in seconds: half the time is a ratio of 2."""
    return Result(bench, round(ours, 4), round(reference, 4), round(reference / ours, 3), "s", what_reference_is)


def more(bench: str, ours: float, reference: float, *, unit: str, what_reference_is: str) -> Result:
    """Return the result of two rates: twice the rate is a ratio of 2."""
    return Result(bench, round(ours, 1), round(reference, 1), round(ours / reference, 3), unit, what_reference_is)


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def servers() -> Iterator[Path]:
    """Run PostgreSQL and ClickHouse in a folder that is removed afterwards; Django is set up against them and migrated."""
    with tempfile.TemporaryDirectory(prefix="cove-bench-") as folder:
        _point_environment_at(Path(folder))
        from cove.launch.embedded.postgres import PostgresServer
        from cove.launch.env import environment
        from cove.launch.migrate import migrate

        postgres = PostgresServer(environment())
        postgres.start()
        try:
            with process("-m", "cove.launch.embedded.clickhouse", port=environment().clickhouse_port):
                migrate()
                yield Path(folder)
                _close_connections()
        finally:
            postgres.stop()


@contextlib.contextmanager
def process(*arguments: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python process while the block runs, from the moment it listens on `port`."""
    running = subprocess.Popen([sys.executable, *arguments])
    try:
        _wait_for(port, running)
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _point_environment_at(folder: Path) -> None:
    for name in [key for key in os.environ if key.startswith("COVE_")]:
        del os.environ[name]
    os.environ.update(
        COVE_DATA=str(folder),
        COVE_CLICKHOUSE_PORT=str(free_port()),
        COVE_LOG_LEVEL="WARNING",
        DJANGO_SETTINGS_MODULE="cove.launch.settings",
    )


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if running.poll() is not None:
            raise RuntimeError(f"{running.args!r} ended with {running.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port} after {START_SECONDS} s")


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()
