"""Running all tests, and the few that failed once more, alone.

Each process of tests has databases, work processes and a browser of its own, and they share few cores: what waits for
another process may be starved by its neighbours. What passes alone is told by name, as a fault to be found.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from steps import PYTHON, ROOT, tell

MOST_ASKED_AGAIN = 3
"""More failures than these are no matter of a crowded machine."""
_CLOSING = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s.*$")
_TESTS_FAILED = 1
"""pytest's exit code where all was collected and run, and something failed."""


@dataclass(frozen=True)
class Result:
    """How a run of pytest ended: its exit code, how many passed and failed, and by name what passed only alone."""

    code: int
    passed: int
    failed: int
    unsteady: tuple[str, ...] = ()


def run_all(folder: Path = ROOT, *, processes: int) -> Result:
    """Run all tests of a folder in so many processes, and few failures once more, alone; the output is passed on."""
    first = _run(folder, ["--cache-clear", "--durations=10", "-n", str(processes), "--dist", "loadfile"])
    if first.code != _TESTS_FAILED or not 0 < first.failed <= MOST_ASKED_AGAIN:
        return first
    names = _failed_last(folder)
    tell("\nOnce more, alone: " + ", ".join(names))
    again = _run(folder, ["--last-failed", "--last-failed-no-failures=none", "-n", "0"])
    if again.code != 0 or again.passed != first.failed:
        return first
    return Result(0, first.passed + again.passed, 0, tuple(names))


def _run(folder: Path, options: Sequence[str]) -> Result:
    command = [str(PYTHON), "-m", "pytest", *options]
    variables = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    counts = ""
    with subprocess.Popen(command, cwd=folder, env=variables, **pipes) as process:
        assert process.stdout
        for raw in process.stdout:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            tell(line)
            found = _CLOSING.match(line)
            counts = found.group(1) if found else counts
    numbers = {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", counts)}
    failed = sum(numbers.get(word, 0) for word in ("failed", "error", "errors"))
    return Result(process.returncode, numbers.get("passed", 0), failed)


def _failed_last(folder: Path) -> list[str]:
    return sorted(json.loads((folder / ".pytest_cache/v/cache/lastfailed").read_text("utf-8")))
