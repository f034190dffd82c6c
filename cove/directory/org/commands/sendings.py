"""Notices on their way out: when each leaves, what is gathered, how it ended."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Max

from cove.directory.org import queries
from cove.directory.org.commands.letters import mail_digest, mail_notices
from cove.directory.org.models import Member, Notice, NoticeSending, NoticeSettings
from cove.directory.org.permissions import NOTIFY
from cove.directory.org.queries.wishes import Wishes
from cove.facts.org import NoticeDue
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.mail.commands import mail_is_set_up
from cove.kernel.notices import NoticeKind, Way

BURST = timedelta(minutes=10)
"""After one message of a kind the next ones of that kind are gathered this long and leave as one."""
RECEIVERS = 1_000
"""Members that one message of WeCom may name (document 90236)."""
AT_A_TIME = 2_000

State = NoticeSending.State


def plan_sendings(
    actor: Actor,
    kind: NoticeKind,
    notices: Sequence[Notice],
    members: Sequence[Member],
    wishes: Mapping[int, Wishes],
) -> None:
    """Note for each notice by which ways it leaves and when, and let go what is due now. Within a command."""
    now, by_id = clock.now(), {member.id: member for member in members}
    bursts = _bursts(kind.key, list(by_id), now)
    rows = []
    for notice in notices:
        for way, daily in _ways(kind, by_id[notice.member_id], wishes[notice.member_id]):
            wish = wishes[notice.member_id]
            due = wish.next_digest(now) if daily else _leave_at(kind, wish, bursts.get((notice.member_id, way)), now)
            row = NoticeSending(notice=notice, member_id=notice.member_id, kind=kind.key, way=way, due_at=due)
            row.daily, row.state = daily, State.WAITING if due > now else State.ORDERED
            rows.append(row)
    NoticeSending.objects.bulk_create(rows)
    ready = [row for row in rows if row.state == State.ORDERED]
    for row in ready:
        row.member = by_id[row.member_id]
    _let_go(actor, ready)


@command(NOTIFY, audited=False)
def send_due(actor: Actor) -> int:
    """Let go what is due by now: the daily mails, what quiet hours or a burst held back. Return how many sendings were looked at.

    What its member has read meanwhile is not sent.
    """
    now = clock.now()
    waiting = NoticeSending.objects.filter(tenant_id=actor.tenant_id, state=State.WAITING, due_at__lte=now)
    claimed = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("notice", "member")
    rows = list(claimed.order_by("due_at", "id")[:AT_A_TIME])
    read = [row.id for row in rows if row.notice.read_at is not None or not row.member.active]
    _finish(read, State.READ)
    left = [row for row in rows if row.id not in set(read)]
    at_once = [row for row in left if not row.daily]
    NoticeSending.objects.filter(id__in=[row.id for row in at_once]).update(state=State.ORDERED)
    _let_go(actor, at_once)
    for member_id in sorted({row.member_id for row in left if row.daily}):
        _digest(actor, member_id, now)
    return len(rows)


@command(NOTIFY, audited=False)
def note_sendings(
    actor: Actor, *, sending_ids: Collection[int], reason: str = "", unreached: Collection[str] = ()
) -> None:
    """Note that sendings arrived, or with a `reason` that they did not; `unreached` are WeCom userids that the platform left out."""
    ordered = NoticeSending.objects.filter(tenant_id=actor.tenant_id, id__in=sending_ids, state=State.ORDERED)
    lost = {userid.lower() for userid in unreached}
    missed = [
        row.id for row in ordered.select_related("member") if (row.member.wecom_userid or "").lower() in lost and lost
    ]
    _finish(missed, State.FAILED, "unknown_member")
    _finish(
        list(ordered.exclude(id__in=missed).values_list("id", flat=True)),
        State.FAILED if reason else State.SENT,
        reason,
    )


def _ways(kind: NoticeKind, member: Member, wish: Wishes) -> Iterator[tuple[Way, bool]]:
    if member.wecom_userid and wish.mode(kind, "wecom") == "now":
        yield "wecom", False
    if member.email and mail_is_set_up() and (mode := wish.mode(kind, "mail")) != "off":
        yield "mail", mode == "daily"


def _leave_at(kind: NoticeKind, wish: Wishes, last: datetime | None, now: datetime) -> datetime:
    due = now
    if last is not None:
        # What is waiting already takes this one with it; what has left keeps the next waiting a while.
        due = last if last > now else last + BURST
    held = None if kind.urgent else wish.quiet_end(due)
    return held or due


def _bursts(kind: str, member_ids: Sequence[int], now: datetime) -> dict[tuple[int, str], datetime]:
    recent = NoticeSending.objects.filter(member_id__in=member_ids, kind=kind, daily=False, due_at__gt=now - BURST)
    rows = recent.values("member_id", "way").annotate(last=Max("due_at"))
    return {(row["member_id"], row["way"]): row["last"] for row in rows}


def _let_go(actor: Actor, rows: Sequence[NoticeSending]) -> None:
    """Hand each way its messages: one for each member and kind, those with the same words together."""
    bundles: dict[tuple[str, int, str], list[NoticeSending]] = defaultdict(list)
    for row in rows:
        bundles[row.way, row.member_id, row.kind].append(row)
    alike: dict[str, list[NoticeSending]] = defaultdict(list)
    for (way, member_id, kind), bundle in bundles.items():
        if way == "mail":
            mail_notices(actor, bundle)
            continue
        notice, language = bundle[0].notice, queries.notices.language_of_member(bundle[0].member)
        words = [kind, language, notice.url, notice.values, len(bundle)]
        alike[json.dumps(words if len(bundle) == 1 else [*words, member_id], sort_keys=True)] += bundle
    for same in alike.values():
        for start in range(0, len(same), RECEIVERS):
            publish(NoticeDue(way="wecom", sending_ids=[row.id for row in same[start : start + RECEIVERS]]))


def _digest(actor: Actor, member_id: int, now: datetime) -> None:
    """Send a member his daily mail of everything unread that waits for it; none if nothing does."""
    waiting = NoticeSending.objects.filter(member_id=member_id, daily=True, state=State.WAITING)
    rows = list(
        waiting.select_for_update(skip_locked=True, of=("self",))
        .select_related("notice", "member")
        .order_by("notice__created_at", "id")
    )
    unread = [row for row in rows if row.notice.read_at is None]
    _finish([row.id for row in rows if row.notice.read_at is not None], State.READ)
    if not unread:
        return
    today = queries.wishes.wishes_of(actor, [member_id])[member_id].today(now)
    NoticeSettings.objects.update_or_create(member_id=member_id, defaults={"digested_on": today})
    NoticeSending.objects.filter(id__in=[row.id for row in unread]).update(state=State.ORDERED)
    mail_digest(actor, unread)


def _finish(ids: Sequence[int], state: str, reason: str = "") -> None:
    if ids:
        NoticeSending.objects.filter(id__in=ids).update(
            state=cast("State", state), reason=reason, finished_at=clock.now()
        )
