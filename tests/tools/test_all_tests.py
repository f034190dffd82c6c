"""Whoever fails beside the others is run once more, alone; whoever fails again has failed."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
STEADY = "def test_steady():\n    pass\n"
FAILS = "def test_fails():\n    assert False\n"
ONCE = """
from pathlib import Path

def test_once():
    told = Path("told")
    before = told.exists()
    told.touch()
    assert before
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run files of tests in a folder of their own."""
    monkeypatch.setattr(sys, "path", [str(TOOLS), *sys.path])
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run_files(**files: str):
        (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -ra -p xdist\n")
        for name, text in files.items():
            (tmp_path / f"test_{name}.py").write_text(text)
        return importlib.import_module("all_tests").run_all(tmp_path, processes=1)

    return run_files


def test_what_passes_alone_is_named(run):
    result = run(a=STEADY, b=ONCE)
    assert (result.code, result.passed, result.failed) == (0, 2, 0)
    assert result.unsteady == ("test_b.py::test_once",)


def test_what_fails_again_has_failed(run, capfd):
    result = run(a=STEADY, b=ONCE, c=FAILS)
    assert (result.code, result.passed, result.failed) == (1, 1, 2)
    assert result.unsteady == ()
    assert "Once more, alone: test_b.py::test_once, test_c.py::test_fails" in capfd.readouterr().out


def test_many_failures_are_not_run_again(run):
    result = run(**{f"t{number}": ONCE.replace("told", f"told{number}") for number in range(4)})
    assert (result.code, result.passed, result.failed) == (1, 0, 4)


def test_what_cannot_be_read_is_not_run_again(run):
    assert run(a=STEADY, b="import nothing_of_this_name\n").code != 0
