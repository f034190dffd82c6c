"""What the outbox holds of people, and how long it keeps anything."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cove.engine.channels.delivery.contracts import State
from cove.engine.channels.delivery.models import Delivery, QuotaUse, Touch
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, Retained, holds_rows, keeps
from cove.kernel.words import Words


def _about(person: Person) -> QuerySet[Delivery]:
    # Orders about somebody who is no contact yet name him as his platform does.
    externals = [*person.known_by("wecom_external"), *person.known_by("wechat_openid")]
    said = Q(contact_id__in=person.contacts) | Q(payload__external_userid__in=externals)
    for external in externals:
        said |= Q(payload__icontains=external) | Q(key__contains=external) | Q(lane__contains=external)
    return Delivery.objects.filter(said)


def _forget(_actor: Actor, person: Person) -> int:
    """Keep that something went out, and how it ended; what it was and to whom goes. What waits goes out no more."""
    rows = _about(person)
    rows.filter(state=State.PENDING).update(state=State.REFUSED, reason="erased", finished_at=clock.now())
    # Whoever performs it now has the order in his hands; if he dies, nobody can begin it again without its content.
    rows.filter(state=State.SENDING).update(state=State.UNKNOWN, reason="erased", finished_at=clock.now())
    ids = list(rows.values_list("id", flat=True))
    for row_id in ids:
        Delivery.objects.filter(id=row_id).update(
            payload={}, result={}, lane="", key=f"erased:{row_id}", contact_id=None
        )
    return len(ids) + _leave_out(person)


def _leave_out(person: Person) -> int:
    """Take him out of what goes to several; the others get it all the same."""
    gone = 0
    for contact_id in person.contacts:
        for row in Delivery.objects.select_for_update().filter(payload__contact_ids__contains=contact_id):
            row.payload["contact_ids"] = [one for one in row.payload["contact_ids"] if one != contact_id]
            row.save(update_fields=["payload"])
            gone += 1
    return gone


def _old(before: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(finished_at__lt=before)


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return int(Delivery.objects.filter(id__in=ids).delete()[0])


def _remove_counts(_actor: Actor, before: datetime, most: int) -> int:
    touches = list(Touch.objects.filter(at__lt=before).order_by("at").values_list("id", flat=True)[:most])
    windows = list(QuotaUse.objects.filter(window__lt=before).order_by("window").values_list("id", flat=True)[:most])
    gone = Touch.objects.filter(id__in=touches).delete()[0] + QuotaUse.objects.filter(id__in=windows).delete()[0]
    return int(gone)


DELIVERIES = holds_rows(
    "delivery.deliveries",
    Words("发送记录", "Deliveries"),
    model=Delivery,
    rows=_about,
    columns={
        "kind": Words("类型", "Kind"),
        "payload": Words("内容", "Content"),
        "state": Words("结果", "Outcome"),
        "created_at": Words("时间", "Time"),
    },
    erase=_forget,
)
OLD_DELIVERIES = keeps(
    Retained(
        "delivery.deliveries",
        Words("发送记录", "Deliveries"),
        30,
        365,
        lambda _actor, before: _old(before).count(),
        _remove_old,
    )
)
TOUCHES = holds_rows(
    "delivery.touches",
    Words("触达次数", "Messages counted"),
    model=Touch,
    rows=lambda person: Touch.objects.filter(contact_id__in=person.contacts),
    columns={"at": Words("时间", "Time")},
)
OLD_COUNTS = keeps(
    Retained(
        "delivery.counts",
        Words("触达次数与平台配额的统计", "Counts of messages and of platforms' quotas"),
        31,
        31,
        lambda _actor, before: (
            Touch.objects.filter(at__lt=before).count() + QuotaUse.objects.filter(window__lt=before).count()
        ),
        _remove_counts,
    )
)
