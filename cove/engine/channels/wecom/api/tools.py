"""Console: acquisition links, words that may not be sent, and welcomes of groups, as they stand at WeCom."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Annotated, Literal

import httpx
from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import links
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.links import with_state
from cove.engine.channels.wecom.commands.tools import change_tool, create_tool, remove_tool
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.contracts.tasks import LinkCustomer
from cove.engine.channels.wecom.contracts.tools import AcquisitionTool, JoinTool, ToolDraft, WordsTool, state_of
from cove.engine.channels.wecom.errors import NoAnswer, NotConfigured, ToolKindFixed, Unreachable, WeComError
from cove.engine.channels.wecom.models import WecomTool
from cove.engine.channels.wecom.permissions import MANAGE_TOOLS, SEE_TOOLS
from cove.engine.channels.wecom.schemas.channels import WecomLinkCustomer, WecomLinkCustomers, WecomToolAnswer
from cove.engine.channels.wecom.schemas.contents import shown_attachments
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["channels"])


@console.get("/wecom-tools", response={200: Page[WecomToolAnswer], **refusals(Forbidden)}, **needs(SEE_TOOLS))
def list_wecom_tools(
    request: HttpRequest,
    kind: Literal["", "link", "words", "welcome", "join"] = "",
    search: Annotated[str, Query(max_length=60)] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[WecomToolAnswer]:
    """List what the company keeps at WeCom, the newest first."""
    who = actor(request)
    rows = queries.tools(who, kind=kind, search=search)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=_shown(who, found), next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/wecom-tools",
    response={200: WecomToolAnswer, **refusals(Forbidden, InvalidInput, NotConfigured)},
    **needs(MANAGE_TOOLS),
)
def create_wecom_tool(request: HttpRequest, payload: ToolDraft) -> WecomToolAnswer:
    """Have one made at WeCom; the answer says that it waits, the list says what became of it."""
    who = actor(request)
    return _shown(who, [create_tool(who, tool=payload.tool)])[0]


@console.put(
    "/wecom-tools/{wecom_tool_id}",
    response={200: WecomToolAnswer, **refusals(Forbidden, NotFound, InvalidInput, NotConfigured, ToolKindFixed)},
    **needs(MANAGE_TOOLS),
)
def change_wecom_tool(request: HttpRequest, wecom_tool_id: int, payload: ToolDraft) -> WecomToolAnswer:
    """Change one, or try again to make it."""
    who = actor(request)
    return _shown(who, [change_tool(who, tool_id=wecom_tool_id, tool=payload.tool)])[0]


@console.delete(
    "/wecom-tools/{wecom_tool_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(MANAGE_TOOLS)
)
def remove_wecom_tool(request: HttpRequest, wecom_tool_id: int) -> Status[None]:
    """Have one removed at WeCom; it leaves the list when that is done."""
    remove_tool(actor(request), tool_id=wecom_tool_id)
    return Status(204, None)


@console.get(
    "/wecom-tools/{wecom_tool_id}/customers",
    response={
        200: WecomLinkCustomers,
        **refusals(Forbidden, NotFound, NotConfigured, NoAnswer, Unreachable, WeComError),
    },
    **needs(SEE_TOOLS),
)
def list_wecom_link_customers(request: HttpRequest, wecom_tool_id: int) -> WecomLinkCustomers:
    """Ask WeCom who came by a link: its first thousand. Whom the reader may not see is counted and not named."""
    who = actor(request)
    row = queries.tool(who, wecom_tool_id)
    if row.kind != "link" or not row.platform_id:
        raise NotFound
    came = asyncio.run(_came_by(queries.credentials(who), row.platform_id))
    known = queries.contacts_known_as(who, [one.external_userid for one in came])
    cards = people.contacts_by_id(who, known.values())
    wrote = {known[one.external_userid]: one.chat_status for one in came if one.external_userid in known}
    return WecomLinkCustomers(
        total=len(came),
        items=[
            WecomLinkCustomer(contact=NamedId(id=card.id, name=card.name), wrote={0: False, 1: True}.get(wrote[key]))
            for key, card in cards.items()
        ],
    )


async def _came_by(credentials: Credentials, link_id: str) -> list[LinkCustomer]:
    async with httpx.AsyncClient() as http:
        async for page in links.customers(Line(credentials, http), link_id):
            return page
    return []


def _shown(who: Actor, rows: Iterable[WecomTool]) -> list[WecomToolAnswer]:
    drafts = [(row, ToolDraft.of(row.body)) for row in rows]
    wanted = {
        member_id
        for _, tool in drafts
        if isinstance(tool, AcquisitionTool | WordsTool)
        for member_id in tool.member_ids
    }
    cards = org.members_by_id(who, wanted)
    groups = queries.groups_by_id(
        who, {one for _, tool in drafts if isinstance(tool, JoinTool) for one in tool.group_ids}
    )
    files = queries.files_of_contents(who, [row.body for row, _ in drafts])
    return [
        WecomToolAnswer(
            id=row.id,
            kind=row.kind,
            name=row.name,
            tool=tool,
            members=[
                NamedId(id=cards[one].id, name=cards[one].name)
                for one in (tool.member_ids if isinstance(tool, AcquisitionTool | WordsTool) else [])
                if one in cards
            ],
            groups=[
                NamedId(id=one, name=groups[one])
                for one in (tool.group_ids if isinstance(tool, JoinTool) else [])
                if one in groups
            ],
            attachments=shown_attachments(tool.model_dump(), files),
            state=row.state,
            reason=REASONS[row.reason].here() if row.reason in REASONS else row.reason,
            errcode=row.errcode,
            url=with_state(row.url, state_of(row.id)) if row.url and row.kind == "link" else row.url,
            customers=row.customers,
            changed_at=row.changed_at,
        )
        for row, tool in drafts
    ]
