"""Console: what an account answers by itself, its codes and its menu."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client.codes import picture_url
from cove.engine.channels.wechat.commands.codes import change_code, create_code
from cove.engine.channels.wechat.commands.menus import save_menu
from cove.engine.channels.wechat.commands.replies import Wanted, remove_reply, save_reply
from cove.engine.channels.wechat.errors import CodeNameTaken, SpecialMenusLeft
from cove.engine.channels.wechat.models import WechatCode, WechatMenu, WechatReply
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, SEE_ACCOUNTS
from cove.engine.channels.wechat.schemas.settings import (
    MenuButton,
    NewWechatCode,
    ReplyMessage,
    WechatCodeAnswer,
    WechatCodeChange,
    WechatMenuAnswer,
    WechatMenuChange,
    WechatReplies,
    WechatReplyAnswer,
    WechatReplyChange,
)
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router()

UNKNOWN = Words("原因代码 {reason}", "reason code {reason}")


@console.get(
    "/channels/wechat/{wechat_account_id}/replies",
    response={200: WechatReplies, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_replies(request: HttpRequest, wechat_account_id: int) -> WechatReplies:
    """List what an account answers by itself."""
    return WechatReplies(items=[_reply(row) for row in queries.replies(actor(request), wechat_account_id)])


@console.post(
    "/channels/wechat/{wechat_account_id}/replies",
    response={201: WechatReplyAnswer, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def add_wechat_reply(
    request: HttpRequest, wechat_account_id: int, payload: WechatReplyChange
) -> Status[WechatReplyAnswer]:
    """Add an automatic reply."""
    return Status(201, _saved(actor(request), wechat_account_id, None, payload))


@console.put(
    "/channels/wechat/{wechat_account_id}/replies/{wechat_reply_id}",
    response={200: WechatReplyAnswer, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def change_wechat_reply(
    request: HttpRequest, wechat_account_id: int, wechat_reply_id: int, payload: WechatReplyChange
) -> WechatReplyAnswer:
    """Change an automatic reply."""
    return _saved(actor(request), wechat_account_id, wechat_reply_id, payload)


@console.delete(
    "/channels/wechat/{wechat_account_id}/replies/{wechat_reply_id}",
    response={204: None, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def remove_wechat_reply(request: HttpRequest, wechat_account_id: int, wechat_reply_id: int) -> Status[None]:
    """Remove an automatic reply."""
    remove_reply(actor(request), account_id=wechat_account_id, reply_id=wechat_reply_id)
    return Status(204, None)


@console.get(
    "/channels/wechat/{wechat_account_id}/codes",
    response={200: Page[WechatCodeAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_codes(
    request: HttpRequest, wechat_account_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[WechatCodeAnswer]:
    """List an account's QR codes, newest first, with how often they were scanned and how many followed by them."""
    rows = queries.codes(actor(request), wechat_account_id)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_code(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/channels/wechat/{wechat_account_id}/codes",
    response={201: WechatCodeAnswer, **refusals(Forbidden, NotFound, CodeNameTaken)},
    **needs(KEEP_REPLIES),
)
def add_wechat_code(request: HttpRequest, wechat_account_id: int, payload: NewWechatCode) -> Status[WechatCodeAnswer]:
    """Have a QR code made; its picture is there moments later."""
    row = create_code(
        actor(request),
        account_id=wechat_account_id,
        name=payload.name,
        scene=payload.scene,
        days=payload.days,
        tag_ids=payload.tag_ids,
        messages=_messages(payload.messages),
    )
    return Status(201, _code(row))


@console.put(
    "/channels/wechat/{wechat_account_id}/codes/{wechat_code_id}",
    response={200: WechatCodeAnswer, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def change_wechat_code(
    request: HttpRequest, wechat_account_id: int, wechat_code_id: int, payload: WechatCodeChange
) -> WechatCodeAnswer:
    """Change what a code is called and what follows from it; what is printed stays good."""
    row = change_code(
        actor(request),
        account_id=wechat_account_id,
        scene_code_id=wechat_code_id,
        name=payload.name,
        tag_ids=payload.tag_ids,
        messages=_messages(payload.messages),
    )
    return _code(row)


@console.get(
    "/channels/wechat/{wechat_account_id}/menu",
    response={200: WechatMenuAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def read_wechat_menu(request: HttpRequest, wechat_account_id: int) -> WechatMenuAnswer:
    """Read an account's menu."""
    return _menu(queries.menu(actor(request), wechat_account_id))


@console.put(
    "/channels/wechat/{wechat_account_id}/menu",
    response={200: WechatMenuAnswer, **refusals(Forbidden, NotFound, SpecialMenusLeft)},
    **needs(KEEP_REPLIES),
)
def change_wechat_menu(request: HttpRequest, wechat_account_id: int, payload: WechatMenuChange) -> WechatMenuAnswer:
    """Save and publish an account's menu; followers see it within a day."""
    buttons = [button.model_dump() for button in payload.buttons]
    return _menu(save_menu(actor(request), account_id=wechat_account_id, buttons=buttons))


def _saved(who: Actor, account_id: int, reply_id: int | None, payload: WechatReplyChange) -> WechatReplyAnswer:
    wanted = Wanted(
        on=payload.on,
        name=payload.name,
        keywords=payload.keywords,
        whole=payload.whole,
        messages=_messages(payload.messages),
        active=payload.active,
    )
    return _reply(save_reply(who, account_id=account_id, reply_id=reply_id, wanted=wanted))


def _messages(messages: list[ReplyMessage]) -> list[dict[str, str]]:
    return [message.model_dump() for message in messages]


def _reply(row: WechatReply) -> WechatReplyAnswer:
    return WechatReplyAnswer(
        id=row.id,
        on=row.on,  # type: ignore[arg-type]  # one of the three
        name=row.name,
        keywords=row.keywords,
        whole=row.whole,
        messages=[ReplyMessage.model_validate(message) for message in row.messages],
        active=row.active,
    )


def _code(row: WechatCode) -> WechatCodeAnswer:
    return WechatCodeAnswer(
        id=row.id,
        name=row.name,
        scene=row.scene,
        permanent=row.permanent,
        expires_at=row.expires_at,
        picture_url=picture_url(row.account.base_url, row.ticket) if row.ticket else "",
        problem=problem_text(row.problem),
        tag_ids=row.tag_ids,
        messages=[ReplyMessage.model_validate(message) for message in row.messages],
        scans=row.scans,
        follows=row.follows,
        created_at=row.created_at,
    )


def _menu(row: WechatMenu) -> WechatMenuAnswer:
    buttons = [MenuButton.model_validate(button) for button in row.buttons]
    return WechatMenuAnswer(buttons=buttons, put_at=row.put_at, problem=problem_text(row.problem))


def problem_text(reason: str) -> str | None:
    """Return why something did not work, in words; None if it did."""
    return REASONS.get(reason, UNKNOWN).here({"reason": reason}) if reason else None
