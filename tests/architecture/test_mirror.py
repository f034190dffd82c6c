"""The console has the same nouns on the same floors as the server."""

from __future__ import annotations

import pytest

from tests.architecture.tree import COVE, ROOT

MODULES = ROOT / "web" / "apps" / "console" / "src" / "modules"
FLOORS = ("kernel", "directory", "engine", "business", "cockpit")
LOCALES = ("zh-CN.ts", "en.ts")


def console_modules():
    return sorted(folder for floor in FLOORS for folder in (MODULES / floor).glob("*") if folder.is_dir())


def texts_of(folder):
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


def test_the_console_is_here():
    assert console_modules()


def test_a_module_of_the_console_is_a_module_of_the_server():
    strangers = [
        str(folder.relative_to(MODULES))
        for folder in console_modules()
        if not (COVE / folder.relative_to(MODULES)).is_dir()
    ]
    assert strangers == []


def test_modules_lie_on_floors():
    assert {folder.name for folder in MODULES.iterdir() if folder.is_dir()} <= set(FLOORS)


@pytest.mark.parametrize("folder", console_modules(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_module_that_speaks_speaks_both_languages(folder):
    locales = folder / "locales"
    if locales.is_dir():
        assert sorted(file.name for file in locales.glob("*.ts")) == sorted(LOCALES)
        # Long texts lie by noun in a folder of their language: each noun in both.
        chinese, english = (texts_of(locales / name.removesuffix(".ts")) for name in LOCALES)
        assert chinese == english
        assert {entry.name for entry in locales.iterdir() if entry.is_dir()} <= {"zh-CN", "en"}
    else:
        assert not (folder / "pages").is_dir(), "pages without texts"
