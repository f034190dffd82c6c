from __future__ import annotations

from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import group_welcomes, groups, intercepts, links
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.tools import note_tool_kept, note_tool_removed
from cove.engine.channels.wecom.contracts.tools import AcquisitionTool, JoinTool, Tool, WordsTool, state_of
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.uploading import media_ids
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

RULE_GONE = 41070


@performed
async def _make(line: Line, order: Order) -> dict[str, Any]:
    tool, _, userids = await off_loop(_wanted, order)
    if isinstance(tool, AcquisitionTool):
        made = await links.create_link(line, name=tool.name, userids=userids, skip_verify=tool.skip_verify)
        return {"platform_id": made.link_id, "url": made.url}
    if isinstance(tool, WordsTool):
        rule_id = await intercepts.add_rule(
            line, name=tool.name, words=tool.words, block=tool.block, userids=userids, semantics=tool.semantics
        )
        return {"platform_id": rule_id}
    if isinstance(tool, JoinTool):
        return await _make_join(line, order, tool)
    content = tool.content()
    names = await media_ids(line, content.file_ids())
    found = await group_welcomes.add_group_welcome(line, content, names, tell_owners=tool.tell_owners)
    return {"platform_id": found}


async def _make_join(line: Line, order: Order, tool: JoinTool) -> dict[str, Any]:
    chat_ids = await off_loop(queries.tool_groups, Actor.system(order.tenant_id), tool.group_ids)
    state = state_of(order.payload["tool_id"])
    way = await groups.add_join_way(line, chat_ids=chat_ids, state=state, remark=tool.name, new_groups=tool.new_groups)
    return {"platform_id": way.config_id, "url": way.qr_code}


async def _change_join(line: Line, order: Order, config_id: str, tool: JoinTool) -> None:
    chat_ids = await off_loop(queries.tool_groups, Actor.system(order.tenant_id), tool.group_ids)
    now = await groups.get_join_way(line, config_id)
    await groups.update_join_way(
        line,
        config_id,
        chat_ids=chat_ids,
        state=state_of(order.payload["tool_id"]),
        remark=tool.name,
        new_groups=tool.new_groups,
        # Groups that were made in the meantime have their numbers already.
        first_number=now.room_base_id or 1,
    )


@performed
async def _change(line: Line, order: Order) -> dict[str, Any]:
    tool, platform_id, userids = await off_loop(_wanted, order)
    if not platform_id:
        # Making it failed, and this waited for that.
        raise WeComError(RULE_GONE)
    if isinstance(tool, AcquisitionTool):
        fields = {"link_name": tool.name, "range": {"user_list": userids}, "skip_verify": tool.skip_verify}
        await links.update_link(line, platform_id, **fields)
    elif isinstance(tool, WordsTool):
        await _change_words(line, platform_id, tool, userids)
    elif isinstance(tool, JoinTool):
        await _change_join(line, order, platform_id, tool)
    else:
        content = tool.content()
        await group_welcomes.edit_group_welcome(line, platform_id, content, await media_ids(line, content.file_ids()))
    return {"platform_id": platform_id}


async def _change_words(line: Line, rule_id: str, tool: WordsTool, userids: list[str]) -> None:
    there = (await intercepts.get_rule(line, rule_id)).get("applicable_range") or {}
    now = [str(one) for one in there.get("user_list") or []]
    await intercepts.update_rule(
        line,
        rule_id,
        name=tool.name,
        words=tool.words,
        block=tool.block,
        semantics=tool.semantics,
        more={"user_list": [one for one in userids if one not in now]},
        less={"user_list": [one for one in now if one not in userids]},
    )


@performed
async def _remove(line: Line, order: Order) -> None:
    tool, platform_id, _ = await off_loop(_wanted, order)
    if not platform_id:
        raise WeComError(RULE_GONE)
    if isinstance(tool, AcquisitionTool):
        await links.delete_link(line, platform_id)
    elif isinstance(tool, WordsTool):
        await intercepts.delete_rule(line, platform_id)
    elif isinstance(tool, JoinTool):
        await groups.delete_join_way(line, platform_id)
    else:
        await group_welcomes.delete_group_welcome(line, platform_id)


def _wanted(order: Order) -> tuple[Tool, str, list[str]]:
    """Return the tool as it stands now, the platform's name for it, and the accounts of its members."""
    who = Actor.system(order.tenant_id)
    tool, platform_id = queries.tool_content(who, order.payload["tool_id"])
    if not isinstance(tool, AcquisitionTool | WordsTool):
        return tool, platform_id, []
    with tenant_scope(order.tenant_id):
        cards = org.members_by_id(who, tool.member_ids)
    return tool, platform_id, sorted(card.wecom_userid for card in cards.values() if card.wecom_userid)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said, told = order.payload, verdict.result if verdict.state is State.SENT else {}
    note_tool_kept(actor, tool_id=said["tool_id"], revision=said["revision"], verdict=verdict, **told)


def _settle_removed(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_tool_removed(actor, tool_id=order.payload["tool_id"], verdict=verdict)


MAKE = kinds.add(
    "wecom.make_tool",
    # Asked twice, there would be two.
    Kind("wecom.make_tool", Words("创建企业微信工具", "Make a tool at WeCom"), Again.UNSAFE, _make, _settle),
)
CHANGE = kinds.add(
    "wecom.change_tool",
    Kind("wecom.change_tool", Words("修改企业微信工具", "Change a tool at WeCom"), Again.HARMLESS, _change, _settle),
)
REMOVE = kinds.add(
    "wecom.remove_tool",
    Kind(
        "wecom.remove_tool",
        Words("删除企业微信工具", "Remove a tool at WeCom"),
        Again.HARMLESS,
        _remove,
        _settle_removed,
    ),
)
