"""Load the demo company once; a second start finds it there and does nothing, one that was cut off goes on."""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")

if TYPE_CHECKING:
    from cove.launch.demo.console import Console
    from cove.launch.demo.kept import Kept
    from cove.launch.demo.outside import Outside

SEED = 20_261_121


def main() -> int:
    """Set the company up, let its first visitors in, then give it its customers; returns the exit code."""
    import django

    django.setup()
    from cove.launch.demo.company import set_up, sign_in
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
        if life.path.exists():
            # All was set up before the life began. Asking the platform for its customers again would take longer than the rest.
            sign_in(console)
        else:
            codes = set_up(console, outside, smtp_port=read.sandbox_smtp_port)
            if not marker.exists():
                let_in(console, outside, codes, random.Random(SEED))  # noqa: S311 -- a seeded story, no secret
            life.save()
        if not _give_life(console, outside, life):
            return 1
    marker.write_text("loaded\n", encoding="ascii")
    return 0


def _give_life(console: Console, outside: Outside, life: Kept) -> bool:
    """Give the company what it lacks of its customers; False when there is no room for them, which is said."""
    from cove.launch.demo.bulk.load import BY_DOORS, NoRoomError, load
    from cove.launch.demo.company import prepare_life
    from cove.launch.demo.doors import let_life_in, server_keys
    from cove.launch.demo.past.doors import beside_doors
    from cove.launch.demo.telling import Teller

    if life.done >= life.contacts:
        return True
    prepare_life(console)
    keys = server_keys(console)
    try:
        if life.by_doors:
            let_life_in(console, outside, life, keys, Teller(life), beside_doors(console, outside, life))
        else:
            load(console, outside, life, keys, Teller(life, steady_from=BY_DOORS))
    except NoRoomError as error:
        print(error)  # noqa: T201 -- for the terminal, through the supervisor
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
