"""A mail server in this process that does as it is told."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

from tests.ports import free_port


class PostOffice:
    """Takes mail; `answers` are given to the next recipients, `hang_up` ends lines after the body."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.hang_up = False
        self.taken = []
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=60)

    def taken_for(self, tenant_id):
        """The mails of one tenant: the loop sends those of all."""
        return [one for one in self.taken if one[1]["Message-ID"].startswith(f"<cove.{tenant_id}.")]

    def close(self) -> None:
        if self.controller.server is not None:
            self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- same
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        if self.hang_up:
            server.transport.abort()
        return "250 OK"
