"""What people do with an account on their phones; only this raises callbacks."""

import secrets
from typing import Any

from sandbox.people.errors import RefusedError, missing
from sandbox.people.persons import person
from sandbox.storage import Row
from sandbox.wechat.accounts import account
from sandbox.wechat.codes import living_code
from sandbox.wechat.events import note
from sandbox.wechat.windows import open_window
from sandbox.world import World

SEARCHED, SCANNED = "ADD_SCENE_SEARCH", "ADD_SCENE_QR_CODE"


def user(world: World, app_id: str, person_id: int) -> Row:
    """Return somebody as an account knows him; his openid is made when it is first needed. RefusedError not_found."""
    if account(world, app_id) is None:
        raise missing("account")
    person(world, person_id)
    find = "SELECT * FROM wx_users WHERE app_id=? AND person_id=?"
    found = world.storage.row(find, app_id, person_id)
    if found is None:
        openid = "o" + secrets.token_urlsafe(21)[:27]
        world.storage.insert("wx_users", app_id=app_id, person_id=person_id, openid=openid)
        found = world.storage.row(find, app_id, person_id)
    assert found is not None
    return found


def follow(world: World, app_id: str, person_id: int, *, ticket: str = "") -> list[Row]:
    """Follow an account, by one of its codes or by searching for it; RefusedError already or code_gone."""
    row = user(world, app_id, person_id)
    if row["subscribed"]:
        raise RefusedError("already", "He follows this account.", 409)
    code = _code(world, app_id, ticket) if ticket else None
    world.storage.run(
        "UPDATE wx_users SET subscribed=1, subscribe_time=?, scene=?, qr_scene=? WHERE openid=?",
        world.now(),
        SCANNED if code else SEARCHED,
        code["scene"] if code else "",
        row["openid"],
    )
    open_window(world, row["openid"], "touch")
    fields = {"EventKey": f"qrscene_{code['scene']}", "Ticket": code["ticket"]} if code else {"EventKey": ""}
    return note(world, app_id, row["openid"], "subscribe", fields)


def unfollow(world: World, app_id: str, person_id: int) -> list[Row]:
    """Stop following; RefusedError not_following."""
    row = _follower(world, app_id, person_id)
    world.storage.run("UPDATE wx_users SET subscribed=0, talk_until=0, touch_until=0 WHERE openid=?", row["openid"])
    world.storage.run("DELETE FROM wx_user_tags WHERE openid=?", row["openid"])
    return note(world, app_id, row["openid"], "unsubscribe", {"EventKey": ""})


def scan(world: World, app_id: str, person_id: int, ticket: str) -> list[Row]:
    """Scan a code: who follows is told by SCAN, who does not begins to follow."""
    row = user(world, app_id, person_id)
    if not row["subscribed"]:
        return follow(world, app_id, person_id, ticket=ticket)
    code = _code(world, app_id, ticket)
    open_window(world, row["openid"], "touch")
    return note(world, app_id, row["openid"], "SCAN", {"EventKey": code["scene"], "Ticket": code["ticket"]})


def write(world: World, app_id: str, person_id: int, *, kind: str, fields: dict[str, Any]) -> list[Row]:
    """Write to an account; RefusedError not_following."""
    row = _follower(world, app_id, person_id)
    number = world.storage.insert(
        "wx_messages", app_id=app_id, person_id=person_id, sender="person", kind=kind, body=fields, at=world.now()
    )
    open_window(world, row["openid"], "talk")
    return note(world, app_id, row["openid"], kind, fields | {"MsgId": 22_000_000_000 + number}, message=True)


def use_menu(world: World, app_id: str, person_id: int, *, action: str, key: str) -> list[Row]:
    """Use the menu; RefusedError not_following."""
    row = _follower(world, app_id, person_id)
    open_window(world, row["openid"], "touch")
    return note(world, app_id, row["openid"], action, {"EventKey": key})


def choose(world: World, app_id: str, person_id: int, *, template_id: str, choice: str) -> list[Row]:
    """Answer the question for a subscription notice: each accept allows one message."""
    row = user(world, app_id, person_id)
    if not world.storage.row("SELECT 1 FROM wx_templates WHERE app_id=? AND template_id=?", app_id, template_id):
        raise missing("template")
    if choice == "accept":
        world.storage.run(
            "INSERT INTO wx_subscriptions VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET remaining=remaining+1",
            row["openid"],
            template_id,
        )
    said = {"TemplateId": template_id, "SubscribeStatusString": choice, "PopupScene": 1}
    return note(world, app_id, row["openid"], "subscribe_msg_popup_event", {"SubscribeMsgPopupEvent": {"List": said}})


def person_code(world: World, app_id: str, person_id: int, purpose: str, detail: str = "") -> str:
    """Return a code that the phone gives to a page (page), a mini-program (login) or its phone button (phone)."""
    user(world, app_id, person_id)
    code = secrets.token_urlsafe(24)
    world.storage.insert(
        "wx_person_codes",
        code=code,
        app_id=app_id,
        person_id=person_id,
        purpose=purpose,
        detail=detail,
        created_at=world.now(),
    )
    return code


def _follower(world: World, app_id: str, person_id: int) -> Row:
    row = user(world, app_id, person_id)
    if not row["subscribed"] and account(world, app_id)["kind"] == "official":  # type: ignore[index]  # it is there
        raise RefusedError("not_following", "He does not follow this account.", 409)
    return row


def _code(world: World, app_id: str, ticket: str) -> Row:
    code = living_code(world, ticket=ticket)
    if code is None or code["app_id"] != app_id:
        raise RefusedError("code_gone", "This code is unknown or has ended.", 410)
    return code
