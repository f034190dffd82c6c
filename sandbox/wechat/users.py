"""Followers, their remarks and tags (C3)."""

from typing import Any

from sandbox.storage import Row
from sandbox.wechat.errors import WeixinError
from sandbox.wechat.requests import Call
from sandbox.world import World

PAGE = 10_000
MOST_BATCH, MOST_TAGGED, MOST_TAGS, MOST_TAGS_A_USER = 100, 50, 100, 20
NAME_BYTES, REMARK_CHARACTERS, FIRST_TAG = 30, 30, 100


def unionid(world: World, app_id: str, person_id: int) -> str:
    """Return a person's unionid, empty where the account is bound to no Open Platform account."""
    bound = world.storage.value("SELECT open_platform FROM wx_apps WHERE app_id=?", app_id)
    return str(world.storage.value("SELECT unionid FROM persons WHERE id=?", person_id)) if bound else ""


def list_users(call: Call) -> dict[str, Any]:
    """GET user/get: openids of followers, a page behind next_openid."""
    rows = call.storage.rows(
        "SELECT openid FROM wx_users WHERE app_id=? AND subscribed=1 ORDER BY subscribe_time, openid", call.app_id
    )
    ids = [row["openid"] for row in rows]
    after = call.query.get("next_openid", "")
    if after and after not in ids:
        raise WeixinError(40003)
    start = ids.index(after) + 1 if after else 0
    size = int(call.world.setting("weixin_page", str(PAGE)))
    page = ids[start : start + size]
    answer: dict[str, Any] = {"total": len(ids), "count": len(page), "next_openid": page[-1] if page else ""}
    return answer | ({"data": {"openid": page}} if page else {})


def get_user(call: Call) -> dict[str, Any]:
    """GET user/info."""
    return _info(call, call.user(call.query.get("openid", "")))


def get_users(call: Call) -> dict[str, Any]:
    """POST user/info/batchget."""
    asked = call.items("user_list")
    if not 1 <= len(asked) <= MOST_BATCH:
        raise WeixinError(40032)
    return {
        "user_info_list": [_info(call, call.user(one.get("openid") if isinstance(one, dict) else one)) for one in asked]
    }


def _info(call: Call, row: Row) -> dict[str, Any]:
    union = unionid(call.world, call.app_id, row["person_id"])
    known = {"unionid": union} if union else {}
    if not row["subscribed"]:
        return {"subscribe": 0, "openid": row["openid"]} | known
    return {
        "subscribe": 1,
        "openid": row["openid"],
        "nickname": "",
        "sex": 0,
        "language": "zh_CN",
        "city": "",
        "headimgurl": "",
        "subscribe_time": row["subscribe_time"],
        "remark": row["remark"],
        "groupid": 0,
        "tagid_list": tags_of(call.world, row["openid"]),
        "subscribe_scene": row["scene"],
        "qr_scene": 0,
        "qr_scene_str": row["qr_scene"],
    } | known


def tags_of(world: World, openid: str) -> list[int]:
    """Return the numbers of a follower's tags."""
    return [
        row["tag_id"] for row in world.storage.rows("SELECT tag_id FROM wx_user_tags WHERE openid=? ORDER BY 1", openid)
    ]


def update_remark(call: Call) -> dict[str, Any]:
    """POST user/info/updateremark."""
    row, remark = call.user(call.text("openid")), call.text("remark")
    if len(remark) > REMARK_CHARACTERS:
        raise WeixinError(40097, "remark")
    call.storage.run("UPDATE wx_users SET remark=? WHERE openid=?", remark, row["openid"])
    return {}


def list_tags(call: Call) -> dict[str, Any]:
    """GET tags/get."""
    rows = call.storage.rows(
        "SELECT t.tag_id AS id, t.name, (SELECT count(*) FROM wx_user_tags u JOIN wx_users w USING (openid)"
        " WHERE u.tag_id=t.tag_id AND w.app_id=t.app_id) AS count FROM wx_tags t WHERE t.app_id=? ORDER BY t.tag_id",
        call.app_id,
    )
    return {"tags": [{"id": 2, "name": "星标组", "count": 0}, *rows]}


def create_tag(call: Call) -> dict[str, Any]:
    """POST tags/create."""
    name = _tag_name(call)
    rows = call.storage.rows("SELECT * FROM wx_tags WHERE app_id=?", call.app_id)
    if len(rows) >= MOST_TAGS:
        raise WeixinError(45056)
    if any(row["name"] == name for row in rows):
        raise WeixinError(45157)
    tag_id = max((row["tag_id"] for row in rows), default=FIRST_TAG - 1) + 1
    call.storage.insert("wx_tags", app_id=call.app_id, tag_id=tag_id, name=name)
    return {"tag": {"id": tag_id, "name": name}}


def update_tag(call: Call) -> dict[str, Any]:
    """POST tags/update."""
    name, tag_id = _tag_name(call), _tag(call, call.document("tag").get("id"))
    call.storage.run("UPDATE wx_tags SET name=? WHERE app_id=? AND tag_id=?", name, call.app_id, tag_id)
    return {}


def delete_tag(call: Call) -> dict[str, Any]:
    """POST tags/delete."""
    tag_id = _tag(call, call.document("tag").get("id"))
    call.storage.run(
        "DELETE FROM wx_user_tags WHERE tag_id=? AND openid IN (SELECT openid FROM wx_users WHERE app_id=?)",
        tag_id,
        call.app_id,
    )
    call.storage.run("DELETE FROM wx_tags WHERE app_id=? AND tag_id=?", call.app_id, tag_id)
    return {}


def put_tag(call: Call) -> dict[str, Any]:
    """POST tags/members/batchtagging."""
    tag_id, rows = _tag(call, call.body.get("tagid")), _named(call)
    for row in rows:
        have = tags_of(call.world, row["openid"])
        if tag_id not in have and len(have) >= MOST_TAGS_A_USER:
            raise WeixinError(45059)
        call.storage.run("INSERT INTO wx_user_tags VALUES (?, ?) ON CONFLICT DO NOTHING", row["openid"], tag_id)
    return {}


def take_tag_off(call: Call) -> dict[str, Any]:
    """POST tags/members/batchuntagging."""
    tag_id = _tag(call, call.body.get("tagid"))
    for row in _named(call):
        call.storage.run("DELETE FROM wx_user_tags WHERE openid=? AND tag_id=?", row["openid"], tag_id)
    return {}


def _named(call: Call) -> list[Row]:
    openids = call.items("openid_list")
    if not 1 <= len(openids) <= MOST_TAGGED:
        raise WeixinError(40032)
    return [call.user(openid) for openid in openids]


def _tag(call: Call, tag_id: object) -> int:
    if type(tag_id) is not int:
        raise WeixinError(45159)
    if tag_id < FIRST_TAG:
        raise WeixinError(45058)
    if not call.storage.row("SELECT 1 FROM wx_tags WHERE app_id=? AND tag_id=?", call.app_id, tag_id):
        raise WeixinError(45159)
    return tag_id


def _tag_name(call: Call) -> str:
    name = call.document("tag").get("name")
    if not isinstance(name, str) or not name.strip():
        raise WeixinError(45157)
    if len(name.encode()) > NAME_BYTES:
        raise WeixinError(45158)
    return name
