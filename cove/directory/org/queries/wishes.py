"""How each member wants to be told: his own choice, else the administrator's, else the kind's; and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from cove.directory.org.models import NoticeSettings
from cove.directory.org.queries.tenants import tenant
from cove.kernel.actor import Actor
from cove.kernel.notices import Mode, NoticeKind, Way

DIGEST_HOUR = 9


@dataclass(frozen=True, slots=True)
class Wishes:
    """What holds for one member: `choices` are his own over the administrator's."""

    zone: ZoneInfo
    choices: Mapping[str, Mapping[str, Any]]
    quiet_from: str = ""
    quiet_until: str = ""
    digest_hour: int = DIGEST_HOUR
    sound: bool = True
    digested_on: date | None = None

    def mode(self, kind: NoticeKind, way: Way) -> Mode:
        """Return when he wants notices of this kind by this way; a choice that the kind no longer offers does not count."""
        chosen: Mode | None = self.choices.get(kind.key, {}).get(way)
        return chosen if chosen in kind.modes(way) else kind.defaults[way]

    def quiet_end(self, now: datetime) -> datetime | None:
        """Return when the quiet hours end in which `now` lies, or None outside of them."""
        if not self.quiet_from or not self.quiet_until or self.quiet_from == self.quiet_until:
            return None
        local = now.astimezone(self.zone)
        begin, end = time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)
        at = local.time()
        if begin < end:
            return self._at(local.date(), end) if begin <= at < end else None
        if at >= begin:
            return self._at(local.date() + timedelta(days=1), end)
        return self._at(local.date(), end) if at < end else None

    def next_digest(self, now: datetime) -> datetime:
        """Return when his next daily mail is due: the next time his hour comes on a day that had none yet."""
        day = now.astimezone(self.zone).date()
        if self._at(day, time(self.digest_hour)) <= now:
            day += timedelta(days=1)
        # A clock that was set back finds a mail of tomorrow; one of next year was a clock gone wrong, and does not count.
        if self.digested_on is not None and timedelta(0) <= self.digested_on - day <= timedelta(days=1):
            day = self.digested_on + timedelta(days=1)
        return self._at(day, time(self.digest_hour))

    def today(self, now: datetime) -> date:
        """Return the day of the tenant's calendar."""
        return now.astimezone(self.zone).date()

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)


def wishes_of(actor: Actor, member_ids: Collection[int]) -> dict[int, Wishes]:
    """Return what holds for each of these members; three queries however many they are."""
    zone = ZoneInfo(tenant(actor).timezone)
    rows = {row.member_id: row for row in NoticeSettings.objects.filter(Q(member=None) | Q(member_id__in=member_ids))}
    everybody = rows.get(None)
    return {member_id: _merged(zone, rows.get(member_id), everybody) for member_id in member_ids}


def default_wishes(actor: Actor) -> Wishes:
    """Return what holds for members who chose nothing."""
    return _merged(ZoneInfo(tenant(actor).timezone), None, NoticeSettings.objects.filter(member=None).first())


def _merged(zone: ZoneInfo, own: NoticeSettings | None, everybody: NoticeSettings | None) -> Wishes:
    rows = [row for row in (own, everybody) if row is not None]

    def first(name: str, *, otherwise: Any) -> Any:
        return next((value for row in rows if (value := getattr(row, name)) is not None), otherwise)

    choices: dict[str, dict[str, Any]] = {}
    for row in reversed(rows):
        for kind, ways in row.choices.items():
            choices[kind] = choices.get(kind, {}) | ways
    return Wishes(
        zone,
        choices,
        quiet_from=first("quiet_from", otherwise=""),
        quiet_until=first("quiet_until", otherwise=""),
        digest_hour=first("digest_hour", otherwise=DIGEST_HOUR),
        sound=first("sound", otherwise=True),
        digested_on=own.digested_on if own else None,
    )
