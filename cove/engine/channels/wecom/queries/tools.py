from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from cove.engine.channels.wecom.contracts.tools import Tool, ToolDraft, tool_of_state
from cove.engine.channels.wecom.models import WecomGroup, WecomKfAccount, WecomRelation, WecomTool
from cove.engine.channels.wecom.permissions import SEE_TOOLS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import tenant_scope


def tools(actor: Actor, *, kind: str = "", search: str = "") -> QuerySet[WecomTool]:
    """Return the tools of a kind, or all, by name if asked. Raises Forbidden."""
    rows = WecomTool.visible_to(actor)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(name__icontains=search) if search else rows


def tool(actor: Actor, tool_id: int) -> WecomTool:
    """Return one tool. Raises NotFound."""
    row = WecomTool.visible_to(actor).filter(id=tool_id).first()
    if row is None:
        raise NotFound
    return row


def tool_content(actor: Actor, tool_id: int) -> tuple[Tool, str]:
    """Return what a tool is to be, and the platform's name for it; for the outbox. Raises WecomTool.DoesNotExist."""
    with tenant_scope(actor.tenant_id):
        row = WecomTool.objects.get(id=tool_id)
    return ToolDraft.of(row.body), row.platform_id


def way_names(actor: Actor, states: Iterable[str]) -> dict[str, str]:
    """Return what we call the links and codes whose states these are; states that are none of ours are left out."""
    wanted = {state: number for state in states if (number := tool_of_state(state)) is not None}
    if not wanted:
        return {}
    rows = WecomTool.objects.filter(tenant_id=actor.tenant_id, id__in=set(wanted.values()))
    names = dict(rows.values_list("id", "name"))
    return {state: names[number] for state, number in wanted.items() if number in names}


def tool_groups(actor: Actor, group_ids: Iterable[int]) -> list[str]:
    """Return the platform's ids of those of these groups that still exist; for the outbox."""
    with tenant_scope(actor.tenant_id):
        rows = WecomGroup.objects.filter(id__in=list(group_ids), dismissed_at=None).order_by("id")
        return list(rows.values_list("chat_id", flat=True))


def kf_accounts(actor: Actor) -> QuerySet[WecomKfAccount]:
    """Return the accounts of customer service that the platform has, by name. Raises Forbidden."""
    actor.require(SEE_TOOLS)
    return WecomKfAccount.objects.filter(tenant_id=actor.tenant_id, listed=True).order_by("name", "id")


def contacts_known_as(actor: Actor, external_userids: Iterable[str]) -> dict[str, int]:
    """Return which contacts these customers of the platform are, of those who were ever friends of ours."""
    rows = WecomRelation.visible_to(actor).filter(external_userid__in=list(external_userids), contact__isnull=False)
    return {row[0]: row[1] for row in rows.values_list("external_userid", "contact_id") if row[1]}
