"""What this module holds of a person. That an address is on the list outlives him, known by its digest alone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cove.engine.channels.email.models import EmailMessage, Suppression
from cove.engine.channels.email.queries.suppressions import digest_of
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, Retained, holds_rows, keeps
from cove.kernel.words import Words


def _addresses(person: Person) -> list[str]:
    return [one.lower() for one in {*person.known_by("email"), *person.texts} if "@" in one]


def _mails(person: Person) -> QuerySet[EmailMessage]:
    return EmailMessage.objects.filter(Q(contact_id__in=person.contacts) | Q(address__in=_addresses(person)))


def _forget(_actor: Actor, person: Person) -> int:
    """Keep that a mail went out and what became of it; whose it was and what was written into it goes."""
    total = 0
    for row_id in _mails(person).values_list("id", flat=True):
        total += EmailMessage.objects.filter(id=row_id).update(
            contact=None, address="", values={}, key=f"erased:{row_id}"
        )
    return total


def _listed(person: Person) -> QuerySet[Suppression]:
    return Suppression.objects.filter(digest__in=[digest_of(one) for one in _addresses(person)]).exclude(address="")


def _blank(_actor: Actor, person: Person) -> int:
    return _listed(person).update(address="", detail="")


def _old(before: datetime) -> QuerySet[EmailMessage]:
    return EmailMessage.objects.filter(created_at__lt=before)


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return int(EmailMessage.objects.filter(id__in=ids).delete()[0])


MAILS = holds_rows(
    "email.mails",
    Words("邮件发送记录", "Mails sent"),
    model=EmailMessage,
    rows=_mails,
    columns={
        "address": Words("地址", "Address"),
        "values": Words("内容变量", "Values in the text"),
        "sent_at": Words("发送时间", "Sent at"),
        "opened_at": Words("打开时间", "Opened at"),
        "clicked_at": Words("点击时间", "Clicked at"),
    },
    erase=_forget,
)
SUPPRESSED = holds_rows(
    "email.suppressed",
    Words("邮件禁发名单", "Suppressed addresses"),
    model=Suppression,
    rows=_listed,
    columns={
        "address": Words("地址", "Address"),
        "reason": Words("原因", "Reason"),
        "created_at": Words("时间", "Time"),
    },
    erase=_blank,
)
OLD_MAILS = keeps(
    Retained(
        "email.mails",
        Words("邮件发送记录", "Mails sent"),
        30,
        None,
        lambda _actor, before: _old(before).count(),
        _remove_old,
    )
)
