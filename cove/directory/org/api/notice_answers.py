"""Notices and choices as the console sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cove.directory.org import queries
from cove.directory.org.models import Notice, NoticeSending
from cove.directory.org.queries.wishes import Wishes
from cove.directory.org.schemas.notices import NoticeAnswer, NoticeChoices, NoticeSent, NoticeTimes, NoticeWays
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.mail.commands import mail_is_set_up
from cove.kernel.mail.models import Mail
from cove.kernel.mail.reasons import REASONS as MAIL_REASONS
from cove.kernel.notices import MODES, NoticeKind, notice_kinds
from cove.kernel.words import Words

_STATES = {
    NoticeSending.State.WAITING: Words("等待发送", "Waiting"),
    NoticeSending.State.ORDERED: Words("发送中", "Under way"),
    NoticeSending.State.SENT: Words("已送出", "Sent"),
    NoticeSending.State.READ: Words("已读，不再发送", "Read before it was sent"),
    NoticeSending.State.FAILED: Words("未送达", "Not delivered"),
}

_MAIL_STATES = {
    Mail.State.SENT: NoticeSending.State.SENT,
    Mail.State.FAILED: NoticeSending.State.FAILED,
    Mail.State.UNKNOWN: NoticeSending.State.FAILED,
}


def notice_answers(rows: Sequence[Notice]) -> list[NoticeAnswer]:
    """Return notices as the console sees them, with how each went out."""
    sent = queries.notices.with_sendings(rows)
    mails = queries.notices.mails_of([one for found in sent.values() for one in found])
    texts = queries.notices.texts_of(rows)
    return [_notice(row, texts[row.id], sent.get(row.id, []), mails) for row in rows]


def choices_answer(who: Actor, *, defaults: bool = False) -> NoticeChoices:
    """Return how the acting member is told, or with `defaults` how members are told who did not choose."""
    member_id = who.member_id or 0
    member = queries.members.members_by_id(who, [member_id]).get(member_id)
    wishes = queries.wishes.default_wishes(who) if defaults else queries.wishes.wishes_of(who, [member_id])[member_id]
    kinds = list(notice_kinds) if defaults else queries.notices.kinds_for(who)
    return NoticeChoices(
        kinds=[_ways(kind, wishes) for kind in kinds],
        times=NoticeTimes(
            quiet_from=wishes.quiet_from,
            quiet_until=wishes.quiet_until,
            digest_hour=wishes.digest_hour,
            sound=wishes.sound,
        ),
        wecom=defaults or bool(member and member.wecom_userid),
        mail=mail_is_set_up() and (defaults or bool(member and member.email)),
    )


def _notice(
    row: Notice, texts: tuple[str, str], sent: Sequence[NoticeSending], mails: Mapping[str, Mail]
) -> NoticeAnswer:
    kind = notice_kinds[row.kind]
    title, text = texts
    return NoticeAnswer(
        id=row.id,
        kind=row.kind,
        label=kind.label.here(),
        title=title,
        text=text,
        url=row.url,
        urgent=kind.urgent,
        more=row.more,
        more_label=queries.notices.more_words(row.more) if row.more else "",
        created_at=row.created_at,
        read_at=row.read_at,
        sent=[_sent(one, mails.get(one.mail_key)) for one in sent],
    )


def _sent(row: NoticeSending, mail: Mail | None) -> NoticeSent:
    state, code = NoticeSending.State(row.state), row.reason
    if mail is not None:
        state, code = _MAIL_STATES.get(Mail.State(mail.state), NoticeSending.State.ORDERED), mail.reason
    reason = REASONS.get(code) or MAIL_REASONS.get(code)
    return NoticeSent(
        way="wecom" if row.way == "wecom" else "mail",
        state=state,
        state_label=_STATES[state].here(),
        reason=reason.here() if reason else "",
        due_at=row.due_at,
    )


def _ways(kind: NoticeKind, wishes: Wishes) -> NoticeWays:
    return NoticeWays(
        kind=kind.key,
        label=kind.label.here(),
        urgent=kind.urgent,
        modes={way: wishes.mode(kind, way) for way in MODES},
        choices={way: list(kind.modes(way)) for way in MODES},
    )
