"""Steps of the set-up: told while they run, explained when they fail, left out when nothing changed.

Standard library only; runs under the machine's own Python.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TELL_EVERY = 15.0
"""Seconds between two signs of life of a long step."""
LINES_OF_A_FAILURE = 40


class StepError(Exception):
    """A step that failed; the text says what and what to do."""


def tell(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def run_step(purpose: str, command: Sequence[str | Path], **more: object) -> None:
    """Run a command and tell what it is for, how long it takes, and its last words if it fails."""
    tell(f"{purpose} …")
    started = time.monotonic()
    output = _run_quietly([str(word) for word in command], started, **more)
    if output is not None:
        last = "\n".join(output.splitlines()[-LINES_OF_A_FAILURE:])
        raise StepError(f"{last}\n{purpose}: failed.")
    tell(f"{purpose}: done ({time.monotonic() - started:.0f} s)")


def succeeds(command: Sequence[str | Path]) -> bool:
    """Tell whether a command exists and ends with 0; its output is thrown away."""
    try:
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def apt_install(*packages: str) -> None:
    """Install packages of Debian or Ubuntu, as root."""
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_step("Reading the system's package lists", ["apt-get", "update", "-q"], env=variables)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    run_step(f"Installing {', '.join(packages)}", command, env=variables)


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Give a hash of files' names and contents, and of some words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        digest.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    """Tell whether a step was done already for this fingerprint."""
    return stamp.is_file() and stamp.read_text(encoding="ascii") == value


def one_at_a_time() -> None:
    """Wait until no other set-up works in this folder; hold it until this process ends or becomes another."""
    descriptor = os.open(ROOT, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        tell("Another set-up works in this folder; waiting for it …")
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def become(command: Sequence[str | Path], variables: Mapping[str, str] | None = None) -> None:
    """Go on as another program in this very process, so that signals reach it directly."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    os.execve(words[0], words, {**os.environ, **(variables or {})})


def _run_quietly(command: list[str], started: float, **more: object) -> str | None:
    """Run a command; give None when it went well, else what it printed."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more
        )
    except OSError as error:
        return str(error)
    try:
        while True:
            try:
                output, _ = process.communicate(timeout=TELL_EVERY)
                break
            except subprocess.TimeoutExpired:
                tell(f"  … {time.monotonic() - started:.0f} s")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    return None if process.returncode == 0 else output.decode("utf-8", "replace")
