"""What keeps a relay from taking our mail: no way there, no encryption, it does not let us in, or not with this sender."""

from __future__ import annotations

import asyncio
import contextlib
import ssl

import aiosmtplib

from cove.engine.channels.email.client.lines import unconnected
from cove.engine.channels.email.contracts.cards import Relay
from cove.engine.channels.email.contracts.problems import NO_SIGN_IN, NO_TLS, NO_WAY, SENDER_REFUSED, SIGN_IN_REFUSED

PERMANENT = 500
"""From here on a relay means it for good (RFC 5321, 4.2.1)."""


async def trouble_of(relay: Relay, sender: str) -> str:
    """Greet a relay, sign in and name `sender`, without sending anything; return a code of `RELAY_PROBLEMS`, empty if it lets us in."""
    smtp = unconnected(relay)
    try:
        await smtp.connect()
        await smtp.mail(sender, encoding="ascii")
    except aiosmtplib.SMTPSenderRefused as error:
        # "Not now" is no mistake of anybody's.
        return SENDER_REFUSED if error.code >= PERMANENT else ""
    except aiosmtplib.SMTPAuthenticationError:
        return SIGN_IN_REFUSED
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return _kind(error)
    finally:
        with contextlib.suppress(aiosmtplib.SMTPException, OSError, RuntimeError, asyncio.CancelledError):
            smtp.close()
    return ""


def _kind(error: BaseException) -> str:
    # The library wraps what the socket said; encryption that fails is an SSL error somewhere below.
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return NO_TLS
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, aiosmtplib.SMTPConnectError | aiosmtplib.SMTPTimeoutError | OSError):
        return NO_WAY
    said = str(error).lower()
    return NO_SIGN_IN if "smtp auth" in said else NO_TLS if "starttls" in said else NO_WAY
