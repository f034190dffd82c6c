"""Hosts: taking one out of an address, and whether two belong to one owner."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

LONGEST_HOST = 253
"""Characters (RFC 1035); a longer one is no host."""

_SUFFIXES = PublicSuffixList()


def host_of(address: str) -> str:
    """Return the host of an absolute address in lower case, without port; "" if there is none. Refuses nothing."""
    _, slashes, rest = address.partition("://")
    if not slashes:
        return ""
    for mark in "/?#":
        rest = rest.partition(mark)[0]
    rest = rest.rpartition("@")[2].lower()
    if rest.startswith("["):
        return rest.partition("]")[0] + "]"
    host = rest.partition(":")[0].rstrip(".")
    return host if len(host) <= LONGEST_HOST else ""


@lru_cache(maxsize=16384)
def owned_by(host: str) -> str:
    """Return the domain that somebody registered and under which the host lies: ``shop.com.cn`` of ``m.shop.com.cn``.

    Hosts that nobody registered (``localhost``, an IP address) are their own.
    """
    if host.replace(".", "").isdigit() or ":" in host or not host:
        return host
    try:
        return _SUFFIXES.privatesuffix(host) or host
    except (ValueError, UnicodeError):  # what a stranger sends as his host need not be one
        return host


def found_by_suffix(table: Mapping[str, str], host: str) -> str | None:
    """Return what the table says of the host, or of the nearest domain above it. ``netflix.com`` does not lie under ``x.com``."""
    while host:
        if (found := table.get(host)) is not None:
            return found
        host = host.partition(".")[2]
    return None
