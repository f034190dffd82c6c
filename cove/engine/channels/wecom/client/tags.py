from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.answers import CorpTagGroup


async def list_tags(line: Line, *, tag_ids: Sequence[str] = (), group_ids: Sequence[str] = ()) -> list[CorpTagGroup]:
    """Return the corp's tags by group, all or those asked for (document 92117)."""
    body: dict[str, Any] = {}
    if tag_ids:
        body["tag_id"] = list(tag_ids)
    elif group_ids:
        body["group_id"] = list(group_ids)
    document = await line.post("externalcontact/get_corp_tag_list", body)
    return [_group(entry) for entry in document.get("tag_group", []) if not entry.get("deleted")]


async def add_tags(line: Line, *, group_name: str, names: Sequence[str]) -> CorpTagGroup:
    """Add tags to the group of this name, which is made if there is none; return it with the new tags only (document 92117)."""
    body = {"group_name": group_name, "tag": [{"name": name} for name in names]}
    document = await line.post("externalcontact/add_corp_tag", body)
    return understood(CorpTagGroup, document.get("tag_group"))


async def edit_tag(line: Line, platform_id: str, *, name: str = "", order: int | None = None) -> None:
    """Give a tag or a group another name (30 characters), or place: the larger `order`, the further in front (document 92117).

    40071: a sibling is called so; 40068: there is none. Only what this application made can be changed by it. No event comes of it.
    """
    change = {"name": name} if name else {}
    await line.post(
        "externalcontact/edit_corp_tag", {"id": platform_id, **change, **({} if order is None else {"order": order})}
    )


async def delete_tags(line: Line, *, tag_ids: Sequence[str] = (), group_ids: Sequence[str] = ()) -> None:
    """Delete tags, and groups with all of theirs; customers lose them too (document 92117).

    A group whose last tag goes, goes along. 40068: one of them is not there (any more). No event comes of it.
    """
    body = {name: list(ids) for name, ids in (("tag_id", tag_ids), ("group_id", group_ids)) if ids}
    await line.post("externalcontact/del_corp_tag", body)


async def mark_tags(
    line: Line, *, userid: str, external_userid: str, add: Sequence[str], remove: Sequence[str]
) -> None:
    """Put corp tags on a member's customer and take some off (document 92118). What is already so changes nothing."""
    body = {"userid": userid, "external_userid": external_userid, "add_tag": list(add), "remove_tag": list(remove)}
    await line.post("externalcontact/mark_tag", body)


def _group(entry: Any) -> CorpTagGroup:
    return understood(CorpTagGroup, entry | {"tag": [tag for tag in entry.get("tag", []) if not tag.get("deleted")]})
