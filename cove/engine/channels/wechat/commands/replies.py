"""What an account answers by itself, and the making of those answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cove.engine.channels.wechat.commands.sending import Letter, order_message
from cove.engine.channels.wechat.contracts.messages import MOST_REPLIES, cleaned, fault_of
from cove.engine.channels.wechat.models import WechatAccount, WechatCode, WechatFollower, WechatReply
from cove.engine.channels.wechat.permissions import CALL, KEEP_REPLIES
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

MOST_KEYWORDS, LONGEST_KEYWORD = 30, 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reply shall be: `on` what it answers to, `whole` whether a keyword must be the whole text."""

    on: Literal["follow", "keyword", "other"]
    name: str
    keywords: Sequence[str]
    whole: bool
    messages: Sequence[dict[str, Any]]
    active: bool


@command(KEEP_REPLIES)
def save_reply(actor: Actor, *, account_id: int, reply_id: int | None, wanted: Wanted) -> WechatReply:
    """Make a reply or change one. Raises NotFound, InvalidInput."""
    if not WechatAccount.visible_to(actor).filter(id=account_id, kind=WechatAccount.Kind.OFFICIAL).exists():
        raise NotFound
    row = WechatReply(account_id=account_id)
    if reply_id is not None:
        found = WechatReply.visible_to(actor).select_for_update().filter(id=reply_id, account_id=account_id).first()
        if found is None:
            raise NotFound
        row = found
    words = list(dict.fromkeys(word.strip().lower() for word in wanted.keywords if word.strip()))
    _check(wanted, words)
    row.on, row.name, row.keywords = wanted.on, wanted.name.strip(), words
    row.whole, row.active = wanted.whole, wanted.active
    row.messages = [cleaned(message) for message in wanted.messages]
    row.save()
    return row


@command(KEEP_REPLIES)
def remove_reply(actor: Actor, *, account_id: int, reply_id: int) -> None:
    """Remove a reply. Raises NotFound."""
    gone, _ = WechatReply.visible_to(actor).filter(id=reply_id, account_id=account_id).delete()
    if not gone:
        raise NotFound


@command(CALL, audited=False)
def answer_following(actor: Actor, *, row: WechatFollower, code: WechatCode | None, key: str) -> None:
    """Answer somebody who begins to follow: what his code says, else the account's own greeting."""
    if code is not None and code.messages:
        _say(actor, row, code.messages, key, subject=code.name)
        return
    reply = _replies(actor, row, WechatReply.On.FOLLOW).first()
    if reply is not None:
        _say(actor, row, reply.messages, key, subject=reply.name)


@command(CALL, audited=False)
def answer_scan(actor: Actor, *, row: WechatFollower, code: WechatCode, key: str) -> None:
    """Answer a follower who scanned a code."""
    _say(actor, row, code.messages, key, subject=code.name)


@command(CALL, audited=False)
def answer_text(actor: Actor, *, row: WechatFollower, text: str, key: str) -> None:
    """Answer a text: by the reply whose keyword it is, else by the longest keyword that is in it, else by that for all others."""
    reply = _fitting(list(_replies(actor, row, WechatReply.On.KEYWORD)), text.strip().lower())
    reply = reply or _replies(actor, row, WechatReply.On.OTHER).first()
    if reply is not None:
        _say(actor, row, reply.messages, key, subject=reply.name)


def _replies(actor: Actor, row: WechatFollower, on: str) -> Any:
    return WechatReply.visible_to(actor).filter(account_id=row.account_id, on=on, active=True).order_by("id")


def _fitting(replies: Sequence[WechatReply], text: str) -> WechatReply | None:
    for reply in replies:
        if text in reply.keywords:
            return reply
    inside = [
        (len(word), -reply.id, reply) for reply in replies if not reply.whole for word in reply.keywords if word in text
    ]
    return max(inside, key=lambda found: found[:2])[2] if inside else None


def _say(actor: Actor, row: WechatFollower, messages: Sequence[dict[str, Any]], key: str, *, subject: str) -> None:
    for number, message in enumerate(messages):
        letter = Letter("wechat.send_message", {"message": message}, f"{key}:{number}", cause="", subject=subject)
        order_message(actor, row=row, letter=letter)


def _check(wanted: Wanted, words: Sequence[str]) -> None:
    fields: dict[str, Words] = {}
    if not wanted.name.strip():
        fields["name"] = Words("请填写名称", "Fill in a name")
    if wanted.on == "keyword" and not words:
        fields["keywords"] = Words("请至少填写一个关键词", "Give at least one keyword")
    if len(words) > MOST_KEYWORDS or any(len(word) > LONGEST_KEYWORD for word in words):
        fields["keywords"] = Words("最多 30 个关键词，每个最多 60 字", "At most 30 keywords of 60 characters each")
    fault = messages_fault(wanted.messages, empty=False)
    if fault is not None:
        fields["messages"] = fault
    if fields:
        raise InvalidInput(fields=fields)


def messages_fault(messages: Sequence[dict[str, Any]], *, empty: bool) -> Words | None:
    """Return what is wrong with the messages of a reply or code, None if nothing is; `empty`: there may be none."""
    if not messages:
        return None if empty else Words("请至少添加一条消息", "Add at least one message")
    if len(messages) > MOST_REPLIES:
        return Words("最多回复 3 条消息，这是微信窗口内允许的条数", "At most 3 messages: WeChat allows no more at once")
    return next((fault for message in messages if (fault := fault_of(message)) is not None), None)
