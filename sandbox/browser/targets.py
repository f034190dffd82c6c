"""Which site a phone's web view shows, and under which host of its own."""

import re
from urllib.parse import SplitResult, urlunsplit

from sandbox.browser.viewers import keep_origin, viewer_of
from sandbox.people.codes import is_loopback, split
from sandbox.people.errors import RefusedError, missing
from sandbox.world import World

SITE = "sandbox.localhost"
PHONE_HOST = re.compile(r"^([pm]\d{1,9})\.(?:sandbox\.)?localhost(?::\d+)?$")


def phone_of_host(host: str) -> str | None:
    """Return the label of the web view that has this host (`p1` a visitor's, `m1` a member's), or None."""
    found = PHONE_HOST.match(host.lower())
    return found[1] if found else None


def origin_of(parts: SplitResult) -> str:
    """Scheme, host and port of an address."""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def path_of(parts: SplitResult) -> str:
    """Path, query and fragment of an address."""
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def open_page(world: World, label: str, url: str) -> str:
    """Point a phone's web view to an address on this machine; answers where the phone finds it.

    RefusedError not_local for any other machine: the sandbox is no open proxy.
    """
    parts = split(url)
    if not is_loopback(parts):
        raise RefusedError("not_local", "The phones of the sandbox reach only pages on this machine.")
    if viewer_of(world, label) is None:
        raise missing("phone")
    keep_origin(world, label, origin_of(parts))
    return f"http://{label}.{SITE}:{world.settings.port}{path_of(parts)}"
