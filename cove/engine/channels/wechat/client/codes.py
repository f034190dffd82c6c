from __future__ import annotations

from urllib.parse import quote

from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import SceneCode
from cove.engine.channels.wechat.contracts.cards import DEFAULT_BASE_URL

LONGEST_SECONDS = 2_592_000
PICTURE_HOST = "https://mp.weixin.qq.com"


async def make_code(line: Line, *, scene: str, seconds: int = 0) -> SceneCode:
    """Make a code with a text as scene (1 to 64 characters): permanent (at most 100,000 an account), or for `seconds` (at most 30 days)."""
    body = {
        "action_name": "QR_STR_SCENE" if seconds else "QR_LIMIT_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    return understood(
        SceneCode, await line.post("cgi-bin/qrcode/create", body | ({"expire_seconds": seconds} if seconds else {}))
    )


def picture_url(base_url: str, ticket: str) -> str:
    """Return the address of a code's picture, which anybody may load."""
    base = base_url.rstrip("/")
    host = PICTURE_HOST if base == DEFAULT_BASE_URL else base
    return f"{host}/cgi-bin/showqrcode?ticket={quote(ticket, safe='')}"
