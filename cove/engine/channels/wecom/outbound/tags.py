from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.tags import add_tags, list_tags, mark_tags
from cove.engine.channels.wecom.commands.tags import link_tags, note_marked, take_over_tag_groups, unlink_tags
from cove.engine.channels.wecom.contracts.answers import CorpTagGroup
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.quotas import calls
from cove.engine.channels.wecom.queries import TagLink
from cove.kernel.actor import Actor
from cove.kernel.words import Words

UNKNOWN_TAG = 40068
NAME_TAKEN = 40071
ROUNDS = 3


@performed
async def _mark(line: Line, order: Order) -> dict[str, Any]:
    try:
        return await _marked(line, order.payload)
    except WeComError as error:
        if error.errcode != UNKNOWN_TAG:
            raise
    # Somebody deleted the tag over there: forget what we knew and make it anew, once.
    who = Actor.system(order.tenant_id)
    known = await off_loop(queries.tag_links, who, order.payload["add"] + order.payload["remove"])
    await off_loop(unlink_tags, who, platform_ids=[link.platform_id for link in known if link.platform_id])
    return await _marked(line, order.payload)


async def _marked(line: Line, said: dict[str, Any]) -> dict[str, Any]:
    add = await platform_ids(line, said["add"])
    gone = await off_loop(queries.tag_links, Actor.system(line.credentials.tenant_id), said["remove"])
    remove = [link.platform_id for link in gone if link.platform_id]
    if add or remove:
        await mark_tags(line, userid=said["userid"], external_userid=said["external_userid"], add=add, remove=remove)
    return {"added": add, "removed": remove}


async def platform_ids(line: Line, tag_ids: Sequence[int]) -> list[str]:
    """Return the platform's ids of our tags; those it does not have yet are found there by name or made."""
    who = Actor.system(line.credentials.tenant_id)
    for _ in range(ROUNDS):
        links = await off_loop(queries.tag_links, who, tag_ids)
        missing = [link for link in links if not link.platform_id]
        if not missing:
            return [link.platform_id for link in links]
        try:
            made = await _found_or_made(line, missing)
        except WeComError as error:
            # Two acts at once make the same tag: the second finds it in the next round.
            if error.errcode != NAME_TAKEN:
                raise
            continue
        await off_loop(link_tags, who, links=made)
    raise WeComError(NAME_TAKEN)


async def _found_or_made(line: Line, missing: Sequence[TagLink]) -> dict[int, tuple[str, str]]:
    there = _by_name(await list_tags(line))
    found = {link.tag_id: there[name] for link in missing if (name := (link.group_name, link.name)) in there}
    groups = dict.fromkeys(link.group_name for link in missing if link.tag_id not in found)
    for group in groups:
        wanted = [link for link in missing if link.group_name == group and link.tag_id not in found]
        made = _by_name([await add_tags(line, group_name=group, names=[link.name for link in wanted])])
        found |= {link.tag_id: made[group, link.name] for link in wanted if (group, link.name) in made}
    return found


def _by_name(groups: Sequence[CorpTagGroup]) -> dict[tuple[str, str], tuple[str, str]]:
    return {(group.group_name, tag.name): (tag.id, group.group_id) for group in groups for tag in group.tag}


def _settle_mark(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        note_marked(
            actor,
            relation_id=order.payload["relation_id"],
            added=verdict.result["added"],
            removed=verdict.result["removed"],
        )


@performed
async def _fetch(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    groups = await list_tags(line, tag_ids=said["tag_ids"], group_ids=said["group_ids"])
    return {"groups": [group.model_dump(mode="json") for group in groups]}


def _settle_fetch(actor: Actor, _order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        groups = [CorpTagGroup.model_validate(entry) for entry in verdict.result["groups"]]
        take_over_tag_groups(actor, groups=groups)


MARK_TAG_CALLS = calls("mark_tag", "编辑客户标签", "tags of customers")
MARK_TAG = kinds.add(
    "wecom.mark_tag",
    Kind(
        "wecom.mark_tag",
        Words("同步客户标签", "Tag on WeCom"),
        Again.HARMLESS,
        _mark,
        _settle_mark,
        quotas=MARK_TAG_CALLS,
    ),
)
FETCH_TAGS = kinds.add(
    "wecom.fetch_tags",
    Kind("wecom.fetch_tags", Words("获取企业标签", "Fetch corp tags"), Again.HARMLESS, _fetch, _settle_fetch),
)
