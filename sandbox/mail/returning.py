"""What mail servers send back: reports (RFC 3464), complaints (RFC 5965), and answers of machines."""

import asyncio
import logging
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import aiosmtplib

from sandbox.world import World

TRIES, PAUSE = 5, 2.0
BOUNDARY = "=_report"
REPORTS = {
    "unknown": ("failed", "5.1.1", "550 5.1.1 user unknown"),
    "full": ("failed", "5.2.2", "552 5.2.2 mailbox full"),
    "delayed": ("delayed", "4.4.1", "connection timed out"),
}

log = logging.getLogger("sandbox")
_under_way: set[asyncio.Task[None]] = set()


def send_back(world: World, kind: str, *, to: str, recipient: str, raw: bytes) -> None:
    """Send something back to the envelope's sender of a mail, soon and by itself; a bounce of a bounce is never sent."""
    if to in ("", "<>") or not world.setting("mail_returns", world.settings.returns):
        return
    task = asyncio.get_running_loop().create_task(
        _deliver(world, to, compose(kind, to=to, recipient=recipient, raw=raw))
    )
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


def compose(kind: str, *, to: str, recipient: str, raw: bytes) -> bytes:
    """Return the mail that comes back: `kind` is one of REPORTS, complaint or holiday."""
    if kind == "holiday":
        return _holiday(to, recipient)
    complaint = kind == "complaint"
    named = "feedback-report" if complaint else "delivery-status"
    told = _feedback(recipient) if complaint else _status(kind, recipient)
    # Written out line by line: the library would have the report's blocks as messages of their own.
    head = (
        f"From: MAILER-DAEMON@{recipient.rpartition('@')[2]}\r\nTo: {to}\r\n"
        f"Subject: {'Abuse report' if complaint else 'Undelivered Mail Returned to Sender'}\r\n"
        f"Date: {format_datetime(datetime.now(UTC))}\r\nMessage-ID: {make_msgid(domain='sandbox')}\r\n"
        f"Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={named}; boundary="{BOUNDARY}"\r\n\r\n'
    )
    original = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")[0]
    parts = (
        ("text/plain", b"This is a report about a mail that you sent."),
        (f"message/{named}", told.encode()),
        ("text/rfc822-headers", original),
    )
    body = b"".join(f"--{BOUNDARY}\r\nContent-Type: {kind}\r\n\r\n".encode() + said + b"\r\n" for kind, said in parts)
    return head.encode() + body + f"--{BOUNDARY}--\r\n".encode()


def _status(kind: str, recipient: str) -> str:
    action, status, said = REPORTS[kind]
    return (
        f"Reporting-MTA: dns; mx.sandbox\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\n"
        f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n"
    )


def _feedback(recipient: str) -> str:
    return f"Feedback-Type: abuse\r\nUser-Agent: sandbox/1\r\nVersion: 1\r\nOriginal-Rcpt-To: {recipient}\r\n"


def _holiday(to: str, recipient: str) -> bytes:
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = recipient, to, "Automatic reply: on holiday"
    answer["Auto-Submitted"] = "auto-replied"
    answer.set_content("I am away until Monday. 5.1.1 is the number of my office.")
    return answer.as_bytes()


async def _deliver(world: World, to: str, raw: bytes) -> None:
    host, _, port = world.setting("mail_returns", world.settings.returns).rpartition(":")
    for number in range(TRIES):
        line = aiosmtplib.SMTP(hostname=host, port=int(port), start_tls=False, timeout=10)
        try:
            async with line:
                # An empty sender, so that nobody sends something back for what came back (RFC 5321, 4.5.5).
                await line.mail("")
                await line.rcpt(to)
                await line.data(raw)
        except aiosmtplib.SMTPRecipientRefused:
            log.info("nobody takes what comes back to %s", to)
            return
        except (aiosmtplib.SMTPException, OSError):
            await asyncio.sleep(PAUSE * (number + 1))
        else:
            return
