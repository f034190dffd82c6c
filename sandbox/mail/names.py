"""The sandbox's DNS: answers TXT, MX and A over UDP from its own table, which anybody may fill."""

import asyncio
from typing import cast

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from sandbox.world import World

KINDS = ("TXT", "MX", "A", "CNAME")
TTL = 5
_PIECE = 255
"""Bytes of one piece of a TXT record."""


class Answers(asyncio.DatagramProtocol):
    """Answers one question after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        # uvloop's transport is one without being of its class.
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        """Answer a question; what is none gets no answer."""
        try:
            question = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return
        if self.transport is not None and question.question:
            self.transport.sendto(answer(self.world, question).to_wire(), addr)


def answer(world: World, question: dns.message.Message) -> dns.message.Message:
    """Return what is known under the name that is asked for; a name without any record does not exist."""
    said = dns.message.make_response(question)
    said.flags |= dns.flags.RA
    asked = question.question[0]
    name, kind = asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype)
    rows = world.storage.rows("SELECT kind, value FROM dns_records WHERE name=? ORDER BY id", name)
    values = [_written(kind, row["value"]) for row in rows if row["kind"] == kind]
    if values:
        said.answer.append(dns.rrset.from_text_list(asked.name, TTL, "IN", kind, values))
    elif not rows:
        said.set_rcode(dns.rcode.NXDOMAIN)
    return said


def is_written_well(kind: str, value: str) -> bool:
    """Tell whether a record can be answered: an MX has a rank and a name, an A four numbers."""
    try:
        dns.rrset.from_text_list("x.", TTL, "IN", kind, [_written(kind, value)])
    except (dns.exception.DNSException, ValueError):
        return False
    return True


def txt(world: World, name: str) -> bytes | None:
    """Return the TXT record under a name, for checking signatures."""
    found = world.storage.value("SELECT value FROM dns_records WHERE name=? AND kind='TXT'", name.rstrip(".").lower())
    return None if found is None else str(found).encode()


def _written(kind: str, value: str) -> str:
    if kind != "TXT":
        return value
    pieces = [value[at : at + _PIECE] for at in range(0, len(value), _PIECE)]
    return " ".join('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"' for piece in pieces)


async def serve(world: World) -> asyncio.DatagramTransport | None:
    """Listen, if a port for names was given."""
    if not world.settings.dns_port:
        return None
    where = (world.settings.host, world.settings.dns_port)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Answers(world), where)
    return transport
