"""``python -m bench`` runs every benchmark, ``python -m bench funnel`` one. Each prints its results as lines of JSON."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import bench
from bench.frame import Result, say

_FRAME = {"frame", "group_sync", "__main__"}


def names() -> list[str]:
    """Return the names of all benchmarks: every module of this package but the frame."""
    return sorted(part.name for part in iter_modules(bench.__path__) if part.name not in _FRAME)


def main(arguments: list[str]) -> int:
    """Run what was asked for; return 0 when every benchmark gave a result. Several run in a process each: none warms another."""
    wanted = [name for name in arguments if name] or names()
    if unknown := sorted(set(wanted) - set(names())):
        say(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(names())}")
        return 2
    if len(wanted) > 1:
        codes = [subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode for name in wanted]
        return max(codes)
    say(f"{wanted[0]}: measuring")
    found: Result | list[Result] = import_module(f"bench.{wanted[0]}").run()
    for result in found if isinstance(found, list) else [found]:
        print(result.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
