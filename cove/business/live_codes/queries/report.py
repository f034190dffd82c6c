"""A code's report. Days are days of the tenant's calendar."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from cove.business.live_codes.models import CodeFriendship, LiveCode, ScanDay, ScanVisitor
from cove.business.live_codes.permissions import SEE_CODES
from cove.directory.org.facade import members_by_id
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

LONGEST_DAYS = 366

METRICS = {
    "scans": (
        Words("扫码次数", "Scans"),
        Words(
            "活码链接被打开的次数，同一访客多次打开计多次",
            "Times the code's link was opened; one visitor may count many times",
        ),
    ),
    "visitors": (
        Words("扫码人数", "Visitors"),
        Words(
            "打开活码链接的不同访客数，按浏览器标识去重",
            "Different visitors who opened the link, told apart by browser",
        ),
    ),
    "adds": (
        Words("新增好友", "Friends added"),
        Words(
            "通过该活码建立的好友关系数，按建立当天计；同一客户删除后再次添加、添加第二位员工均另计一次",
            "Friendships begun through this code, on the day they began; coming back, or adding a second member, counts again",
        ),
    ),
    "losses": (
        Words("流失好友", "Friends lost"),
        Words(
            "通过该活码建立的好友关系中已解除的数量，按解除当天计，不论由哪一方解除",
            "Friendships begun through this code that ended, on the day they ended, whoever ended them",
        ),
    ),
    "net": (
        Words("净增好友", "Net friends"),
        Words("所选时间内新增好友减去流失好友", "Friends added less friends lost, in the chosen days"),
    ),
    "shown": (
        Words("展示次数", "Times shown"),
        Words("扫码后分配给该员工的次数", "Scans after which this member was shown"),
    ),
}


@dataclass(frozen=True, slots=True)
class Totals:
    scans: int
    visitors: int
    adds: int
    losses: int

    @property
    def net(self) -> int:
        """Return adds less losses."""
        return self.adds - self.losses


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    scans: int
    visitors: int
    adds: int
    losses: int


@dataclass(frozen=True, slots=True)
class MemberFigures:
    member_id: int
    name: str
    shown: int
    adds: int
    losses: int


@dataclass(frozen=True, slots=True)
class Report:
    begin: date
    end: date
    totals: Totals
    previous: Totals
    days: list[Day]
    members: list[MemberFigures]


@dataclass(frozen=True, slots=True)
class _Span:
    code_id: int
    begin: date
    end: date

    def scans(self) -> QuerySet[ScanDay]:
        return ScanDay.objects.filter(code_id=self.code_id, day__range=(self.begin, self.end))

    def visitors(self) -> QuerySet[ScanVisitor]:
        return ScanVisitor.objects.filter(code_id=self.code_id, day__range=(self.begin, self.end))

    def begun(self) -> QuerySet[CodeFriendship]:
        return CodeFriendship.objects.filter(code_id=self.code_id, began_on__range=(self.begin, self.end))

    def ended(self) -> QuerySet[CodeFriendship]:
        return CodeFriendship.objects.filter(code_id=self.code_id, ended_on__range=(self.begin, self.end))


def report(actor: Actor, *, code_id: int, begin: date, end: date) -> Report:
    """Return a code's figures from `begin` to `end`, both included, beside those of as many days before.

    Whoever sees a code only because he stands behind it gets the code's own figures, and by member those of members within his reach.
    Raises NotFound, or InvalidInput when the days are in the wrong order or more than a year.
    """
    actor.require(SEE_CODES)
    code = LiveCode.visible_to(actor).filter(id=code_id).first()
    if code is None:
        raise NotFound
    length = (end - begin).days + 1
    if not 1 <= length <= LONGEST_DAYS:
        words = Words(
            "结束日期须不早于开始日期，且最多 366 天", "The last day must not be before the first; at most 366 days"
        )
        raise InvalidInput(fields={"to": words})
    span = _Span(code_id, begin, end)
    before = _Span(code_id, begin - timedelta(days=length), begin - timedelta(days=1))
    return Report(begin, end, _totals(span), _totals(before), _days(span), _members(actor, code, span))


def _totals(span: _Span) -> Totals:
    return Totals(
        scans=span.scans().aggregate(total=Sum("scans"))["total"] or 0,
        visitors=span.visitors().aggregate(total=Count("visitor_id", distinct=True))["total"],
        adds=span.begun().count(),
        losses=span.ended().count(),
    )


def _days(span: _Span) -> list[Day]:
    scans = dict(span.scans().values_list("day").annotate(Sum("scans")))
    visitors = dict(span.visitors().values_list("day").annotate(Count("id")))
    begun = dict(span.begun().values_list("began_on").annotate(Count("id")))
    ended = dict(span.ended().values_list("ended_on").annotate(Count("id")))
    every = (span.begin + timedelta(days=number) for number in range((span.end - span.begin).days + 1))
    return [Day(day, scans.get(day, 0), visitors.get(day, 0), begun.get(day, 0), ended.get(day, 0)) for day in every]


def _members(actor: Actor, code: LiveCode, span: _Span) -> list[MemberFigures]:
    shown = Counter(dict(span.scans().values_list("member_id").annotate(Sum("scans"))))
    begun = Counter(dict(span.begun().values_list("member_id").annotate(Count("id"))))
    ended = Counter(dict(span.ended().values_list("member_id").annotate(Count("id"))))
    reach = actor.reach(SEE_CODES)
    counted = {*shown, *begun, *ended}
    if not reach.everybody and code.created_by_id not in reach.member_ids:
        counted &= reach.member_ids
    names = members_by_id(actor, counted)
    found = [MemberFigures(key, card.name, shown[key], begun[key], ended[key]) for key, card in names.items()]
    return sorted(found, key=lambda one: (-one.adds, -one.shown, one.member_id))
