"""Where a customer's address may lead: to the internet, and not into the network this server stands in."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SCHEMES = {"http": 80, "https": 443}
LONGEST = 2_000
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        # They carry another address inside: NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), IPv4-compatible (RFC 4291).
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        # Of one site, as some networks still have them (RFC 3879); Python takes them for public.
        "fec0::/10",
        # An address of IPv4 as translators write it (RFC 2765, 2.1).
        "::ffff:0:0:0/96",
    )
)


def is_allowed(address: Address, networks: Sequence[Network] = ()) -> bool:
    """Tell whether an address may be called: it is public, or in a network that the installation's owner named."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in network for network in networks):
        return True
    if any(address in network for network in _NEVER):
        return False
    return address.is_global and not address.is_multicast


def wire_name(host: str) -> str:
    """Return a host's name in the letters of the DNS (RFC 3490). Raises UnicodeError for one that has none."""
    return host if host.isascii() else host.encode("idna").decode()


def allowed_networks() -> tuple[Network, ...]:
    """Return the private networks that may be called, by the installation's setting."""
    return tuple(ipaddress.ip_network(text) for text in settings.WEBHOOK_NETWORKS)


def is_address(url: str) -> bool:
    """Tell whether a URL can be called at all: scheme, host, a port that exists, no user and password, not literally private."""
    try:
        parts = urlsplit(url)
        host, port = wire_name(parts.hostname or ""), parts.port
    except ValueError:
        return False
    if len(url) > LONGEST or parts.scheme not in SCHEMES or not host or port == 0 or "@" in parts.netloc:
        return False
    if any(letter.isspace() or not letter.isprintable() for letter in url):
        return False
    try:
        return is_allowed(ipaddress.ip_address(host), allowed_networks())
    except ValueError:
        return True
