"""Load the demo company once; a second start finds it there and does nothing, one that was cut off goes on."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")

if TYPE_CHECKING:
    from cove.launch.demo.console import Console
    from cove.launch.demo.kept import Kept
    from cove.launch.demo.outside import Outside

SEED = 20_261_121
TELL_EVERY = 2.0
"""Seconds between two lines of progress."""


def main() -> int:
    """Set the company up, let its first visitors in, then give it its customers; returns the exit code."""
    import django

    django.setup()
    from cove.launch.demo.bulk.load import NoRoomError
    from cove.launch.demo.company import set_up
    from cove.launch.demo.console import Console
    from cove.launch.demo.kept import OtherLifeError, kept_life
    from cove.launch.demo.outside import Outside
    from cove.launch.demo.visitors import let_in
    from cove.launch.env import environment

    read = environment()
    try:
        life = kept_life(read)
    except OtherLifeError as error:
        print(error)  # noqa: T201 -- for the terminal, through the supervisor
        return 1
    marker = read.data / "demo.done"
    if marker.exists() and life.done >= life.contacts:
        return 0
    with (
        Outside(f"http://127.0.0.1:{read.sandbox_port}") as outside,
        Console(f"http://127.0.0.1:{read.port}") as console,
    ):
        codes = set_up(console, outside)
        if not marker.exists() and not life.path.exists():
            let_in(console, outside, codes, random.Random(SEED))  # noqa: S311 -- a seeded story, no secret
        life.save()
        if life.done < life.contacts:
            try:
                _give_life(console, outside, life)
            except NoRoomError as error:
                print(error)  # noqa: T201 -- same
                return 1
    marker.write_text("loaded\n", encoding="ascii")
    return 0


def _give_life(console: Console, outside: Outside, life: Kept) -> None:
    from cove.launch.demo.bulk.load import load
    from cove.launch.demo.company import prepare_life
    from cove.launch.demo.doors import let_life_in, server_keys

    prepare_life(console)
    keys = server_keys(console)
    told = _teller(life)
    if life.by_doors:
        let_life_in(console, outside, life, keys, told)
    else:
        load(console, outside, life, keys, told)


def _teller(life: Kept) -> Callable[[int, int], None]:
    """Return what writes a line of progress, every few seconds and at the end."""
    begun = last = time.monotonic()
    known = life.done

    def tell(contacts: int, facts: int) -> None:
        nonlocal last, known
        now = time.monotonic()
        if now - last < TELL_EVERY and contacts < life.contacts:
            return
        # By the speed of late: the first ones, which come through the doors, are slower.
        left = (now - last) / max(contacts - known, 1) * (life.contacts - contacts)
        last, known, took = now, contacts, now - begun
        share = 100 * contacts // life.contacts
        rest = f", about {_duration(left)} left" if contacts < life.contacts else f", in {_duration(took)}"
        print(f"{share:3d} %  {contacts:,} contacts, {facts:,} facts{rest}", flush=True)  # noqa: T201 -- same

    return tell


def _duration(seconds: float) -> str:
    if seconds < 90:  # noqa: PLR2004 -- a minute and a half
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 -- two hours


if __name__ == "__main__":
    sys.exit(main())
