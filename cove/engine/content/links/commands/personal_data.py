"""What links hold of a person. Figures by day are counted from visitors, so those rows stay and are nobody's."""

from __future__ import annotations

from django.db.models import F, Func, QuerySet, Value

from cove.engine.content.links.models import ClickVisitor, Recipient
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, holds_rows
from cove.kernel.words import Words

_LINK = Words("链接", "Link")


def _clicks(person: Person) -> QuerySet[ClickVisitor]:
    return ClickVisitor.objects.filter(visitor_id__in=person.visitors)


def _disguise(_actor: Actor, person: Person) -> int:
    """Put another number in the place of each of his browsers, also where he opened what was sent to somebody else."""
    changed = 0
    for visitor, other in person.disguises.items():
        changed += _clicks(person).filter(visitor_id=visitor).update(visitor_id=other)
        passed_on = Recipient.objects.filter(visitors__contains=[visitor])
        swapped = Func(F("visitors"), Value(visitor), Value(other), function="array_replace")
        changed += passed_on.update(visitors=swapped)
    return changed


CLICKS = holds_rows(
    "links.clicks",
    Words("链接点击记录", "Clicks of links"),
    model=ClickVisitor,
    rows=_clicks,
    columns={"link__name": _LINK, "day": Words("日期", "Day")},
    erase=_disguise,
)
RECIPIENTS = holds_rows(
    "links.recipients",
    Words("发给本人的链接", "Links that were sent to him"),
    model=Recipient,
    rows=lambda person: Recipient.objects.filter(contact_id__in=person.contacts),
    columns={
        "link__name": _LINK,
        "clicks": Words("点击次数", "Clicks"),
        "first_at": Words("首次点击", "First"),
        "last_at": Words("最近点击", "Last"),
    },
)
