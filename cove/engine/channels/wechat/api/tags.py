"""Console: tags that the platform keeps on followers, and menus for those who have one."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.channels.wechat.api.keeping import problem_text
from cove.engine.channels.wechat.commands.special_menus import MenuWish, remove_special_menu, save_special_menu
from cove.engine.channels.wechat.commands.tags import create_tag, remove_tag, rename_tag, tag_followers
from cove.engine.channels.wechat.contracts.tags import MOST
from cove.engine.channels.wechat.errors import (
    MenuRuleTaken,
    NobodyToReach,
    NoPlainMenu,
    TagInUse,
    TagNameTaken,
    TooManyTags,
)
from cove.engine.channels.wechat.models import WechatSpecialMenu, WechatTag
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, SEE_ACCOUNTS
from cove.engine.channels.wechat.queries import tags as queries
from cove.engine.channels.wechat.schemas.settings import MenuButton
from cove.engine.channels.wechat.schemas.tags import (
    WechatSpecialMenuAnswer,
    WechatSpecialMenuChange,
    WechatSpecialMenus,
    WechatTagAnswer,
    WechatTagChange,
    WechatTagged,
    WechatTagging,
    WechatTags,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router()


@console.get(
    "/channels/wechat/{wechat_account_id}/tags",
    response={200: WechatTags, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_tags(request: HttpRequest, wechat_account_id: int) -> WechatTags:
    """List the platform's tags of an account's followers, at most a hundred."""
    rows = queries.tags(actor(request), wechat_account_id)
    return WechatTags(items=[_tag(row) for row in rows], most=MOST)


@console.post(
    "/channels/wechat/{wechat_account_id}/tags",
    response={201: WechatTagAnswer, **refusals(Forbidden, NotFound, TagNameTaken, TooManyTags)},
    **needs(KEEP_REPLIES),
)
def add_wechat_tag(request: HttpRequest, wechat_account_id: int, payload: WechatTagChange) -> Status[WechatTagAnswer]:
    """Have a tag made; the platform has it moments later."""
    return Status(201, _tag(create_tag(actor(request), account_id=wechat_account_id, name=payload.name)))


@console.put(
    "/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}",
    response={200: WechatTagAnswer, **refusals(Forbidden, NotFound, TagNameTaken)},
    **needs(KEEP_REPLIES),
)
def rename_wechat_tag(
    request: HttpRequest, wechat_account_id: int, wechat_tag_id: int, payload: WechatTagChange
) -> WechatTagAnswer:
    """Give a tag another name."""
    row = rename_tag(actor(request), account_id=wechat_account_id, wechat_tag_id=wechat_tag_id, name=payload.name)
    return _tag(row)


@console.delete(
    "/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}",
    response={204: None, **refusals(Forbidden, NotFound, TagInUse)},
    **needs(KEEP_REPLIES),
)
def remove_wechat_tag(request: HttpRequest, wechat_account_id: int, wechat_tag_id: int) -> Status[None]:
    """Take a tag away, from all its followers too."""
    remove_tag(actor(request), account_id=wechat_account_id, wechat_tag_id=wechat_tag_id)
    return Status(204, None)


@console.post(
    "/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}/followers",
    response={200: WechatTagged, **refusals(Forbidden, NotFound, NobodyToReach)},
    **needs(KEEP_REPLIES),
)
def tag_wechat_followers(
    request: HttpRequest, wechat_account_id: int, wechat_tag_id: int, payload: WechatTagging
) -> WechatTagged:
    """Put a tag on followers, or take it off; the platform has it moments later."""
    people = tag_followers(
        actor(request),
        account_id=wechat_account_id,
        wechat_tag_id=wechat_tag_id,
        target=payload.target.model_dump(),
        put=payload.put,
    )
    return WechatTagged(people=people)


@console.get(
    "/channels/wechat/{wechat_account_id}/menus",
    response={200: WechatSpecialMenus, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_menus(request: HttpRequest, wechat_account_id: int) -> WechatSpecialMenus:
    """List an account's menus for some followers, in the order in which the platform tries them."""
    rows = queries.special_menus(actor(request), wechat_account_id)
    return WechatSpecialMenus(items=[_menu(row) for row in rows])


@console.post(
    "/channels/wechat/{wechat_account_id}/menus",
    response={201: WechatSpecialMenuAnswer, **refusals(Forbidden, NotFound, NoPlainMenu, MenuRuleTaken)},
    **needs(KEEP_REPLIES),
)
def add_wechat_menu(
    request: HttpRequest, wechat_account_id: int, payload: WechatSpecialMenuChange
) -> Status[WechatSpecialMenuAnswer]:
    """Make a menu for some followers; they see it within a day."""
    row = save_special_menu(actor(request), account_id=wechat_account_id, wechat_menu_id=None, wish=_wish(payload))
    return Status(201, _menu(row))


@console.put(
    "/channels/wechat/{wechat_account_id}/menus/{wechat_menu_id}",
    response={200: WechatSpecialMenuAnswer, **refusals(Forbidden, NotFound, NoPlainMenu, MenuRuleTaken)},
    **needs(KEEP_REPLIES),
)
def change_wechat_menu_for_some(
    request: HttpRequest, wechat_account_id: int, wechat_menu_id: int, payload: WechatSpecialMenuChange
) -> WechatSpecialMenuAnswer:
    """Change a menu for some followers; it is then the first that is tried."""
    row = save_special_menu(
        actor(request), account_id=wechat_account_id, wechat_menu_id=wechat_menu_id, wish=_wish(payload)
    )
    return _menu(row)


@console.delete(
    "/channels/wechat/{wechat_account_id}/menus/{wechat_menu_id}",
    response={204: None, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def remove_wechat_menu(request: HttpRequest, wechat_account_id: int, wechat_menu_id: int) -> Status[None]:
    """Take a menu for some followers away."""
    remove_special_menu(actor(request), account_id=wechat_account_id, wechat_menu_id=wechat_menu_id)
    return Status(204, None)


def _wish(payload: WechatSpecialMenuChange) -> MenuWish:
    buttons = [button.model_dump() for button in payload.buttons]
    return MenuWish(payload.name, payload.wechat_tag_id, payload.platform, buttons)


def _tag(row: WechatTag) -> WechatTagAnswer:
    made = "ready" if row.number is not None else "failed" if row.problem else "making"
    return WechatTagAnswer(
        id=row.id,
        name=row.name,
        people=row.people,
        state="leaving" if row.leaving else made,  # type: ignore[arg-type]  # one of the four
        problem=problem_text(row.problem),
    )


def _menu(row: WechatSpecialMenu) -> WechatSpecialMenuAnswer:
    return WechatSpecialMenuAnswer(
        id=row.id,
        name=row.name,
        wechat_tag_id=row.tag_id,
        tag_name=row.tag.name if row.tag else "",
        platform=row.platform,
        buttons=[MenuButton.model_validate(button) for button in row.buttons],
        put_at=row.put_at,
        leaving=row.leaving,
        problem=problem_text(row.problem),
    )
