"""The mail server as one address: ``smtp://user:password@host:587?starttls=1&from=Cove <cove@example.com>``."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and in whose name. `secure` is TLS from the first byte, `starttls` TLS after greeting."""

    host: str
    port: int
    user: str
    password: str
    secure: bool
    starttls: bool
    sender: str


def read_mail_server(url: str) -> MailServer:
    """Read the address; raises ValueError saying what is wrong with it."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("is not an address of a mail server")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    user = unquote(parts.username or "")
    sender = query.get("from", user)
    if "@" not in parseaddr(sender)[1] or any(letter in sender for letter in "\r\n"):
        raise ValueError("does not name the sender")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=user,
        password=unquote(parts.password or ""),
        secure=parts.scheme == "smtps",
        starttls=query.get("starttls", "0") not in ("0", "false", ""),
        sender=sender,
    )
