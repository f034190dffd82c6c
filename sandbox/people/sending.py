"""Pictures that people send from their phones."""

import secrets
from typing import Any

from sandbox.people import chats, friends, groups, services
from sandbox.people.errors import RefusedError, missing
from sandbox.storage import Row
from sandbox.wechat import files
from sandbox.wechat import people as weixin
from sandbox.wechat.requests import Upload
from sandbox.wecom.callbacks import Pusher
from sandbox.world import World

KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_BYTES = 5 * 1024 * 1024


def send_picture(world: World, pusher: Pusher, person_id: int, chat: str, kind: str, content: bytes) -> None:
    """Send a picture into one of a person's chats (its key); RefusedError bad_picture, not_found or not_friends."""
    if kind not in KINDS or not 0 < len(content) <= MOST_BYTES:
        raise RefusedError("bad_picture", "A picture is PNG, JPEG, GIF or WebP and has at most 5 MB.")
    where, _, key = chat.partition("/")
    if where == "official":
        _to_account(world, pusher, person_id, key, kind, content)
    elif where == "kf":
        services.send_file(world, pusher, person_id, key, kind, content, "picture")
    elif where == "group":
        groups.say_as(world, person_id, key, "image", _kept(world, person_id, kind, content))
    else:
        _to_member(world, person_id, where, key, _kept(world, person_id, kind, content))


def _kept(world: World, person_id: int, kind: str, content: bytes) -> dict[str, Any]:
    picture_id = secrets.token_urlsafe(16)
    columns = {"person_id": person_id, "content_type": kind, "content": content, "at": world.now()}
    world.storage.insert("phone_pictures", picture_id=picture_id, **columns)
    return {"pic_url": f"{world.settings.base_url}/phonepic/{picture_id}"}


def _to_member(world: World, person_id: int, corp_id: str, userid: str, body: dict[str, Any]) -> None:
    known = friends.relation(world, person_id, corp_id, userid)
    if known is None or known["stage"] == "requested":
        raise RefusedError("not_friends", "They are not friends.")
    world.storage.run("UPDATE relations SET chat_started=1 WHERE id=?", known["id"])
    chats.say(world, known, "person", "image", body)
    world.streams.tell(person_id)


def _to_account(world: World, pusher: Pusher, person_id: int, app_id: str, kind: str, content: bytes) -> None:
    if not world.storage.value("SELECT 1 FROM wx_apps WHERE app_id=?", app_id):
        raise missing("account")
    media_id = secrets.token_urlsafe(32)
    columns: Row = {"kind": "image", "permanent": 0, "name": "picture", "created_at": world.now()}
    world.storage.insert("wx_media", media_id=media_id, app_id=app_id, **columns)
    url = files.keep(world, media_id, Upload("picture", len(content), content, kind))
    fields = {"PicUrl": url, "MediaId": media_id}
    pusher.push(weixin.write(world, app_id, person_id, kind="image", fields=fields))
    world.streams.tell(person_id)
