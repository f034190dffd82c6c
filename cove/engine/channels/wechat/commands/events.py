"""What people do with an account, as its callbacks tell it (C2): each event or message of somebody who is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.db.models import F

from cove.directory.people import facade as people
from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wechat.commands import followers, replies
from cove.engine.channels.wechat.commands.followers import Begun
from cove.engine.channels.wechat.commands.sending import CHANNEL, SOURCE, hear_of_message
from cove.engine.channels.wechat.commands.windows import opened
from cove.engine.channels.wechat.contracts.answers import UserInfo
from cove.engine.channels.wechat.contracts.events import FORMS, MENU_EVENTS, QR_PREFIX, SUBSCRIPTIONS
from cove.engine.channels.wechat.models import WechatCode, WechatFollower, WechatTemplate
from cove.engine.channels.wechat.permissions import TAKE_OVER
from cove.facts.messages import MessageReceived
from cove.facts.wechat import CodeScanned, MenuUsed, SubscriptionChosen
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

LONGEST_TEXT = 4000


@command(TAKE_OVER)
def take_event(actor: Actor, *, row: WechatFollower, event: dict[str, Any], at: datetime, key: str, new: bool) -> None:
    """Take what a person did; `new`: it made him a contact. `key` names the event, so that what follows is done once."""
    name = text_of(event, "Event")
    if text_of(event, "MsgType") != "event":
        _wrote(actor, row, event, at, key)
    elif name == "subscribe":
        _followed(actor, row, event, at, key, new=new)
    elif name == "unsubscribe":
        followers.end_following(actor, row=row, at=at)
    elif name == "SCAN":
        _scanned(actor, row, text_of(event, "EventKey"), at, key)
    elif name in MENU_EVENTS:
        _used_menu(row, name, text_of(event, "EventKey"), at)
    elif name == "TEMPLATESENDJOBFINISH":
        _template_told(actor, row, event, at)
    else:
        _subscriptions(actor, row, event, at)


@command(TAKE_OVER)
def take_answer(
    actor: Actor,
    *,
    account_id: int,
    openid: str,
    info: UserInfo | None,
    event: dict[str, Any] | None,
    at: datetime,
    key: str,
) -> None:
    """Take what the platform said of somebody (None: it will not say), and then the event for which he was asked after."""
    row = followers.meet(actor, account_id=account_id, openid=openid)
    if row is None:
        return
    new = False
    if row.contact_id is None or (info is not None and info.unionid and info.unionid != row.unionid):
        new = followers.admit(actor, row=row, unionid=info.unionid if info else "", at=at)
    if info is not None and info.subscribe:
        followers.take_over_info(actor, row=row, info=info)
    if event is not None:
        take_event(actor, row=row, event=event, at=at, key=key, new=new)


def _followed(actor: Actor, row: WechatFollower, event: dict[str, Any], at: datetime, key: str, *, new: bool) -> None:
    scene = text_of(event, "EventKey").removeprefix(QR_PREFIX)
    code = _code(actor, row, scene)
    if not followers.begin_following(actor, row=row, begun=Begun(at, row.scene, code), new_contact=new):
        return
    if code is not None:
        _count(code, "follows")
        _tag(actor, row, code)
    if row.following:
        replies.answer_following(actor, row=row, code=code, key=key)


def _scanned(actor: Actor, row: WechatFollower, scene: str, at: datetime, key: str) -> None:
    code = _code(actor, row, scene)
    _open(row, "touch", at)
    publish(
        CodeScanned(
            contact_id=row.contact_id or 0,
            account_id=row.account_id,
            account_name=row.account.name,
            code_id=code.id if code else None,
            code_name=code.name if code else scene[:64],
        ),
        at=at,
    )
    if code is not None:
        _count(code, "scans")
        _tag(actor, row, code)
        replies.answer_scan(actor, row=row, code=code, key=key)


def _wrote(actor: Actor, row: WechatFollower, event: dict[str, Any], at: datetime, key: str) -> None:
    _open(row, "talk", at)
    form, text = FORMS.get(text_of(event, "MsgType"), "other"), text_of(event, "Content")[:LONGEST_TEXT]
    if text_of(event, "MsgType") == "location":
        form, text = "location", text_of(event, "Label")[:LONGEST_TEXT]
    publish(
        MessageReceived(
            contact_id=row.contact_id,
            source=SOURCE[row.account.kind],
            channel=CHANNEL[row.account.kind],
            message_key=key,
            form="menu" if text_of(event, "bizmsgmenuid") else form,  # type: ignore[arg-type]  # one of FORMS
            text=text,
        ),
        at=at,
    )
    if form == "text":
        replies.answer_text(actor, row=row, text=text, key=key)


def _used_menu(row: WechatFollower, action: str, entry: str, at: datetime) -> None:
    _open(row, "touch", at)
    publish(
        MenuUsed(
            contact_id=row.contact_id or 0,
            account_id=row.account_id,
            account_name=row.account.name,
            action=action,
            entry=entry[:1024],
        ),
        at=at,
    )


def _template_told(actor: Actor, row: WechatFollower, event: dict[str, Any], at: datetime) -> None:
    # The spacing of "failed: user block" varies (C2).
    status = "".join(text_of(event, "Status").lower().split())
    reason = "" if status == "success" else "refused_by_person" if "userblock" in status else "refused"
    hear_of_message(
        actor,
        row=row,
        msg_id=text_of(event, "MsgID"),
        template_id="",
        reason=reason,
        errcode="" if not reason else text_of(event, "Status")[:60],
        at=at,
    )


def _subscriptions(actor: Actor, row: WechatFollower, event: dict[str, Any], at: datetime) -> None:
    name = text_of(event, "Event")
    # The official sample of a change shows the element of the popup (C2).
    inner = event.get(SUBSCRIPTIONS[name]) or event.get("SubscribeMsgPopupEvent") or event
    listed = inner.get("List") if isinstance(inner, dict) else None
    for one in listed if isinstance(listed, list) else [listed]:
        if isinstance(one, dict):
            _subscription(actor, row, name, one, at)


def _subscription(actor: Actor, row: WechatFollower, name: str, said: dict[str, Any], at: datetime) -> None:
    template_id = text_of(said, "TemplateId")[:100]
    if name == "subscribe_msg_sent_event":
        code = text_of(said, "ErrorCode")
        reason = "" if code in ("", "0") else "not_subscribed" if code == "43101" else "refused"
        msg_id = text_of(said, "MsgID")
        hear_of_message(
            actor, row=row, msg_id=msg_id, template_id=template_id, reason=reason, errcode=code if reason else "", at=at
        )
        return
    choice = text_of(said, "SubscribeStatusString")
    if choice not in ("accept", "reject"):
        return
    known = WechatTemplate.visible_to(actor).filter(account_id=row.account_id, template_id=template_id).first()
    publish(
        SubscriptionChosen(
            contact_id=row.contact_id or 0,
            account_id=row.account_id,
            template_id=template_id,
            template_title=known.title if known else template_id,
            choice=choice,  # type: ignore[arg-type]  # looked at above
        ),
        at=at,
    )


def _open(row: WechatFollower, which: Literal["talk", "touch"], at: datetime) -> None:
    changed = opened(row, which, at)
    if changed:
        row.save(update_fields=changed)


def _code(actor: Actor, row: WechatFollower, scene: str) -> WechatCode | None:
    return WechatCode.visible_to(actor).filter(account_id=row.account_id, scene=scene).first() if scene else None


def _count(code: WechatCode, what: str) -> None:
    WechatCode.objects.filter(id=code.id).update(**{what: F(what) + 1})


def _tag(actor: Actor, row: WechatFollower, code: WechatCode) -> None:
    known = people.tags_by_id(actor, code.tag_ids)
    if known and row.contact_id:
        people.tag_contact(actor, contact_id=row.contact_id, add=list(known), source=SOURCE[row.account.kind])
