"""Handing one letter to the mail server, step by step (RFC 5321), so that it is known where a line broke.

The standard library's `smtplib` is used as it is; Django's backend stands on it as well, but hides which step went unanswered.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from cove.kernel.mail.commands import Ending, Letter
from cove.kernel.mail.models import Mail
from cove.kernel.mail.server import MailServer

PATIENCE = 30.0
"""Seconds for each answer of the server."""

ACCEPTED, PASSING = 250, 500


def hand_over(server: MailServer, letter: Letter, before_body: Callable[[], bool]) -> Ending:
    """Send one letter; `before_body` is asked at the point of no return and may still stop it.

    A refusal below 500 and a line that breaks before the body may be tried again; a body without an answer is unknown and is not repeated.
    """
    try:
        message = compose(server, letter)
    except (ValueError, MessageError) as error:
        return Ending(Mail.State.FAILED, "bad_address", str(error))
    try:
        line = _connected(server)
    except smtplib.SMTPAuthenticationError as error:
        return Ending(Mail.State.FAILED, "sign_in_refused", _said(error.smtp_code, error.smtp_error), again=True)
    except (smtplib.SMTPException, OSError) as error:
        return Ending(Mail.State.FAILED, "unreachable", str(error), again=True)
    with _closing(line):
        return _deliver(line, server, letter, message, before_body)


def compose(server: MailServer, letter: Letter) -> EmailMessage:
    """Return the letter as a message; raises ValueError for an address or a header that would break out of its line."""
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    # The same for each attempt, so that a mailbox can tell a letter that came twice.
    message["Message-ID"] = f"<cove.{letter.tenant_id}.{letter.id}@{_address(server.sender).rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def _deliver(
    line: smtplib.SMTP, server: MailServer, letter: Letter, message: EmailMessage, before_body: Callable[[], bool]
) -> Ending:
    try:
        for code, said in (line.mail(_address(server.sender)), line.rcpt(letter.recipient)):
            if code // 100 != ACCEPTED // 100:
                return _refusal(code, said)
    except (smtplib.SMTPException, OSError) as error:
        return Ending(Mail.State.FAILED, "unreachable", str(error), again=True)
    if not before_body():
        return Ending(Mail.State.FAILED, "claim_lost", again=True)
    try:
        code, said = line.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        return _refusal(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Ending(Mail.State.UNKNOWN, "no_answer", str(error))
    return Ending(Mail.State.SENT, answer=_said(code, said)) if code == ACCEPTED else _refusal(code, said)


def _refusal(code: int, said: bytes | str) -> Ending:
    for_good = code >= PASSING
    return Ending(Mail.State.FAILED, "refused" if for_good else "put_off", _said(code, said), again=not for_good)


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.secure:
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.starttls:
            line.starttls(context=context)
        line.ehlo_or_helo_if_needed()
        if server.user and server.password:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


class _closing:  # noqa: N801 -- reads as a verb
    """Say goodbye if the server still listens; what it says to that changes nothing."""

    def __init__(self, line: smtplib.SMTP) -> None:
        self._line = line

    def __enter__(self) -> smtplib.SMTP:
        return self._line

    def __exit__(self, *_: object) -> None:
        try:
            self._line.quit()
        except (smtplib.SMTPException, OSError):
            self._line.close()


def _address(sender: str) -> str:
    return parseaddr(sender)[1]


def _said(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
