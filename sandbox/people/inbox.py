"""The chats on a phone that are not with a member: official accounts, mini-programs' notices, groups, customer service."""

import json
from typing import Any

from sandbox.people.persons import person
from sandbox.people.showing import Shown, from_wecom, from_weixin
from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.wecom.groups import MEMBER, members_of_group
from sandbox.world import World

# A phone shows the newest ones; what is older stays in the platform's log.
MOST_MESSAGES = 200
NOTICES = "notices"
IOS = "1"
"""As the platform numbers kinds of phones; these phones are iPhones."""
CUSTOMER, EVENT = 3, 4
Chat = dict[str, Any]


def chats_of(world: World, person_id: int) -> list[Chat]:
    """Return all of them, each with its newest messages and how many of them were not read."""
    marks = {
        row["chat"]: row["read_to"]
        for row in world.storage.rows("SELECT chat, read_to FROM chat_marks WHERE person_id=?", person_id)
    }
    found = [*_accounts(world, person_id), *_groups(world, person_id), *_services(world, person_id)]
    for chat in found:
        read_to = marks.get(chat["key"], 0)
        chat["unread"] = sum(one["id"] > read_to and one["sender"] == "other" for one in chat["messages"])
    return found


def mark_read(world: World, person_id: int, key: str) -> None:
    """Note that a chat was seen to its end."""
    person(world, person_id)
    chat = next((one for one in chats_of(world, person_id) if one["key"] == key), None)
    if chat is None or not chat["unread"]:
        return
    keep_mark(world, person_id, key, chat["messages"][-1]["id"])
    world.streams.tell(person_id)


def keep_mark(world: World, person_id: int, key: str, read_to: int) -> None:
    """Keep how far something was read."""
    world.storage.run(
        "INSERT INTO chat_marks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET read_to=max(read_to, excluded.read_to)",
        *(person_id, key, read_to),
    )


def account_card(world: World, app_id: str, person_id: int) -> dict[str, Any]:
    """Return how an account or mini-program looks on a phone, and whether this person follows it."""
    row = world.storage.row(
        "SELECT a.*, coalesce(p.form, 'service') AS form, coalesce(p.introduction, '') AS introduction,"
        " coalesce(u.subscribed, 0) AS subscribed, coalesce(u.refuses, 0) AS refuses"
        " FROM wx_apps a LEFT JOIN wx_profiles p USING (app_id)"
        " LEFT JOIN wx_users u ON u.app_id=a.app_id AND u.person_id=? WHERE a.app_id=?",
        *(person_id, app_id),
    )
    assert row is not None
    return {
        "key": f"official/{app_id}",
        "type": "official" if row["kind"] == "official" else "mini",
        "app_id": app_id,
        "name": row["name"],
        "form": row["form"],
        "introduction": row["introduction"],
        "avatar": f"/avatars/accounts/{app_id}.svg",
        "following": bool(row["subscribed"]),
        "refuses": bool(row["refuses"]),
    }


def _message(row: Row, said: Shown, *, mine: bool, **more: Any) -> dict[str, Any]:
    sender, (kind, body) = "person" if mine else "other", said
    return {"id": row["id"], "sender": sender, "kind": kind, "body": body, "at": row["at"]} | more


def _newest(world: World, table: str, where: str, *values: Any) -> list[Row]:
    rows = world.storage.rows(
        f"SELECT * FROM {table} WHERE {where} ORDER BY id DESC LIMIT ?",  # noqa: S608 (names are ours)
        *(*values, MOST_MESSAGES),
    )
    return rows[::-1]


def _accounts(world: World, person_id: int) -> list[Chat]:
    chats: dict[str, Chat] = {}
    followed = world.storage.rows(
        "SELECT app_id FROM wx_users WHERE person_id=? AND subscribed=1 ORDER BY subscribe_time", person_id
    )
    for one in followed:
        chats[one["app_id"]] = account_card(world, one["app_id"], person_id) | {"messages": []}
    for row in _newest(world, "wx_messages", "person_id=? AND kind!='refused'", person_id):
        chat = _chat_of_message(world, chats, row, person_id)
        if chat is None:
            continue
        shown = from_weixin(world, row, json.loads(row["body"]))
        said_by = {} if chat["key"] != NOTICES else {"by": account_card(world, row["app_id"], person_id)}
        chat["messages"].append(_message(row, shown, mine=row["sender"] == "person", **said_by))
    for chat in chats.values():
        chat["menu"] = _menu(world, chat["app_id"], person_id) if chat["type"] == "official" else []
    return list(chats.values())


def _chat_of_message(world: World, chats: dict[str, Chat], row: Row, person_id: int) -> Chat | None:
    if row["app_id"] in chats:
        return chats[row["app_id"]]
    card = account_card(world, row["app_id"], person_id)
    if card["type"] == "official":
        # Who no longer follows does not see the chat; a preview to somebody else has none to show.
        return None
    if row["kind"] == "subscription":
        head = {"key": NOTICES, "type": "notices", "app_id": "", "name": "", "avatar": "/static/phones/notices.svg"}
        return chats.setdefault(NOTICES, head | {"messages": []})
    return chats.setdefault(row["app_id"], card | {"messages": []})


