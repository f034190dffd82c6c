from __future__ import annotations

from collections.abc import Sequence

from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import FollowerPage, UserInfo, UserTag

BATCH = 100
TAGGING_BATCH = 50


async def list_followers(line: Line, after: str = "") -> FollowerPage:
    """Return a page of up to 10,000 openids behind `after` (user/get, C3)."""
    query = {"next_openid": after} if after else {}
    return understood(FollowerPage, await line.get("cgi-bin/user/get", **query))


async def read_follower(line: Line, openid: str) -> UserInfo:
    """Return what the platform says of somebody (user/info, C3)."""
    return understood(UserInfo, await line.get("cgi-bin/user/info", openid=openid, lang="zh_CN"))


async def read_followers(line: Line, openids: Sequence[str]) -> list[UserInfo]:
    """Return what the platform says of up to 100 people (user/info/batchget, C3)."""
    body = {"user_list": [{"openid": openid, "lang": "zh_CN"} for openid in openids]}
    document = await line.post("cgi-bin/user/info/batchget", body)
    return [understood(UserInfo, one) for one in document.get("user_info_list") or []]


async def write_remark(line: Line, openid: str, remark: str) -> None:
    """Set the account's remark on a follower, at most 30 characters."""
    await line.post("cgi-bin/user/info/updateremark", {"openid": openid, "remark": remark})


async def list_tags(line: Line) -> list[UserTag]:
    """Return the account's tags; ids 0 to 2 are the platform's own."""
    document = await line.get("cgi-bin/tags/get")
    return [understood(UserTag, one) for one in document.get("tags") or []]


async def create_tag(line: Line, name: str) -> UserTag:
    """Make a tag (at most 100 an account, 30 bytes a name)."""
    document = await line.post("cgi-bin/tags/create", {"tag": {"name": name}})
    return understood(UserTag, document.get("tag"))


async def rename_tag(line: Line, tag_id: int, name: str) -> None:
    """Give a tag another name."""
    await line.post("cgi-bin/tags/update", {"tag": {"id": tag_id, "name": name}})


async def delete_tag(line: Line, tag_id: int) -> None:
    """Take a tag away, from all its followers too; refused while more than 100,000 have it (45057)."""
    await line.post("cgi-bin/tags/delete", {"tag": {"id": tag_id}})


async def put_tag(line: Line, tag_id: int, openids: Sequence[str]) -> None:
    """Put a tag on up to 50 followers."""
    await line.post("cgi-bin/tags/members/batchtagging", {"openid_list": list(openids), "tagid": tag_id})


async def take_tag_off(line: Line, tag_id: int, openids: Sequence[str]) -> None:
    """Take a tag off up to 50 followers."""
    await line.post("cgi-bin/tags/members/batchuntagging", {"openid_list": list(openids), "tagid": tag_id})
