"""What a company keeps at WeCom: asked for here, made there, and what became of it is noted."""

from __future__ import annotations

from datetime import datetime

from cove.directory.org import facade as org
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.tools import AcquisitionTool, JoinTool, Tool, ToolState, WordsTool
from cove.engine.channels.wecom.errors import ToolKindFixed
from cove.engine.channels.wecom.models import WecomTool
from cove.engine.channels.wecom.permissions import MANAGE_TOOLS, TAKE_OVER
from cove.engine.channels.wecom.queries.materials import check_files
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

_NO_USERID = Words(
    "所选成员都没有关联企业微信账号，请先同步企业微信或改选其他成员",
    "None of these members has a WeCom account here; sync from WeCom first, or choose others",
)
_GROUPS_GONE = Words(
    "所选客户群中有已解散或您无权查看的，请重新选择",
    "One of these groups has ended or is not within your reach; choose again",
)


@command(MANAGE_TOOLS)
def create_tool(actor: Actor, *, tool: Tool) -> WecomTool:
    """Have something made at the platform. Raises NotConfigured, and InvalidInput naming the field."""
    queries.credentials(actor)
    _check(actor, tool)
    row = WecomTool.objects.create(
        kind=tool.kind, name=tool.name, body=tool.model_dump(mode="json"), changed_at=clock.now()
    )
    _order(actor, row, "make")
    return row


@command(MANAGE_TOOLS)
def change_tool(actor: Actor, *, tool_id: int, tool: Tool) -> WecomTool:
    """Change it there as well; what could not be made is tried anew. Raises NotFound, ToolKindFixed, NotConfigured, InvalidInput."""
    row = _living(actor, tool_id)
    queries.credentials(actor)
    if row.kind != tool.kind:
        raise ToolKindFixed
    _check(actor, tool)
    made = bool(row.platform_id) or row.state == ToolState.WAITING
    row.name, row.body, row.changed_at = tool.name, tool.model_dump(mode="json"), clock.now()
    row.revision, row.state, row.reason, row.errcode = row.revision + 1, ToolState.WAITING, "", None
    row.save()
    _order(actor, row, "change" if made else "make")
    return row


@command(MANAGE_TOOLS)
def remove_tool(actor: Actor, *, tool_id: int) -> None:
    """Have it removed there, and then here; what never came to be there goes at once. Raises NotFound."""
    row = _living(actor, tool_id)
    if not row.platform_id and row.state == ToolState.FAILED:
        row.delete()
        return
    row.revision, row.state, row.changed_at = row.revision + 1, ToolState.REMOVING, clock.now()
    row.save(update_fields=["revision", "state", "changed_at"])
    _order(actor, row, "remove")


@command(TAKE_OVER)
def note_tool_kept(
    actor: Actor, *, tool_id: int, revision: int, verdict: Verdict, platform_id: str = "", url: str = ""
) -> None:
    """Note what the platform made of a tool; gone in the meantime is no error."""
    row = WecomTool.objects.select_for_update().filter(id=tool_id).first()
    if row is None:
        return
    row.platform_id, row.url = platform_id or row.platform_id, url or row.url
    if row.revision == revision:
        sent = verdict.state is State.SENT
        row.state = ToolState.MADE if sent else ToolState.FAILED
        row.reason, row.errcode = verdict.trouble, None if sent else verdict.errcode
    row.save()


@command(TAKE_OVER)
def note_tool_removed(actor: Actor, *, tool_id: int, verdict: Verdict) -> None:
    """Forget what the platform removed, or no longer has; else it stays, with the reason."""
    row = WecomTool.objects.select_for_update().filter(id=tool_id).first()
    if row is None:
        return
    if verdict.state is State.SENT or verdict.reason == "record_gone":
        row.delete()
        return
    row.state, row.reason, row.errcode = ToolState.MADE, verdict.trouble, verdict.errcode
    row.save(update_fields=["state", "reason", "errcode"])


@command(TAKE_OVER)
def take_over_tool(actor: Actor, *, tool: Tool, platform_id: str, url: str = "", customers: int | None = None) -> bool:
    """Keep what the platform has as it stands there, unless something is under way with it; tell whether it is new here."""
    row = WecomTool.objects.select_for_update().filter(kind=tool.kind, platform_id=platform_id).first()
    new = row is None
    row = row or WecomTool(kind=tool.kind, platform_id=platform_id, state=ToolState.MADE, changed_at=clock.now())
    if not new and row.state != ToolState.MADE:
        return False
    row.name, row.body, row.url = tool.name, tool.model_dump(mode="json"), url or row.url
    row.customers = customers if customers is not None else row.customers
    row.save()
    return new


@command(TAKE_OVER)
def forget_missing_tools(actor: Actor, *, kind: str, seen: list[str], before: datetime) -> int:
    """Forget tools that the platform no longer lists; return how many. What was changed here after `before` is left alone."""
    rows = WecomTool.objects.filter(kind=kind, state=ToolState.MADE, changed_at__lt=before).exclude(platform_id="")
    return int(rows.exclude(platform_id__in=seen).delete()[0])


def _living(actor: Actor, tool_id: int) -> WecomTool:
    row = WecomTool.visible_to(actor).select_for_update().filter(id=tool_id).first()
    if row is None or row.state == ToolState.REMOVING:
        raise NotFound
    return row


def _order(actor: Actor, row: WecomTool, act: str) -> None:
    payload = {"tool_id": row.id, "revision": row.revision}
    key = f"wecom.{act}_tool:{row.id}:{row.revision}"
    # One after the other: a change waits for the answer that brings the platform's name for it.
    delivery.deliver(actor, f"wecom.{act}_tool", key, payload, lane=f"wecom.tool:{row.id}")


def _check(actor: Actor, tool: Tool) -> None:
    if isinstance(tool, AcquisitionTool | WordsTool):
        cards = org.members_by_id(actor, tool.member_ids)
        if not any(card.wecom_userid for card in cards.values()):
            raise InvalidInput(fields={"member_ids": _NO_USERID})
        return
    if isinstance(tool, JoinTool):
        if len(queries.living_groups(actor, tool.group_ids)) < len(set(tool.group_ids)):
            raise InvalidInput(fields={"group_ids": _GROUPS_GONE})
        return
    check_files(actor, tool.content())
