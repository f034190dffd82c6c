"""Mails as they go over the wire (RFC 5322, 2045, 2047): written by hand where the standard library takes a millisecond for each."""

from __future__ import annotations

import binascii
import html
import re
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import NamedTuple

from cove.engine.channels.email.contracts.cards import (
    BACK_BEFORE,
    LEAVE_BEFORE,
    LEAVE_PATH,
    LINK_PATH,
    OPENED_PATH,
    ContentCard,
    Outgoing,
    SenderCard,
)
from cove.engine.channels.email.contracts.templates import UNSUBSCRIBE, fill
from cove.engine.channels.email.contracts.tokens import Told, token_for
from cove.engine.channels.email.outbound.signing import Header, signature

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_WORD_BEGINS = "=?utf-8?b?"
_HEADER_LINE = 76
"""Letters of a line with encoded words (RFC 2047, 2)."""
_BODY_LINE = 76
"""Letters of a line in base 64 (RFC 2045, 6.8)."""
_TOP = "This is a message in several parts.\r\n"


class BadAddress(ValueError):
    """An address that no mail server could be given."""


class Written(NamedTuple):
    """A mail ready to be handed over: the envelope's two addresses, and its bytes."""

    envelope_from: str
    envelope_to: str
    raw: bytes


class Said(NamedTuple):
    """What a mail says to one person."""

    subject: str
    html: str
    text: str


def write(mail: Outgoing, *, at: datetime, public_url: str, secret: str) -> Written:
    """Return a mail with its variables filled, its links signed, its picture and its signature. Raises BadAddress."""
    sender, content = mail.sender, mail.content
    if sender is None or content is None:
        raise ValueError("a mail that may not go out cannot be written")
    told = Told(mail.tenant_id, mail.id)
    address = wire_address(mail.address)
    said = say(mail, content, public_url=public_url, secret=secret)
    back = token_for("back", told, secret=secret)
    boundary = f"=_{back}"
    headers = _headers(mail, sender, said.subject, address, at, back)
    if content.purpose == "marketing" and mail.tracked:
        leave = f"{public_url}{LEAVE_PATH}{token_for('leave', told, secret=secret)}"
        headers.append(("List-Unsubscribe", f"<{leave}>,\r\n\t<mailto:{LEAVE_BEFORE}{back}@{sender.back_host}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    headers.append(("MIME-Version", "1.0"))
    headers.append(("Content-Type", f'multipart/alternative;\r\n\tboundary="{boundary}"'))
    body = _body(said, boundary)
    signed = signature(
        headers, body, domain=sender.domain, selector=sender.selector, key=sender.key, at=int(at.timestamp())
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in [("DKIM-Signature", signed), *headers])
    return Written(f"{BACK_BEFORE}{back}@{sender.back_host}", address, head.encode("ascii") + b"\r\n" + body)


def say(mail: Outgoing, content: ContentCard, *, public_url: str, secret: str) -> Said:
    """Return what a mail says to its person, links and picture included where it is tracked."""
    told = Told(mail.tenant_id, mail.id)
    values = mail.values
    if content.purpose == "marketing":
        leave = f"{public_url}{LEAVE_PATH}{token_for('leave', told, secret=secret)}"
        values = {**values, UNSUBSCRIBE: leave}

    def link(link_id: int) -> str:
        return f"{public_url}{LINK_PATH}{token_for('link', told._replace(link_id=link_id), secret=secret)}"

    page = fill(content.html, values, link=link, write=html.escape)
    if mail.tracked:
        picture = f"{public_url}{OPENED_PATH}{token_for('open', told, secret=secret)}.gif"
        page = _with_picture(page, picture)
    return Said(" ".join(fill(content.subject, values).split()), page, fill(content.text, values))


def wire_address(text: str) -> str:
    """Return an address in the letters that every server takes, its domain in those of the DNS. Raises BadAddress."""
    local, _, domain = text.strip().rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise BadAddress(text) from error
    if not _ADDRESS.fullmatch(found):
        raise BadAddress(text)
    return found


def _headers(mail: Outgoing, sender: SenderCard, subject: str, address: str, at: datetime, back: str) -> list[Header]:
    headers = [
        ("From", mailbox(sender.name, sender.address)),
        ("To", mailbox(mail.name, address)),
        ("Subject", _unstructured(subject)),
        ("Date", _date(at.replace(microsecond=0))),
        # The same for each attempt, so that a mailbox can tell a mail that came twice; and it comes back with one that is returned.
        ("Message-ID", f"<{back}@{sender.domain}>"),
    ]
    if sender.reply_to:
        headers.append(("Reply-To", sender.reply_to))
    return headers


@lru_cache(maxsize=1024)
def mailbox(name: str, address: str) -> str:
    """Return a name and an address as they stand in a header."""
    name = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    if not name:
        return address
    if _ATOMS.fullmatch(name):
        return f"{name} <{address}>"
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded(name, 8)}\r\n <{address}>"


def _unstructured(text: str) -> str:
    text = "".join(one if one.isprintable() else " " for one in text)
    return text if text.isascii() and len(text) < 900 else _encoded(text, 10)  # noqa: PLR2004 -- a line holds 998 (RFC 5322)


def _encoded(text: str, before: int) -> str:
    """Return a text in encoded words (RFC 2047), no line of which, nor the first behind `before` letters, is longer than 76."""
    words, room = [], _room(before)
    word = b""
    for letter in text:
        # A letter must not be cut in two: each word is read by itself.
        coded = letter.encode("utf-8", "replace")
        if len(word) + len(coded) > room:
            words.append(word)
            word, room = b"", _room(1)
        word += coded
    words.append(word)
    return "\r\n ".join(f"{_WORD_BEGINS}{binascii.b2a_base64(one, newline=False).decode()}?=" for one in words)


def _room(before: int) -> int:
    # Base 64 writes three bytes in four letters.
    return (_HEADER_LINE - before - len(_WORD_BEGINS) - len("?=")) // 4 * 3


@lru_cache(maxsize=8)
def _date(at: datetime) -> str:
    return format_datetime(at)


def _body(said: Said, boundary: str) -> bytes:
    parts = [_TOP]
    for kind, text in (("plain", said.text), ("html", said.html)):
        coded = _in_lines(text.replace("\r\n", "\n").replace("\n", "\r\n").encode())
        parts.append(
            f"\r\n--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
            f"Content-Transfer-Encoding: base64\r\n\r\n{coded}\r\n"
        )
    parts.append(f"\r\n--{boundary}--\r\n")
    return "".join(parts).encode("ascii")


def _in_lines(raw: bytes) -> str:
    coded = binascii.b2a_base64(raw, newline=False).decode()
    return "\r\n".join(coded[at : at + _BODY_LINE] for at in range(0, len(coded), _BODY_LINE))


def _with_picture(page: str, url: str) -> str:
    picture = f'<img src="{html.escape(url)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px">'
    at = page.rfind("</body>")
    return f"{page[:at]}{picture}{page[at:]}" if at >= 0 else page + picture
