"""`make wheel`: one wheel with the built console inside, which needs no Node."""

from __future__ import annotations

import sys
import zipfile

from steps import PYTHON, ROOT, StepError, run_step, tell

NEEDED = (
    "cove/edge/console/built/index.html",
    "cove/edge/sidebar/built/index.html",
    "cove/edge/collector/built/cove.js",
    "cove/launch/cli.py",
    "sandbox/__main__.py",
)
DIST = ROOT / "dist"


def main() -> None:
    """Build the wheel into dist/ and check what is in it."""
    for old in DIST.glob("cove-*.whl"):
        old.unlink()
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    run_step("Building the wheel", [*command, "--wheel-dir", DIST, ROOT])
    (wheel,) = DIST.glob("cove-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise StepError(f"{wheel.name} lacks {', '.join(missing)}.")
    tell(f"{wheel.relative_to(ROOT)}  ({wheel.stat().st_size / 1e6:.1f} MB, {len(names)} files)")
    tell(f"pip install {wheel.relative_to(ROOT)} && cove demo")


if __name__ == "__main__":
    try:
        main()
    except StepError as error:
        tell(str(error))
        sys.exit(1)
