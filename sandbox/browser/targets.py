"""Which site a phone's web view shows, and under which host of its own."""

import re
from urllib.parse import SplitResult, urlunsplit

from sandbox.people.codes import is_loopback, split
from sandbox.people.errors import RefusedError
from sandbox.people.persons import person
from sandbox.world import World

SITE = "sandbox.localhost"
PHONE_HOST = re.compile(r"^p(\d{1,9})\.(?:sandbox\.)?localhost(?::\d+)?$")


def phone_of_host(host: str) -> int | None:
    """Return the id of the visitor whose web view has this host, or None."""
    found = PHONE_HOST.match(host.lower())
    return int(found[1]) if found else None


def origin_of(parts: SplitResult) -> str:
    """Scheme, host and port of an address."""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def path_of(parts: SplitResult) -> str:
    """Path, query and fragment of an address."""
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def open_page(world: World, person_id: int, url: str) -> str:
    """Point a phone's web view to an address on this machine; answers where the phone finds it.

    RefusedError not_local for any other machine: the sandbox is no open proxy.
    """
    parts = split(url)
    if not is_loopback(parts):
        raise RefusedError("not_local", "The phones of the sandbox reach only pages on this machine.")
    person(world, person_id)
    world.storage.run("UPDATE persons SET origin=? WHERE id=?", origin_of(parts), person_id)
    return f"http://p{person_id}.{SITE}:{world.settings.port}{path_of(parts)}"
