"""Who looks through a web view: a visitor in WeChat, or a member in WeCom."""

import re
from dataclasses import dataclass

from sandbox.storage import Row
from sandbox.world import World

# By this header the sandbox's own sign-in pages know whose browser asks, as the platform's browsers are known by their session.
VIEWER_HEADER = "x-sandbox-viewer"
LABEL = re.compile(r"^[pm]\d{1,9}$")
WECHAT_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MMWEBID/2247 "
    "MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64"
)
WECOM_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1 NetType/WIFI Language/zh"
)


@dataclass(frozen=True)
class Viewer:
    """A web view: its host's label, the site it has open, and who holds it: a person, or a corp's member."""

    label: str
    number: int
    origin: str
    agent: str
    person_id: int | None = None
    corp_id: str = ""
    userid: str = ""


def viewer_of(world: World, label: str) -> Viewer | None:
    """Return the web view with this host label (`p1`, `m1`), or None."""
    if not LABEL.match(label):
        return None
    number = int(label[1:])
    if label[0] == "p":
        row = world.storage.row("SELECT * FROM persons WHERE id=?", number)
        return Viewer(label, number, row["origin"], WECHAT_AGENT, person_id=number) if row else None
    row = world.storage.row("SELECT * FROM member_views WHERE id=?", number)
    return Viewer(label, number, row["origin"], WECOM_AGENT, None, row["corp_id"], row["userid"]) if row else None


def keep_origin(world: World, label: str, origin: str) -> None:
    """Remember which site a web view has open."""
    table = "persons" if label[0] == "p" else "member_views"
    world.storage.run(f"UPDATE {table} SET origin=? WHERE id=?", origin, int(label[1:]))  # noqa: S608 (names are ours)


def member_view(world: World, member: Row) -> str:
    """Return the label of a member's web view; it is made when it is first asked for."""
    world.storage.run(
        "INSERT INTO member_views (corp_id, userid) VALUES (?, ?) ON CONFLICT DO NOTHING",
        member["corp_id"],
        member["userid"],
    )
    found = "SELECT id FROM member_views WHERE corp_id=? AND userid=?"
    return f"m{world.storage.value(found, member['corp_id'], member['userid'])}"
