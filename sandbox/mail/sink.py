"""Taking mail over SMTP and keeping it by address. Ordered misbehaviour (target ``mail``) is carried out here, and that of addresses."""

import asyncio
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import dkim
from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox import faults
from sandbox.mail.behaviours import behaviour_of, turned_away
from sandbox.mail.names import txt
from sandbox.mail.returning import send_back
from sandbox.streams import MAIL
from sandbox.world import World

LARGEST = 10 * 1024 * 1024


class Sink:
    """What aiosmtpd asks at each step of one connection. Runs in the event loop of the web server, as the storage demands."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.fault: faults.Fault | None = None

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        server: SMTP,  # noqa: ARG002 -- its signature
        session: Session,  # noqa: ARG002 -- same
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Accept a recipient, unless a refusal was ordered for him."""
        fault = faults.take(self.world, "mail", address.lower())
        if fault is not None and fault.kind == "refuse":
            return f"{fault.number('status', 550):.0f} refused as ordered"
        if fault is not None:
            self.fault = fault
        refusal = turned_away(self.world, envelope.mail_from or "", address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- same
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002 -- same
        envelope: Envelope,
    ) -> str:
        """Keep the mail for each recipient; an ordered silence keeps it and then hangs up."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        sender = envelope.mail_from or ""
        for address in envelope.rcpt_tos:
            known = behaviour_of(address)
            if known is not None and known.body:
                return known.body
            keep_whole(self.world, sender, address, content)
            if known is not None and known.back:
                send_back(self.world, known.back, to=sender, recipient=address, raw=content)
        if self.fault is not None:
            await asyncio.sleep(self.fault.number("seconds", 0))
            cast("asyncio.WriteTransport", server.transport).abort()
        return "250 OK kept"


def keep(world: World, sender: str, address: str, content: bytes) -> int:
    """Keep one mail in the mailbox of `address` (without case); answers its id."""
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    world.streams.tell(MAIL)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return world.storage.insert(
        "mails",
        at=world.now(),
        sender=str(message.get("From", sender)),
        address=address.lower(),
        subject=str(message.get("Subject", "")),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        message_id=str(message.get("Message-ID", "")),
    )


def keep_whole(world: World, sender: str, address: str, content: bytes) -> int:
    """Keep one mail with its source and what its signature is worth; answers its id."""
    mail_id = keep(world, sender, address, content)
    verdict, domain = signature_of(world, content)
    world.storage.insert(
        "mail_sources", mail_id=mail_id, envelope_from=sender, raw=content, dkim=verdict, domain=domain
    )
    return mail_id


def signature_of(world: World, content: bytes) -> tuple[str, str]:
    """Check a mail's signature (RFC 6376) against the sandbox's DNS; return pass, fail or none, and the domain that signed."""
    try:
        checked = dkim.DKIM(content)
        good = checked.verify(dnsfunc=lambda name, timeout=5: txt(world, name.decode()))  # noqa: ARG005 -- its signature
    except (dkim.DKIMException, ValueError):
        return "fail", ""
    domain = (checked.domain or b"").decode("ascii", "replace")
    return ("pass" if good else "fail" if domain else "none"), domain


async def serve(world: World) -> asyncio.Server | None:
    """Listen, if a port for mail was given."""
    if not world.settings.smtp_port:
        return None

    def greet() -> SMTP:
        return SMTP(Sink(world), hostname="sandbox", data_size_limit=LARGEST, decode_data=False)

    return await asyncio.get_running_loop().create_server(greet, world.settings.host, world.settings.smtp_port)
