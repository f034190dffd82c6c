from __future__ import annotations

import re
from email.utils import parseaddr

from django.db import IntegrityError, transaction

from cove.engine.channels.email.errors import SenderTaken, StillUsed
from cove.engine.channels.email.models import EmailMessage, EmailSender, SenderDomain
from cove.engine.channels.email.permissions import CONFIGURE_EMAIL
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,189}\.[^@\s.<>\"]{1,64}")
_BAD_LOCAL = Words(
    "请填写 @ 之前的部分：小写字母、数字、点、减号或下划线",
    "Give what stands before the @: lower-case letters, digits, dots, - and _",
)
_BAD_NAME = Words("请填写收件人看到的名称，一行以内", "Give the name that recipients see, on one line")
_BAD_REPLY = Words("请填写完整的邮箱地址，或留空", "Give a whole mail address, or leave it empty")


@command(CONFIGURE_EMAIL)
def add_sender(actor: Actor, *, domain_id: int, name: str, local: str, reply_to: str = "") -> EmailSender:
    """Add a sender to a domain. Raises NotFound, InvalidInput, SenderTaken."""
    domain = SenderDomain.visible_to(actor).filter(id=domain_id).first()
    if domain is None:
        raise NotFound
    return _saved(EmailSender(domain=domain), name=name, local=local, reply_to=reply_to)


@command(CONFIGURE_EMAIL)
def change_sender(actor: Actor, *, sender_id: int, name: str, local: str, reply_to: str = "") -> EmailSender:
    """Change a sender; mails that wait go out in the new name. Raises NotFound, InvalidInput, SenderTaken."""
    return _saved(_locked(actor, sender_id), name=name, local=local, reply_to=reply_to)


@command(CONFIGURE_EMAIL)
def remove_sender(actor: Actor, *, sender_id: int) -> None:
    """Take a sender away. Raises NotFound, StillUsed."""
    row = _locked(actor, sender_id)
    waiting = EmailMessage.visible_to(actor).filter(sender=row, sent_at=None, failed_at=None).count()
    if waiting:
        raise StillUsed(count=waiting)
    row.deleted_at = clock.now()
    row.save(update_fields=["deleted_at"])


def is_mail_address(text: str) -> bool:
    """Tell whether a text is one whole mail address and nothing else."""
    return bool(_ADDRESS.fullmatch(text)) and parseaddr(text)[1] == text and text.isprintable()


def _saved(row: EmailSender, *, name: str, local: str, reply_to: str) -> EmailSender:
    name, local, reply_to = name.strip(), local.strip().lower(), reply_to.strip()
    fields: dict[str, Words] = {}
    if not name or not name.isprintable():
        fields["name"] = _BAD_NAME
    if not _LOCAL.fullmatch(local):
        fields["local"] = _BAD_LOCAL
    # It stands in a header as it is, which is of ASCII (RFC 5322, 2.2).
    if reply_to and not (is_mail_address(reply_to) and reply_to.isascii()):
        fields["reply_to"] = _BAD_REPLY
    if fields:
        raise InvalidInput(fields=fields)
    row.name, row.local, row.reply_to = name, local, reply_to
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "email_sender_once" not in str(error):
            raise
        raise SenderTaken(
            address=row.address, fields={"local": SenderTaken.words.with_values(address=row.address)}
        ) from error
    return row


def _locked(actor: Actor, sender_id: int) -> EmailSender:
    row = EmailSender.visible_to(actor).select_for_update(of=("self",)).filter(id=sender_id).first()
    if row is None:
        raise NotFound
    return row
