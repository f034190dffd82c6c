"""The virtual environment `.venv` with the project and what it needs. Standard library only."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib

from steps import PYTHON, ROOT, VENV, StepError, apt_install, fingerprint, is_stamped, run_step, succeeds

PIP = [
    PYTHON,
    "-m",
    "pip",
    "--disable-pip-version-check",
    "--no-input",
    "install",
    "--quiet",
    "--progress-bar",
    "off",
]


def install_project(*, with_development: bool) -> None:
    """Install the project, and for tests its development group; nothing happens when that is done already."""
    _make_venv()
    stamp = VENV / "cove-installed"
    project = ROOT / "pyproject.toml"
    done = fingerprint([project], str(ROOT), "development")
    if is_stamped(stamp, done):
        return
    if not with_development:
        done = fingerprint([project], str(ROOT))
        if is_stamped(stamp, done):
            return
    groups = tomllib.loads(project.read_text(encoding="utf-8"))["dependency-groups"]
    extra = groups["dev"] if with_development else []
    stamp.unlink(missing_ok=True)
    run_step("Installing Python packages", [*PIP, "--editable", ROOT, *extra])
    stamp.write_text(done, encoding="ascii")


def install_package(requirement: str) -> None:
    """Install one more package into the environment."""
    run_step(f"Installing {requirement}", [*PIP, requirement])


def _make_venv() -> None:
    if succeeds([PYTHON, "-m", "pip", "--version"]):
        return
    if (VENV / "pyvenv.cfg").exists():
        shutil.rmtree(VENV)  # one that was broken off, or whose Python is gone
    if not succeeds([sys.executable, "-c", "import ensurepip, venv"]):
        _make_venv_without_ensurepip()
        return
    run_step("Making the Python environment", [sys.executable, "-m", "venv", VENV])


def _make_venv_without_ensurepip() -> None:
    """Debian keeps `ensurepip` in a package of its own."""
    if succeeds([sys.executable, "-m", "pip", "--version"]) and succeeds([sys.executable, "-c", "import venv"]):
        run_step("Making the Python environment", [sys.executable, "-m", "venv", "--without-pip", VENV])
        run_step(
            "Bringing pip into it",
            [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"],
        )
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepError(
            f"This Python cannot make virtual environments. Install its package for that "
            f"(on Debian and Ubuntu: sudo apt-get install {package}), then start again."
        )
    apt_install(package)
    run_step("Making the Python environment", [sys.executable, "-m", "venv", VENV])
