"""What `make` calls: prepares this folder, then goes on as the program that was asked for.

Runs under the machine's own Python, which only has to be 3.11 or newer; uses the standard library alone.
"""

from __future__ import annotations

import os
import shutil
import sys

OLDEST = (3, 11)


def main(words: list[str]) -> None:
    """Prepare what the first word needs and run it with the rest."""
    from console_build import build_console
    from python_packages import install_project
    from steps import PYTHON, ROOT, StepError, become, one_at_a_time, tell

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    os.chdir(ROOT)
    programs = {
        "run": [PYTHON, "-m", "cove.launch", "demo"],
        "test": [PYTHON, ROOT / "tools" / "check.py"],
        "test-security": [PYTHON, "-m", "pytest", "-q", "tests/security"],
        "faults": [PYTHON, "-m", "tests.faults"],
        "bench": [PYTHON, "-m", "bench"],
        "wheel": [PYTHON, ROOT / "tools" / "wheel.py"],
        "module": [PYTHON, ROOT / "tools" / "new_module.py"],
        "openapi": [PYTHON, ROOT / "tools" / "openapi.py"],
    }
    if not words or words[0] not in programs:
        sys.exit(f"Usage: bootstrap.py {'|'.join(programs)} …")
    try:
        one_at_a_time()
        install_project(with_development=words[0] != "run")
        if words[0] not in ("module", "openapi", "faults"):
            build_console()
    except StepError as error:
        tell(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    become([*programs[words[0]], *words[1:]])


def find_newer_python() -> None:
    """Go on under a newer Python of this machine, or say what is missing."""
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        f"Cove needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}. "
        "Install one (on Debian 12: apt-get install python3), or name it: make PYTHON=/path/to/python3 …"
    )


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        find_newer_python()
    main(sys.argv[1:])
