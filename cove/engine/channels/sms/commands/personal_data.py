"""What this module holds of a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cove.engine.channels.sms.models import SmsMessage
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, Retained, holds_rows, keeps
from cove.kernel.words import Words


def _theirs(person: Person) -> QuerySet[SmsMessage]:
    return SmsMessage.objects.filter(
        Q(contact_id__in=person.contacts) | Q(phone__in=[*person.known_by("phone"), *person.texts])
    )


def _forget(_actor: Actor, person: Person) -> int:
    """Keep that a message went out, its parts, cost and end; to whom and what it said goes."""
    rows = _theirs(person)
    rows.filter(state="ordered").update(state="failed", reason="erased")
    return rows.update(contact=None, phone="", text="", variables={}, serial="")


def _old(before: datetime) -> QuerySet[SmsMessage]:
    return SmsMessage.objects.filter(ordered_at__lt=before).exclude(state="ordered")


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return int(SmsMessage.objects.filter(id__in=ids).delete()[0])


MESSAGES = holds_rows(
    "sms.messages",
    Words("短信", "Text messages"),
    model=SmsMessage,
    rows=_theirs,
    columns={
        "phone": Words("手机号", "Phone"),
        "text": Words("内容", "Text"),
        "state": Words("结果", "Outcome"),
        "ordered_at": Words("时间", "Time"),
    },
    erase=_forget,
)
OLD_MESSAGES = keeps(
    Retained(
        "sms.messages",
        Words("短信", "Text messages"),
        30,
        None,
        lambda _actor, before: _old(before).count(),
        _remove_old,
    )
)
