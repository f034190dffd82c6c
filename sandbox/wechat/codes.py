"""QR codes with a scene (C3)."""

import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wechat.errors import WeixinError
from sandbox.wechat.requests import Call
from sandbox.world import World

DEFAULT_SECONDS, MOST_SECONDS = 60, 2_592_000
MOST_PERMANENT, MOST_NUMBER, SCENE_CHARACTERS = 100_000, 100_000, 64
TEMPORARY = frozenset({"QR_SCENE", "QR_STR_SCENE"})
PERMANENT = frozenset({"QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"})


def create_code(call: Call) -> dict[str, Any]:
    """POST qrcode/create."""
    action = call.text("action_name")
    if action not in TEMPORARY | PERMANENT:
        raise WeixinError(40097, "action_name")
    scene, permanent = _scene(call, action), action in PERMANENT
    seconds = 0 if permanent else call.number("expire_seconds", DEFAULT_SECONDS)
    if not permanent and not 1 <= seconds <= MOST_SECONDS:
        raise WeixinError(40097, "expire_seconds")
    again = call.storage.row("SELECT * FROM wx_codes WHERE app_id=? AND scene=? AND permanent=1", call.app_id, scene)
    if permanent and again:
        return {"ticket": again["ticket"], "url": again["url"]}
    kept = call.storage.value("SELECT count(*) FROM wx_codes WHERE app_id=? AND permanent=1", call.app_id)
    if permanent and kept >= MOST_PERMANENT:
        raise WeixinError(45009)
    ticket, slug = "g" + secrets.token_urlsafe(60) + "==", secrets.token_urlsafe(12)
    url = f"{call.world.settings.base_url}/weixin/q/{slug}"
    ends = 0 if permanent else call.world.now() + seconds
    call.storage.insert(
        "wx_codes", ticket=ticket, app_id=call.app_id, scene=scene, permanent=permanent, expires_at=ends, url=url
    )
    return {"ticket": ticket, "url": url} | ({} if permanent else {"expire_seconds": seconds})


def living_code(world: World, *, ticket: str = "", url: str = "") -> Row | None:
    """Return a code that can still be scanned, or None."""
    row = world.storage.row("SELECT * FROM wx_codes WHERE ticket=? OR url=?", ticket or None, url or None)
    return row if row and (row["permanent"] or row["expires_at"] > world.now()) else None


def _scene(call: Call, action: str) -> str:
    scene = call.document("action_info").get("scene")
    if not isinstance(scene, dict):
        raise WeixinError(40097, "scene")
    if "STR" in action:
        text = scene.get("scene_str")
        if not isinstance(text, str) or not 1 <= len(text) <= SCENE_CHARACTERS:
            raise WeixinError(40097, "scene_str")
        return text
    number = scene.get("scene_id")
    most = MOST_NUMBER if action in PERMANENT else 2**32 - 1
    if type(number) is not int or not 1 <= number <= most:
        raise WeixinError(40097, "scene_id")
    return str(number)
