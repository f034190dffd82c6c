"""A link's report. Days are days of the tenant's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from cove.directory.org import facade as org
from cove.engine.content.links.models import ClickDay, ClickVisitor, Recipient
from cove.engine.content.links.queries.links import link
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

LONGEST_DAYS = 366

METRICS = {
    "clicks": (
        Words("点击次数", "Clicks"),
        Words(
            "链接被打开的次数，同一访客多次打开计多次；不含可疑流量",
            "Times the link was followed; one visitor may count many times, suspicious traffic does not",
        ),
    ),
    "visitors": (
        Words("点击人数", "Visitors"),
        Words(
            "打开链接的不同访客数，按浏览器标识去重；不含可疑流量",
            "Different visitors who followed it, told apart by browser, without suspicious traffic",
        ),
    ),
    "recipients": (
        Words("首次点击的收件人", "Recipients"),
        Words(
            "所选时间内首次打开发给自己的专属链接的客户数",
            "Contacts who followed the link that was sent to them for the first time, in the chosen days",
        ),
    ),
    "suspicious": (
        Words("可疑点击", "Suspicious clicks"),
        Words(
            "爬虫、链接预览等机器打开的次数，不计入点击",
            "Times it was opened by crawlers, previews and other machines; not counted as clicks",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Totals:
    clicks: int
    visitors: int
    recipients: int
    suspicious: int


@dataclass(frozen=True, slots=True)
class ClicksOfDay:
    day: date
    clicks: int
    visitors: int
    suspicious: int


@dataclass(frozen=True, slots=True)
class Report:
    begin: date
    end: date
    totals: Totals
    previous: Totals
    days: list[ClicksOfDay]


def report(actor: Actor, *, link_id: int, begin: date, end: date) -> Report:
    """Return a link's figures from `begin` to `end`, both included, beside those of as many days before.

    Raises Forbidden, NotFound, or InvalidInput when the days are in the wrong order or more than a year.
    """
    found = link(actor, link_id)
    length = (end - begin).days + 1
    if not 1 <= length <= LONGEST_DAYS:
        words = Words(
            "结束日期须不早于开始日期，且最多 366 天", "The last day must not be before the first; at most 366 days"
        )
        raise InvalidInput(fields={"to": words})
    zone = ZoneInfo(org.tenant(actor).timezone)
    before = _totals(
        found.id, begin - timedelta(days=min(length, (begin - date.min).days)), begin - timedelta(days=1), zone
    )
    return Report(begin, end, _totals(found.id, begin, end, zone), before, _days(found.id, begin, end))


def _totals(link_id: int, begin: date, end: date, zone: ZoneInfo) -> Totals:
    days = ClickDay.objects.filter(link_id=link_id, day__range=(begin, end))
    sums = days.aggregate(clicks=Sum("clicks"), suspicious=Sum("suspicious"))
    visitors = ClickVisitor.objects.filter(link_id=link_id, day__range=(begin, end))
    first, last = (datetime.combine(day, time.min, zone) for day in (begin, end + timedelta(days=1)))
    return Totals(
        clicks=sums["clicks"] or 0,
        visitors=visitors.aggregate(total=Count("visitor_id", distinct=True))["total"],
        recipients=Recipient.objects.filter(link_id=link_id, first_at__gte=first, first_at__lt=last).count(),
        suspicious=sums["suspicious"] or 0,
    )


def _days(link_id: int, begin: date, end: date) -> list[ClicksOfDay]:
    rows = ClickDay.objects.filter(link_id=link_id, day__range=(begin, end))
    counted = {row.day: row for row in rows}
    of_day = ClickVisitor.objects.filter(link_id=link_id, day__range=(begin, end)).values_list("day")
    visitors = dict(of_day.annotate(Count("id")))
    found = []
    for number in range((end - begin).days + 1):
        day = begin + timedelta(days=number)
        row = counted.get(day)
        found.append(ClicksOfDay(day, row.clicks if row else 0, visitors.get(day, 0), row.suspicious if row else 0))
    return found
