"""A mail server for tests: keeps what it is given, refuses whom it is told to."""

from __future__ import annotations

from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class PostOffice:
    """`mails` are what came: (from, to, raw). `answers` are what it says to a recipient instead of taking him.

    `of_sender` is what it says to every sender, `of_body` to every body.
    """

    def __init__(self):
        self.mails = []
        self.answers = {}
        self.of_sender = self.of_body = ""
        self.connections = 0

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if self.of_sender:
            return self.of_sender
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- same
        if self.of_body:
            return self.of_body
        self.mails.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.content))
        return "250 2.0.0 taken"

    def letter(self, number=-1):
        return message_from_bytes(self.mails[number][2], policy=default)


class _Counted(Controller):
    def factory(self):
        self.handler.connections += 1
        return SMTP(self.handler, hostname="mx.test", enable_SMTPUTF8=False)


@contextmanager
def post_office(port):
    office = PostOffice()
    controller = _Counted(office, hostname="127.0.0.1", port=port)
    controller.start()
    office.connections = 0  # the controller knocks at its own door once
    office.port = port
    try:
        yield office
    finally:
        controller.stop()
