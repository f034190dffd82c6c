"""Asking the DNS, behind an interface: the machine's own servers, or the one that the settings name."""

from __future__ import annotations

import contextlib
from typing import Protocol

import dns.asyncresolver
import dns.exception
import dns.resolver
from django.conf import settings

RESOLV_CONF = "/etc/resolv.conf"
PATIENCE = 8.0
"""Seconds for one question, all servers together."""


class Unanswered(Exception):
    """No server answered: nothing is known, which is not the same as nothing being there."""


class Resolver(Protocol):
    """What is asked of the DNS. Each returns nothing where nothing is there, and raises Unanswered."""

    async def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each with its pieces joined (RFC 7208, 3.3)."""
        ...

    async def exchangers(self, name: str) -> list[str]:
        """Return the hosts of the MX records of a name, the preferred first."""
        ...


class Asking:
    """The resolver that really asks."""

    def __init__(self) -> None:
        named = settings.DNS_SERVER
        self._resolver = dns.asyncresolver.Resolver(configure=False)
        if not named:
            # A machine without name servers answers nothing, which is told as such and not as a fault of ours.
            with contextlib.suppress(dns.resolver.NoResolverConfiguration, OSError):
                self._resolver.read_resolv_conf(RESOLV_CONF)
        else:
            address, _, port = named.partition("#")
            self._resolver.nameservers, self._resolver.port = [address], int(port)
        self._resolver.lifetime = PATIENCE

    async def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name."""
        answer = await self._asked(name, "TXT")
        return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]

    async def exchangers(self, name: str) -> list[str]:
        """Return the hosts of the MX records of a name."""
        answer = await self._asked(name, "MX")
        return [str(row.exchange).rstrip(".") for row in sorted(answer, key=lambda row: row.preference)]

    async def _asked(self, name: str, kind: str) -> list:  # type: ignore[type-arg]  # dnspython's records have no common type
        try:
            return list(await self._resolver.resolve(name, kind))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Unanswered(name) from error
