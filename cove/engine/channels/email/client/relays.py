"""What keeps a relay from taking our mail: no way there, no encryption, or it does not let us in."""

from __future__ import annotations

import asyncio
import contextlib
import ssl

import aiosmtplib

from cove.engine.channels.email.client.lines import unconnected
from cove.engine.channels.email.contracts.cards import Relay
from cove.engine.channels.email.contracts.problems import NO_SIGN_IN, NO_TLS, NO_WAY, SIGN_IN_REFUSED


async def trouble_of(relay: Relay) -> str:
    """Greet a relay and sign in, without sending anything; return a code of `RELAY_PROBLEMS`, empty if it lets us in."""
    smtp = unconnected(relay)
    try:
        await smtp.connect()
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
