"""`make test`: every check in order, from the quickest; stops at the first that fails."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from all_tests import run_all
from console_build import WEB, install_web_packages, web_variables
from steps import ROOT, VENV, StepError, apt_install, succeeds, tell

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# libatomic1 is what Playwright's own Node is linked with; a bare Debian lacks it.
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")


@dataclass
class Stage:
    """One check: a command, where it runs, and under which variables."""

    name: str
    command: Sequence[str | Path]
    folder: Path = ROOT
    variables: dict[str, str] | None = None


def main() -> int:
    """Run all stages; the last line printed is `N passed, N failed`."""
    started = time.monotonic()
    try:
        install_browser()
        install_faketime()
        stages = [*python_stages(), *web_stages()]
    except StepError as error:
        tell(str(error))
        return closing("what the tests need is missing", 0, 1)
    for stage in stages:
        if not run(stage):
            return closing(f"stopped at: {stage.name}", 0, 1)
    result = run_all(processes=_processes())
    words = "all checks passed" if result.code == 0 else "stopped at: pytest"
    for name in result.unsteady:
        tell(f"unsteady, passed only when run alone; find out why: {name}")
    minutes = (time.monotonic() - started) / 60
    return closing(f"{words} ({minutes:.1f} min)", result.passed, result.failed or int(result.code != 0))


def closing(words: str, passed: int, failed: int) -> int:
    """Print the summary; give the exit code."""
    tell(f"\nmake test: {words}")
    tell(f"{passed} passed, {failed} failed")
    return int(failed > 0)


def python_stages() -> list[Stage]:
    """Give the checks of the Python side."""
    programs = VENV / "bin"
    return [
        Stage("ruff check", [programs / "ruff", "check"]),
        Stage("ruff format", [programs / "ruff", "format", "--check"]),
        Stage("mypy", [programs / "mypy", "cove", "sandbox"]),
        Stage("import contracts", [programs / "lint-imports"]),
    ]


def web_stages() -> list[Stage]:
    """Give the checks of the browser side, as the scripts of web/package.json name them."""
    if not WEB.is_dir():
        return []
    npm = install_web_packages()
    variables = web_variables(npm)
    return [
        Stage("web: types, lints, dependencies", [*npm, "run", "check"], WEB, variables),
        Stage("web: unit tests", [*npm, "run", "test"], WEB, variables),
    ]


def install_browser() -> None:
    """See to it that Chromium, a Chinese font and what Playwright needs are there, for the browser tests."""
    has_browser = any(shutil.which(name) for name in BROWSERS)
    if has_browser and _has_chinese_font() and _has_atomic():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt_install(*PACKAGES)
    if not any(shutil.which(name) for name in BROWSERS):
        raise StepError(
            "The browser tests need Chromium and a Chinese font. Install them "
            f"(on Debian: sudo apt-get install {' '.join(PACKAGES)}), then start again."
        )


def install_faketime() -> None:
    """See to it that the test of a stepping clock can be run; where that is not possible it is left out and says so."""
    if not list(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")) and os.geteuid() == 0 and shutil.which("apt-get"):
        apt_install("faketime")


def _has_atomic() -> bool:
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def run(stage: Stage) -> bool:
    """Run one check; its output is shown only when it fails."""
    begun = time.monotonic()
    done = subprocess.run(
        [str(word) for word in stage.command],
        cwd=stage.folder,
        env=stage.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        tell(done.stdout.decode("utf-8", "replace"))
    word = "ok" if done.returncode == 0 else f"FAILED (code {done.returncode})"
    tell(f"{stage.name:<32} {word} ({time.monotonic() - begun:.0f} s)")
    return done.returncode == 0


def _processes() -> int:
    """Return in how many processes to test: each has a PostgreSQL and a ClickHouse of its own, so not more than memory allows."""
    return max(1, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


def _has_chinese_font() -> bool:
    return succeeds(["sh", "-c", "fc-list :lang=zh | grep -q ."])


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main())
