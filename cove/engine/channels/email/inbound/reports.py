"""Reading returned mail: delivery status notifications (RFC 3464), complaints (RFC 5965), and what servers send that know neither.

Whose mail it is says the address it came back to (VERP), or the number of our mail inside it. Nothing here touches a database. What is
not understood is nothing: it never makes an address unusable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from typing import NamedTuple

from cove.engine.channels.email.contracts.cards import BACK_BEFORE, LEAVE_BEFORE
from cove.engine.channels.email.contracts.codes import hardness_of, reason_of
from cove.engine.channels.email.contracts.tokens import Told, read_token
from cove.facts.email import MailLeft, MailReturned

LARGEST = 1024 * 1024
"""Bytes of a report. The mail inside it is ours or only its beginning; what is larger is none."""

MAILBOXES = frozenset({"fbl", "abuse", "postmaster"})
"""Where complaints are sent to that do not come back to the mail's own address."""

_MOST_PARTS = 50
_MOST_TEXT = 20_000
_OURS = re.compile(r"<([a-z2-7]{20,64})@[A-Za-z0-9.-]+>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_FAILED = re.compile(r"\b(5\d\d)[ -]")
_ROBOT = ("auto-replied", "auto-notified")


class Heard(NamedTuple):
    """What a mail that came back tells of one of ours."""

    told: Told
    fact: MailReturned | MailLeft


def told_by_address(address: str, *, secret: str) -> tuple[Told, bool] | None:
    """Return whose mail an address of ours belongs to, and whether it is the one for unsubscribing; None if it is none of ours."""
    local = address.partition("@")[0].lower()
    for before, leaving in ((BACK_BEFORE, False), (LEAVE_BEFORE, True)):
        if local.startswith(before):
            told = read_token("back", local.removeprefix(before), secret=secret)
            return (told, leaving) if told else None
    return None


def read_mail(address: str, raw: bytes, *, secret: str) -> Heard | None:
    """Return what a mail to one of our addresses tells, or None if it tells nothing: an answer of a machine, a delay, a success."""
    known = told_by_address(address, secret=secret)
    if known is not None and known[1]:
        return Heard(known[0], MailLeft(message_id=known[0].message_id, how="mail"))
    try:
        mail = message_from_bytes(raw[:LARGEST], policy=compat32)
        parts = list(_parts(mail))
    except (MessageError, ValueError, LookupError, RecursionError):
        return None
    told = known[0] if known else _inside(parts, secret)
    if told is None:
        return None
    fact = _complaint(told, parts) or _status(told, parts) or _guess(told, mail, parts, sent_back=known is not None)
    return Heard(told, fact) if fact else None


def _parts(mail: Message) -> Iterator[Message]:
    for number, part in enumerate(mail.walk()):
        if number >= _MOST_PARTS:
            return
        yield part


def _complaint(told: Told, parts: list[Message]) -> MailReturned | None:
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            kind = re.search(r"^feedback-type:\s*([a-z-]+)", _text(part), re.IGNORECASE | re.MULTILINE)
            if kind and kind[1].lower() in ("abuse", "fraud", "virus", "other"):
                return MailReturned(message_id=told.message_id, sort="complaint", reason="complaint")
    return None


def _status(told: Told, parts: list[Message]) -> MailReturned | None:
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload() if part.is_multipart() else []:
            if not isinstance(block, Message) or str(block.get("Action", "")).strip().lower() != "failed":
                continue
            said = _one_line(str(block.get("Diagnostic-Code", "")))
            given = _STATUS.search(str(block.get("Status", "")))
            status = given[1] if given else ""
            # Some say 5.0.0 or 5.3.0 in the field and what they mean in the words.
            closer = _STATUS.search(said)
            if closer and (not status or reason_of(status) == "refused"):
                status = closer[1]
            return _returned(told, status, said)
    return None


def _guess(told: Told, mail: Message, parts: list[Message], *, sent_back: bool) -> MailReturned | None:
    """Read what no standard describes: a mail to the envelope's address that is no answer of a machine and names a refusal."""
    robot = str(mail.get("Auto-Submitted", "")).strip().lower().startswith(_ROBOT)
    if not sent_back or robot or mail.get("X-Autoreply") or mail.get_content_type() == "multipart/report":
        return None
    text = next((_text(part) for part in parts if part.get_content_type() == "text/plain"), "")
    status, old = _STATUS.search(text), _FAILED.search(text)
    if status is None and old is None:
        return None
    code = status[1] if status else ""
    return None if code.startswith(("2.", "4.")) else _returned(told, code, _one_line(text[:300]))


def _returned(told: Told, status: str, said: str) -> MailReturned:
    return MailReturned(
        message_id=told.message_id,
        sort="bounce",
        hardness=hardness_of(status),
        reason=reason_of(status),
        status=status,
        detail=said[:300],
    )


def _inside(parts: list[Message], secret: str) -> Told | None:
    """Find our own mail in a report by the number that stands in its Message-ID."""
    for part in parts:
        for text in (str(part.get("Message-ID", "")), _text(part) if _holds_headers(part) else ""):
            for match in _OURS.finditer(text):
                told = read_token("back", match[1], secret=secret)
                if told:
                    return told
    return None


def _holds_headers(part: Message) -> bool:
    return part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers", "text/rfc822")


def _text(part: Message) -> str:
    if part.is_multipart():
        return "\n".join(str(one) for one in part.get_payload() if isinstance(one, Message))[:_MOST_TEXT]
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return ""
    return raw[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _one_line(text: str) -> str:
    text = text.partition(";")[2] if text.lower().startswith(("smtp;", "x-")) else text
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
