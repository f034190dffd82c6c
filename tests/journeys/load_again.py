"""Loads the life of a running demo once more, in bulk and under other names; run as a program with the house's environment.

It is killed on the way, when one database has a piece and the other has not, and goes on.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from multiprocessing import get_context


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")
    import django

    django.setup()
    from cove.launch.demo.bulk.load import lay_ground, settled
    from cove.launch.demo.bulk.numbers import set_aside
    from cove.launch.demo.bulk.piece import Loader
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
        life.piece = set_aside(life.contacts)
        ground, half = lay_ground(outside, life), life.contacts // 2
        pieces = range(half), range(half, life.contacts)
        killed = get_context("spawn").Process(target=die_midway, args=(outside.base_url, ground, life, pieces))
        killed.start()
        killed.join()
        assert killed.exitcode == -signal.SIGKILL
        loader = Loader(outside, ground, life)
        for numbers in pieces:
            loader.load(numbers)
    return 0


def die_midway(base_url, ground, life, pieces):
    """Load the first piece, and of the second what PostgreSQL has."""
    from cove.launch.demo.bulk import hand

    hand.begin(base_url, ground, life)
    from cove.launch.demo.bulk import piece

    hand.load(pieces[0])
    piece.ship = lambda _scribe: os.kill(os.getpid(), signal.SIGKILL)
    hand.load(pieces[1])


if __name__ == "__main__":
    sys.exit(main())
