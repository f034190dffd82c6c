"""What this module holds of a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cove.engine.channels.ads.models import AdLead
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, Retained, holds_rows, keeps
from cove.kernel.words import Words


def _theirs(person: Person) -> QuerySet[AdLead]:
    said = Q(contact_id__in=person.contacts)
    for value in (*person.known_by("phone"), *person.known_by("email")):
        said |= Q(raw__icontains=value)
    return AdLead.objects.filter(said)


def _forget(_actor: Actor, person: Person) -> int:
    """Keep the lead's number, so that the platform's telling it again begins nothing, and its campaign to count by."""
    return _theirs(person).update(contact=None, raw={}, click_id="")


def _old(before: datetime) -> QuerySet[AdLead]:
    return AdLead.objects.filter(taken_at__lt=before).exclude(raw={})


def _blank_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return AdLead.objects.filter(id__in=ids).update(raw={}, click_id="")


LEADS = holds_rows(
    "ads.leads",
    Words("广告线索", "Advertising leads"),
    model=AdLead,
    rows=_theirs,
    columns={
        "number": Words("线索编号", "Number"),
        "campaign": Words("广告", "Advertisement"),
        "raw": Words("内容", "Content"),
        "at": Words("时间", "Time"),
    },
    erase=_forget,
)
OLD_LEADS = keeps(
    Retained(
        "ads.leads",
        Words("广告线索的原始内容", "What leads said"),
        30,
        None,
        lambda _actor, before: _old(before).count(),
        _blank_old,
    )
)
