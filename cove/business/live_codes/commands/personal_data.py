"""What live codes hold of a person. Their figures are counted from rows, so the rows stay and are nobody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from cove.business.live_codes.models import CodeFriendship, ScanVisitor, WayLease
from cove.kernel.actor import Actor
from cove.kernel.ids import new_slug
from cove.kernel.personal_data import Person, holds_rows
from cove.kernel.words import Words

_CODE = Words("活码", "Live code")


def _leave_friendships(_actor: Actor, person: Person) -> int:
    return CodeFriendship.objects.filter(contact_id__in=person.contacts).update(contact=None)


def _disguise(rows: Callable[[Person], QuerySet[Any]], **also: Callable[[], str]) -> Callable[[Actor, Person], int]:
    """Return an eraser that puts another number in the place of each visitor: one browser stays one visitor in the figures."""

    def erase(_actor: Actor, person: Person) -> int:
        changed = 0
        for visitor, other in person.disguises.items():
            values = {name: make() for name, make in also.items()}
            changed += rows(person).filter(visitor_id=visitor).update(visitor_id=other, **values)
        return changed

    return erase


def _scans(person: Person) -> QuerySet[ScanVisitor]:
    return ScanVisitor.objects.filter(visitor_id__in=person.visitors)


def _leases(person: Person) -> QuerySet[WayLease]:
    return WayLease.objects.filter(visitor_id__in=person.visitors)


FRIENDSHIPS = holds_rows(
    "live_codes.friendships",
    Words("活码带来的好友关系", "Friendships brought by live codes"),
    model=CodeFriendship,
    rows=lambda person: CodeFriendship.objects.filter(contact_id__in=person.contacts),
    columns={
        "code__name": _CODE,
        "member__name": Words("成员", "Member"),
        "began_at": Words("开始", "From"),
        "ended_at": Words("结束", "Until"),
    },
    erase=_leave_friendships,
)
SCANS = holds_rows(
    "live_codes.scans",
    Words("活码扫码记录", "Scans of live codes"),
    model=ScanVisitor,
    rows=_scans,
    columns={"code__name": _CODE, "day": Words("日期", "Day")},
    erase=_disguise(_scans),
)
LEASES = holds_rows(
    "live_codes.leases",
    Words("二维码分配记录", "QR codes lent to visits"),
    model=WayLease,
    rows=_leases,
    columns={"way__code__name": _CODE, "since": Words("开始", "From"), "until": Words("结束", "Until")},
    erase=_disguise(_leases, visit=lambda: f"erased-{new_slug(12)}"),
)
