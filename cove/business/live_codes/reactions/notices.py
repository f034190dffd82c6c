"""What members are told of live codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.business.live_codes.permissions import SEE_CODES
from cove.business.live_codes.queries.codes import sees_code
from cove.business.live_codes.queries.ways import failed_way
from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.facts.delivery import REASONS
from cove.facts.live_codes import CodeBroughtFriend
from cove.facts.wecom import ContactWayFailed
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words


def _sees(who: Actor, values: Values) -> bool:
    return sees_code(who, int(values["code_id"]))


def _with_reasons(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": REASONS[values["reason"]].here()} for values in many]


FRIEND_BROUGHT = notice_kind(
    "live_codes.friend_brought",
    "活码新增好友",
    "A live code brought a friend",
    title=Words("{contact_name} 通过活码添加了您", "{contact_name} added you through a live code"),
    body=Words("来自渠道活码「{code_name}」", "Came through the live code “{code_name}”"),
    url="/people/contacts/{contact_id}",
    mail="off",
    may_see=people.sees_named_contact,
    fill=people.with_contact_names,
)

WAY_FAILED = notice_kind(
    "live_codes.way_failed",
    "活码成员异常",
    "A member of a live code cannot receive",
    title=Words("活码「{code_name}」有成员无法接待", "A member of the live code “{code_name}” cannot receive"),
    body=Words("{member_name} 的二维码未能生成：{why}", "No code could be made for {member_name}: {why}"),
    url="/attract/live-codes/{code_id}",
    wecom="now",
    folds=True,
    needs=SEE_CODES,
    may_see=_sees,
    fill=_with_reasons,
)

CODE_CLOSED = notice_kind(
    "live_codes.code_closed",
    "活码无人接待",
    "Nobody can receive",
    title=Words("活码「{code_name}」没有可接待的成员", "Nobody can receive for the live code “{code_name}”"),
    body=Words("扫码的访客暂时无法添加好友：{why}", "Visitors who scan it cannot add anybody: {why}"),
    url="/attract/live-codes/{code_id}",
    urgent=True,
    wecom="now",
    mail="now",
    folds=True,
    needs=SEE_CODES,
    may_see=_sees,
    fill=_with_reasons,
)


@react(CodeBroughtFriend)
def tell_of_friend(actor: Actor, fact: CodeBroughtFriend, envelope: Envelope) -> None:
    """Tell a member that a live code brought him a friend."""
    if is_news(envelope):
        org.notify(
            actor,
            kind=FRIEND_BROUGHT.key,
            member_ids=[fact.member_id],
            values={"contact_id": fact.contact_id, "code_name": fact.code_name},
            once_key=str(envelope.position),
            contact_id=fact.contact_id,
        )


@react(ContactWayFailed)
def tell_of_failed_way(actor: Actor, fact: ContactWayFailed, envelope: Envelope) -> None:
    """Tell a code's maker that a member of it cannot receive, or that nobody can any more."""
    failed = failed_way(actor, fact.state) if is_news(envelope) else None
    maker = failed.way.code.created_by_id if failed else None
    if failed is None or maker is None:
        return
    code = failed.way.code
    org.notify(
        actor,
        kind=CODE_CLOSED.key if failed.nobody_left else WAY_FAILED.key,
        member_ids=[maker],
        values={
            "code_id": code.id,
            "code_name": code.name,
            "member_name": failed.way.member.name,
            "reason": fact.reason,
        },
        once_key=str(envelope.position),
    )
