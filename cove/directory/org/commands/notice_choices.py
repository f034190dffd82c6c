"""How members are told: each chooses for himself, an administrator for those who did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cove.directory.org import queries
from cove.directory.org.models import NoticeSending, NoticeSettings
from cove.directory.org.permissions import OWN_ACCOUNT, SET_NOTICE_DEFAULTS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput
from cove.kernel.notices import Mode, Way, notice_kinds
from cove.kernel.words import Words

Modes = Mapping[str, Mapping[Way, Mode]]

_UNKNOWN_KIND = Words("没有这类通知，请刷新页面后重试", "There is no such kind of notice; reload the page")
_NOT_OFFERED = Words("这类通知不支持该方式，请另选", "This kind of notice does not offer that; choose another")
_BOTH_HOURS = Words("请同时填写免打扰的开始与结束时间", "Give both the begin and the end of the quiet hours")


@dataclass(frozen=True, slots=True)
class Times:
    """Quiet hours as “22:00” (both empty for none), the hour of the daily mail, whether the bell sounds."""

    quiet_from: str
    quiet_until: str
    digest_hour: int
    sound: bool


@command(OWN_ACCOUNT)
def choose_notices(actor: Actor, *, modes: Modes, times: Times | None = None) -> None:
    """Change how the acting member is told; what is not given stays. Raises InvalidInput naming kind and way."""
    _check(modes, times)
    row, _ = NoticeSettings.objects.select_for_update().get_or_create(member_id=actor.member_id or 0)
    _change(row, modes, times)
    # Daily mails that wait already move to the new hour.
    if times is not None and actor.member_id is not None:
        due = queries.wishes.wishes_of(actor, [actor.member_id])[actor.member_id].next_digest(clock.now())
        waiting = NoticeSending.objects.filter(member_id=actor.member_id, daily=True, state=NoticeSending.State.WAITING)
        waiting.update(due_at=due)


@command(SET_NOTICE_DEFAULTS)
def set_notice_defaults(actor: Actor, *, modes: Modes, times: Times | None = None) -> None:
    """Change how members are told who did not choose themselves. Raises InvalidInput naming kind and way."""
    _check(modes, times)
    row, _ = NoticeSettings.objects.select_for_update().get_or_create(tenant_id=actor.tenant_id, member=None)
    _change(row, modes, times)


def _change(row: NoticeSettings, modes: Modes, times: Times | None) -> None:
    for kind, ways in modes.items():
        row.choices[kind] = row.choices.get(kind, {}) | dict(ways)
    if times is not None:
        row.quiet_from, row.quiet_until = times.quiet_from, times.quiet_until
        row.digest_hour, row.sound = times.digest_hour, times.sound
    row.save()


def _check(modes: Modes, times: Times | None) -> None:
    fields: dict[str, Words] = {}
    for key, ways in modes.items():
        kind = notice_kinds.get(key)
        if kind is None:
            fields[f"modes.{key}"] = _UNKNOWN_KIND
            continue
        fields |= {f"modes.{key}.{way}": _NOT_OFFERED for way, mode in ways.items() if mode not in kind.modes(way)}
    if times is not None and bool(times.quiet_from) != bool(times.quiet_until):
        fields["times.quiet_until" if times.quiet_from else "times.quiet_from"] = _BOTH_HOURS
    if fields:
        raise InvalidInput(fields=fields)
