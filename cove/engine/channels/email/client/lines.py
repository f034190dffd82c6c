"""Lines to relays (RFC 5321), kept open and shared by all mail of one relay: greeting, TLS and sign-in cost more than a mail."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import aiosmtplib

from cove.engine.channels.email.contracts.cards import Relay

LINES_A_RELAY = 8
MAILS_A_LINE = 500
"""After which a line is closed: many relays allow no more."""
IDLE_SECONDS = 25.0
PATIENCE = 20.0
"""Seconds for each answer of a relay; below the longest time that the outbox gives an act."""

_TLS = {"none": (False, False), "starttls": (False, True), "tls": (True, False)}


@dataclass(slots=True)
class Line:
    """An open line, how many mails went by it, and when it was used last."""

    smtp: aiosmtplib.SMTP
    mails: int = 0
    used: float = field(default_factory=time.monotonic)


class Lines:
    """The open lines of one event loop."""

    def __init__(self) -> None:
        self._idle: dict[Relay, list[Line]] = defaultdict(list)
        self._room: dict[Relay, asyncio.Semaphore] = {}

    @contextlib.asynccontextmanager
    async def borrow(self, relay: Relay) -> AsyncIterator[aiosmtplib.SMTP]:
        """Give a line to the relay, a kept one if it still stands. Raises what aiosmtplib raises while connecting.

        A line on which anything went wrong is closed: what the relay makes of the next command on it is not known.
        """
        room = self._room.setdefault(relay, asyncio.Semaphore(LINES_A_RELAY))
        async with room:
            line = await self._open(relay)
            good = False
            try:
                yield line.smtp
                good = True
            except (aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientsRefused):
                # The relay spoke; the mail was not for it, the line stands.
                good = line.smtp.is_connected and await _reset(line.smtp)
                raise
            finally:
                line.mails += 1
                line.used = time.monotonic()
                if good and line.mails < MAILS_A_LINE:
                    self._idle[relay].append(line)
                else:
                    _hang_up(line.smtp)

    async def close(self) -> None:
        """Say goodbye on all lines that are not in use."""
        for lines in self._idle.values():
            for line in lines:
                with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                    await line.smtp.quit()
        self._idle.clear()

    async def _open(self, relay: Relay) -> Line:
        idle, now = self._idle[relay], time.monotonic()
        while idle:
            line = idle.pop()
            if line.smtp.is_connected and now - line.used < IDLE_SECONDS:
                return line
            _hang_up(line.smtp)
        smtp = unconnected(relay)
        await smtp.connect()
        return Line(smtp)


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Lines] = WeakKeyDictionary()


def lines() -> Lines:
    """Return the lines of the running event loop."""
    return _lines.setdefault(asyncio.get_running_loop(), Lines())


async def try_relay(relay: Relay, sender: str) -> str:
    """Greet a relay, sign in and name `sender`, as sending a mail begins; return what is wrong, in its own words, empty if nothing is."""
    smtp = unconnected(relay)
    try:
        await smtp.connect()
        await smtp.mail(sender, encoding="ascii")
        await smtp.quit()
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return str(error)[:300] or type(error).__name__
    return ""


def unconnected(relay: Relay) -> aiosmtplib.SMTP:
    """Return a line to a relay that is not opened yet."""
    use_tls, start_tls = _TLS[relay.security]
    return aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        use_tls=use_tls,
        start_tls=start_tls,
        username=relay.user or None,
        password=relay.password or None,
        timeout=PATIENCE,
    )


async def _reset(smtp: aiosmtplib.SMTP) -> bool:
    try:
        await smtp.rset()
    except (aiosmtplib.SMTPException, OSError):
        return False
    return True


def _hang_up(smtp: aiosmtplib.SMTP) -> None:
    with contextlib.suppress(OSError, RuntimeError):
        smtp.close()
