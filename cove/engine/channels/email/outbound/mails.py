"""Mails as outward acts: written, handed to the relay, and what its answer means."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiosmtplib
import httpx
from django.conf import settings

from cove.engine.channels.delivery.contracts import (
    Again,
    Doubtful,
    Ended,
    Kind,
    Later,
    Order,
    Outcome,
    Refused,
    Sent,
    Tariff,
    Verdict,
    kinds,
    tariffs,
)
from cove.engine.channels.email.client.lines import lines
from cove.engine.channels.email.commands.messages import settle_mail, settle_mails
from cove.engine.channels.email.contracts.cards import Relay
from cove.engine.channels.email.contracts.codes import UNKNOWN, reason_of
from cove.engine.channels.email.outbound.gathering import gathering
from cove.engine.channels.email.outbound.writing import BadAddress, Written, write
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

FIRST_GREY, LONGEST_GREY = 60.0, 3600.0
"""Seconds. A server that greylists takes a mail when it comes again after a minute or some (RFC 6647)."""
PUT_OFF_RETRIES = 12
"""A day, with growing steps."""
SIGN_IN_PAUSE = 300.0
"""Also where the relay does not take our sender: somebody has to set it right, and until then each mail waits."""
AN_ACT = 25.0
"""Seconds for one mail, waiting for a line and all: below what the outbox gives an act, so that we know ourselves how far it came."""
NO_LINE_PAUSE = 30.0
PERMANENT = 500
"""From here on a relay means it for good (RFC 5321, 4.2.1)."""
PASSING = frozenset({"mailbox_full", "busy", "rate_limited"})

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


async def _perform(order: Order, _http: httpx.AsyncClient) -> Outcome:
    mail = await gathering().get(order.tenant_id, order.payload["message_id"])
    if mail.held or mail.sender is None:
        return Refused(mail.held or "sender_off")
    if mail.wait:
        return Later("rate_limited", seconds=mail.wait, retries=None)
    try:
        written = write(mail, at=clock.now(), public_url=settings.PUBLIC_URL, secret=settings.SECRET_KEY)
    except BadAddress:
        return Refused("no_address")
    return await _sent(mail.sender.relay, written, order.setbacks)


@dataclass(slots=True)
class _Way:
    """How far a mail came: whether it had a line to the relay, and whether its body may have gone over it."""

    line: bool = False
    body: bool = False


async def _sent(relay: Relay, written: Written, setbacks: int) -> Outcome:
    way = _Way()
    try:
        async with asyncio.timeout(AN_ACT), lines().borrow(relay) as line:
            way.line = True
            return await _hand_over(line, written, way)
    except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused) as error:
        return _not_ours(error, setbacks)
    except aiosmtplib.SMTPRecipientRefused as error:
        return refusal(error.code, error.message, setbacks)
    except aiosmtplib.SMTPResponseException as error:
        if not way.line:
            return _not_ours(error, setbacks)
        return _about_the_mail(refusal(error.code, error.message, setbacks), error)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return _broken(error, way, setbacks)


async def _hand_over(line: aiosmtplib.SMTP, mail: Written, way: _Way) -> Outcome:
    """Hand one mail to a relay. Raises SMTPResponseException for a refusal, SMTPException where the line broke before the body."""
    await line.mail(mail.envelope_from, encoding="ascii")
    await line.rcpt(mail.envelope_to, encoding="ascii")
    way.body = True
    answer = await line.data(mail.raw)
    return Sent({"answer": answer.message[:200]})


def _not_ours(error: aiosmtplib.SMTPResponseException, setbacks: int) -> Outcome:
    """Return what it means that a relay does not greet us, or does not take our sender: nothing about whoever the mail is for."""
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return Later("sign_in_refused", error.code, seconds=SIGN_IN_PAUSE, retries=PUT_OFF_RETRIES)
    if error.code < PERMANENT:
        return refusal(error.code, error.message, setbacks)
    return Later("sender_refused", error.code, seconds=SIGN_IN_PAUSE, retries=PUT_OFF_RETRIES)


def _about_the_mail(outcome: Outcome, error: aiosmtplib.SMTPResponseException) -> Outcome:
    """Return what a refusal means that came when the recipient had been taken: only an enhanced code still speaks of the address."""
    if isinstance(outcome, Refused) and outcome.reason == UNKNOWN and not _ENHANCED.search(error.message):
        return Refused("refused", outcome.errcode)
    return outcome


def _broken(error: Exception, way: _Way, setbacks: int) -> Outcome:
    """Return what it means that no answer came: doubt only where the body may have gone, since before it nothing was sent."""
    if way.body:
        return Doubtful()
    if not way.line and isinstance(error, TimeoutError) and not isinstance(error, aiosmtplib.SMTPException):
        # All lines were taken by others for as long; that is no fault of this mail and counts against nobody.
        return Later("busy", seconds=NO_LINE_PAUSE, retries=None)
    return Later("unreachable", seconds=_step(setbacks), retries=PUT_OFF_RETRIES)


def refusal(code: int, text: str, setbacks: int) -> Outcome:
    """Return what a relay's refusal means: below 500 it may be tried again, and the reason is read from the enhanced code (RFC 3463)."""
    enhanced = _ENHANCED.search(text)
    reason = reason_of(enhanced[1] if enhanced else "", code, text)
    if code >= PERMANENT:
        return Refused(reason, code)
    # "Not now" says nothing yet about the address or the mail: greylisting answers with the same codes.
    said = reason if reason in PASSING else "put_off"
    return Later(said, code, seconds=_step(setbacks), retries=PUT_OFF_RETRIES)


def _step(setbacks: int) -> float:
    return min(FIRST_GREY * 2.0**setbacks, LONGEST_GREY)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    settle_mail(actor, message_id=order.payload["message_id"], verdict=verdict)


def _settle_together(actor: Actor, ended: Sequence[Ended]) -> None:
    settle_mails(actor, verdicts={order.payload["message_id"]: verdict for order, verdict in ended})


def _one(_said: Mapping[str, Any]) -> int:
    return 1


MAILS = tariffs.add("email", Tariff("email", Words("邮件", "Mails"), Words("封", "mails")))
MARKETING = kinds.add(
    "email.message",
    Kind(
        "email.message",
        Words("发送营销邮件", "Send a marketing mail"),
        Again.UNSAFE,
        _perform,
        _settle,
        purpose="marketing",
        channel="email",
        tariff=MAILS.key,
        cost=_one,
        settle_together=_settle_together,
    ),
)
SERVICE = kinds.add(
    "email.service",
    Kind(
        "email.service",
        Words("发送服务邮件", "Send a service mail"),
        Again.UNSAFE,
        _perform,
        _settle,
        channel="email",
        tariff=MAILS.key,
        cost=_one,
        settle_together=_settle_together,
    ),
)
