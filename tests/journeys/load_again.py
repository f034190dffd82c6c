"""Loads the life of a running demo once more, in bulk and under other names; run as a program with the house's environment."""

from __future__ import annotations

import os
import sys
from dataclasses import replace


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")
    import django

    django.setup()
    from cove.launch.demo.bulk.ground import survey
    from cove.launch.demo.bulk.load import load_piece, set_aside, settled
    from cove.launch.demo.console import Console
    from cove.launch.demo.kept import kept_life
    from cove.launch.demo.outside import Outside
    from cove.launch.env import environment

    read = environment()
    life = replace(kept_life(read), namespace="again")
    with (
        Outside(f"http://127.0.0.1:{read.sandbox_port}") as outside,
        Console(f"http://127.0.0.1:{read.port}") as console,
    ):
        console.wait("the log to be read", settled, seconds=120)
        ground = survey(outside.company()["corp_id"], f"{outside.base_url}/avatars/persons/")
        life.piece = set_aside(life.contacts)
        load_piece(outside, ground, life, range(life.contacts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
