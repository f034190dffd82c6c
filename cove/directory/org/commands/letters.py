"""Notices as mails: one for what leaves at once, one a day for what was gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from cove.directory.org import queries
from cove.directory.org.models import Notice, NoticeSending
from cove.kernel.actor import Actor
from cove.kernel.mail.commands import send_mail
from cove.kernel.notices import notice_kinds
from cove.kernel.words import Words, speaking

CHOICES_PAGE = "/account/notifications"

_DIGEST = Words("您有 {count} 条未读通知", "{count} unread notices")
_CHANGE = Words("修改通知方式：", "Change how you are notified: ")
_LOOK = Words("查看", "Open")


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a mail."""

    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """Notices of one kind in a mail; without a label where there is only one kind."""

    label: str
    lines: list[Line]


def mail_notices(actor: Actor, rows: Sequence[NoticeSending]) -> None:
    """Order the mail of one member's notices of one kind. Within a command."""
    member, newest = rows[0].member, rows[-1].notice
    with speaking(queries.notices.language_of_member(member)):
        title, text = queries.notices.texts_of([newest])[newest.id]
        more = sum(1 + row.notice.more for row in rows) - 1
        if more:
            text = "\n".join(filter(None, [text, queries.notices.more_words(more)]))
        groups = [Group("", [Line(title, text, _link(newest))])]
        _order(actor, rows, title, groups)


def mail_digest(actor: Actor, rows: Sequence[NoticeSending]) -> None:
    """Order one member's daily mail: everything given, grouped by kind. Within a command."""
    with speaking(queries.notices.language_of_member(rows[0].member)):
        by_kind: dict[str, list[Notice]] = defaultdict(list)
        for row in rows:
            by_kind[row.kind].append(row.notice)
        texts = queries.notices.texts_of(row.notice for row in rows)
        groups = [
            Group(_counted(kind, found), [_line(notice, *texts[notice.id]) for notice in found])
            for kind, found in by_kind.items()
        ]
        count = sum(1 + row.notice.more for row in rows)
        _order(actor, rows, _DIGEST.here({"count": count}), groups)


def _order(actor: Actor, rows: Sequence[NoticeSending], subject: str, groups: list[Group]) -> None:
    tenant = queries.tenants.tenant(actor).name
    change = f"{settings.PUBLIC_URL}{CHOICES_PAGE}"
    shown = {
        "subject": subject,
        "groups": groups,
        "tenant": tenant,
        "change": change,
        "change_words": _CHANGE.here().rstrip(": ："),
        "look": _LOOK.here(),
    }
    key = f"org.notices:{rows[0].id}"
    send_mail(
        tenant_id=actor.tenant_id,
        to=rows[0].member.email or "",
        subject=subject,
        text=_plain(groups, tenant, change),
        html=render_to_string("org/notices.html", shown),
        once_key=key,
    )
    NoticeSending.objects.filter(id__in=[row.id for row in rows]).update(mail_key=key)


def _plain(groups: Sequence[Group], tenant: str, change: str) -> str:
    parts = []
    for group in groups:
        lines = ["\n".join(filter(None, [line.title, line.text, line.link])) for line in group.lines]
        parts.append("\n\n".join([f"【{group.label}】", *lines] if group.label else lines))
    return "\n\n\n".join(parts) + f"\n\n--\n{tenant}\n{_CHANGE.here()}{change}\n"


def _counted(kind: str, found: Sequence[Notice]) -> str:
    return f"{notice_kinds[kind].label.here()} · {sum(1 + notice.more for notice in found)}"


def _line(notice: Notice, title: str, text: str) -> Line:
    if notice.more:
        text = "\n".join(filter(None, [text, queries.notices.more_words(notice.more)]))
    return Line(title, text, _link(notice))


def _link(notice: Notice) -> str:
    return f"{settings.PUBLIC_URL}{notice.url}" if notice.url else ""
