"""Resolving a customer's address once, and refusing it where it leads into the network this server stands in."""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from cove.engine.channels.webhooks.queries.addresses import allowed_networks, is_allowed


class NotAllowed(Exception):
    """The address leads to where customers' addresses must not lead."""


async def resolved(host: str, port: int) -> str:
    """Return one address of `host`, all of which must be allowed. Raises NotAllowed, or OSError where the name leads nowhere."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    networks = allowed_networks()
    if not addresses or not all(is_allowed(one, networks) for one in addresses):
        raise NotAllowed
    return str(addresses[0])
