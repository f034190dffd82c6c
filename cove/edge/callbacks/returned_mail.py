"""The door for mail that comes back: SMTP, for nothing but the addresses that our own mails carry (docs/decisions/0077-returned-mail.md).

No database here: whose mail it is says the address itself, signed; what is heard goes to the local spool, and the other side's server is
told that its mail was taken when that is durable. It is never relayed, kept or answered.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from cove.edge import spool
from cove.edge.spool import Entry
from cove.engine.channels.email.inbound.reports import LARGEST, MAILBOXES, read_mail, told_by_address
from cove.kernel.metrics import CALLBACKS

MOST_LINES = 100
"""At the same time: returned mail waits at its sender, no harm is done."""
PATIENCE = 60
"""Seconds for the next command."""
MOST_RECIPIENTS = 20

log = structlog.get_logger(__name__)


class Door:
    """What aiosmtpd asks at each step of one connection."""

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        server: SMTP,  # noqa: ARG002 -- its signature
        session: Session,  # noqa: ARG002 -- same
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002 -- same
    ) -> str:
        """Take an address of a mail of ours, and the mailboxes for complaints; nothing else."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        local = address.partition("@")[0].lower()
        if local not in MAILBOXES and told_by_address(address, secret=settings.SECRET_KEY) is None:
            CALLBACKS.labels(platform="email", verdict="unknown_address").inc()
            return "550 5.1.1 no such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 -- same
        self,
        server: SMTP,  # noqa: ARG002 -- same
        session: Session,
        envelope: Envelope,
    ) -> str:
        """Write down what the mail tells; 451 while nothing can be written, so that it comes again."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            heard = await take(envelope.rcpt_tos, raw)
        except spool.SpoolUnavailableError:
            CALLBACKS.labels(platform="email", verdict="not_durable").inc()
            log.exception("returned mail could not be kept; it will come again")
            return "451 4.3.0 try again later"
        CALLBACKS.labels(platform="email", verdict="accepted" if heard else "nothing_in_it").inc()
        log.debug("returned mail", heard=heard, peer=str(session.peer))
        return "250 2.0.0 taken"


async def take(addresses: Sequence[str], raw: bytes) -> int:
    """Put what a mail tells into the spool, once for each address and content; return how much that was. Raises SpoolUnavailableError."""
    heard = 0
    for address in addresses:
        found = await asyncio.to_thread(read_mail, address, raw, secret=settings.SECRET_KEY)
        if found is None:
            continue
        name = hashlib.blake2b(raw, digest_size=12).hexdigest()
        key = f"email:{found.fact.kind}:{found.told.message_id}:{name}"
        await spool.append(Entry.of(found.told.tenant_id, found.fact, dedupe_key=key))
        heard += 1
    return heard


async def open_door(host: str, port: int) -> asyncio.Server | None:
    """Listen for returned mail, if a port is given."""
    if not port:
        return None
    lines = _Lines()
    return await asyncio.get_running_loop().create_server(lines.greet, host, port, reuse_port=True)


class _Lines:
    def __init__(self) -> None:
        self._open = 0

    def greet(self) -> SMTP:
        """Greet one caller; one too many is told to come again."""
        return _Limited(self, Door(), hostname="cove", data_size_limit=LARGEST, decode_data=False, timeout=PATIENCE)

    def enter(self) -> bool:
        """Count one line in; False if there are too many."""
        self._open += 1
        return self._open <= MOST_LINES

    def leave(self) -> None:
        """Count one line out."""
        self._open -= 1


class _Limited(SMTP):
    def __init__(self, lines: _Lines, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = lines

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Turn a caller away while too many are served."""
        if self._lines.enter():
            super().connection_made(transport)
            return
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 too many connections\r\n")
        transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for the next."""
        self._lines.leave()
        if self.transport is not None:
            super().connection_lost(error)
