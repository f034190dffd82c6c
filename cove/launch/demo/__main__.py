"""Load the demo company once; a second start finds it there and does nothing."""

from __future__ import annotations

import os
import random
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")

SEED = 20_261_121


def main() -> int:
    """Set the company up, then let its first visitors in; returns the exit code."""
    import django

    django.setup()
    from cove.launch.demo.company import set_up
    from cove.launch.demo.console import Console
    from cove.launch.demo.outside import Outside
    from cove.launch.demo.visitors import let_in
    from cove.launch.env import environment

    read = environment()
    marker = read.data / "demo.done"
    if marker.exists():
        return 0
    with (
        Outside(f"http://127.0.0.1:{read.sandbox_port}") as outside,
        Console(f"http://127.0.0.1:{read.port}") as console,
    ):
        codes = set_up(console, outside)
        let_in(console, outside, codes, random.Random(SEED))  # noqa: S311 -- a seeded story, no secret
    marker.write_text("loaded\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