def _menu(world: World, app_id: str, person_id: int) -> list[Any]:
    """Return the buttons this follower sees: the newest menu whose rule fits him, else the one for everybody."""
    rows = world.storage.rows("SELECT * FROM wx_menus WHERE app_id=? ORDER BY id DESC", app_id)
    tags = {
        str(one["tag_id"])
        for one in world.storage.rows(
            "SELECT t.tag_id FROM wx_user_tags t JOIN wx_users u USING (openid) WHERE u.app_id=? AND u.person_id=?",
            *(app_id, person_id),
        )
    }
    for row in rows:
        rule = json.loads(row["rule"]) if row["rule"] else {}
        tag, phone = str(rule.get("tag_id", "")), str(rule.get("client_platform_type", ""))
        if rule and (not tag or tag in tags) and phone in ("", IOS):
            return list(json.loads(row["buttons"]))
    return next((list(json.loads(row["buttons"])) for row in rows if not row["rule"]), [])


def _groups(world: World, person_id: int) -> list[Chat]:
    rows = world.storage.rows(
        "SELECT g.*, m.joined_at, c.name AS corp_name FROM group_members m JOIN group_chats g USING (chat_id)"
        " JOIN corps c ON c.corp_id=g.corp_id WHERE m.person_id=? AND g.dismissed=0 ORDER BY m.joined_at",
        person_id,
    )
    return [_group(world, row, person_id) for row in rows]


def _group(world: World, row: Row, person_id: int) -> Chat:
    everybody = {one["key"]: group_member(world, row, one) for one in members_of_group(world, row["chat_id"])}
    mine = next(key for key, one in everybody.items() if one["person_id"] == person_id)
    messages = []
    # What was said before he came is not on his phone.
    for said in _newest(world, "group_messages", "chat_id=? AND at>=?", row["chat_id"], row["joined_at"]):
        shown = from_wecom(world, said["kind"], json.loads(said["body"]))
        by = everybody.get(said["sender"]) or {"name": said["sender"], "avatar": "", "member": False}
        messages.append(_message(said, shown, mine=said["sender"] == mine, by=by))
    return {
        "key": f"group/{row['chat_id']}",
        "type": "group",
        "chat_id": row["chat_id"],
        "corp_id": row["corp_id"],
        "corp_name": row["corp_name"],
        "name": row["name"],
        "notice": row["notice"],
        "avatar": "",
        "since": row["joined_at"],
        "members": list(everybody.values()),
        "messages": messages,
    }


def group_member(world: World, group: Row, row: Row) -> dict[str, Any]:
    """Return somebody in a group as phones show him."""
    if row["kind"] == MEMBER:
        found = member_of(world, group["corp_id"], row["key"])
        picture = f"/avatars/members/{group['corp_id']}/{row['key']}.svg"
        name, number = (found["name"] if found else row["key"]), None
    else:
        name = world.storage.value("SELECT name FROM persons WHERE id=?", row["person_id"]) or ""
        picture, number = f"/avatars/persons/{row['person_id']}.svg", row["person_id"]
    owner = row["key"].lower() == group["owner"].lower()
    return {"name": name, "avatar": picture, "member": row["kind"] == MEMBER, "person_id": number, "owner": owner}


def _services(world: World, person_id: int) -> list[Chat]:
    rows = world.storage.rows(
        "SELECT a.*, s.state, s.servicer, c.name AS corp_name FROM kf_sessions s JOIN kf_accounts a USING (open_kfid)"
        " JOIN corps c ON c.corp_id=a.corp_id WHERE s.person_id=? ORDER BY a.rowid",
        person_id,
    )
    return [_service(world, row, person_id) for row in rows]


def _service(world: World, row: Row, person_id: int) -> Chat:
    messages = []
    where = "open_kfid=? AND person_id=? AND origin!=?"
    for said in _newest(world, "kf_messages", where, row["open_kfid"], person_id, EVENT):
        shown = from_wecom(world, said["msgtype"], json.loads(said["body"]), row["corp_id"])
        member = member_of(world, row["corp_id"], said["servicer"]) if said["servicer"] else None
        by = {"by": {"name": member["name"]}} if member else {}
        messages.append(_message(said, shown, mine=said["origin"] == CUSTOMER, **by))
    return {
        "key": f"kf/{row['open_kfid']}",
        "type": "kf",
        "open_kfid": row["open_kfid"],
        "corp_id": row["corp_id"],
        "corp_name": row["corp_name"],
        "name": row["name"],
        "avatar": f"/avatars/kf/{row['open_kfid']}.svg",
        "messages": messages,
    }
