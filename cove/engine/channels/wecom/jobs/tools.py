"""Taking over what a company keeps at WeCom: links and forbidden words that were made or changed there."""

from __future__ import annotations

from datetime import datetime

import structlog
from pydantic import ValidationError

from cove.directory.org import facade as org
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom.client import intercepts, links
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.tools import forget_missing_tools, take_over_tool
from cove.engine.channels.wecom.contracts.tools import AcquisitionTool, WordsTool
from cove.engine.channels.wecom.errors import WeComError
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope

log = structlog.get_logger(__name__)


async def take_over_tools(line: Line, actor: Actor, began: datetime) -> None:
    """Make links and forbidden words equal to the platform's. What the application has no right to is passed over."""
    for work in (_links, _rules):
        try:
            await work(line, actor, began)
        except WeComError as error:
            # Both are sold apart, and the doctor's page says so; the rest of a comparison must not stop for it.
            log.info("tools of WeCom are not read", tenant=actor.tenant_id, errcode=error.errcode, work=work.__name__)


async def _links(line: Line, actor: Actor, began: datetime) -> None:
    seen = await links.list_links(line)
    for link_id in seen:
        found, userids = await links.get_link(line, link_id)
        came = 0
        async for page in links.customers(line, link_id):
            came += len(page)
        said = {"name": found.link_name, "skip_verify": found.skip_verify}
        await off_loop(_keep, actor, AcquisitionTool, said, userids, link_id, url=found.url, customers=came)
    await off_loop(forget_missing_tools, actor, kind="link", seen=seen, before=began)


async def _rules(line: Line, actor: Actor, began: datetime) -> None:
    listed = await intercepts.list_rules(line)
    for one in listed:
        rule = await intercepts.get_rule(line, one.rule_id)
        said = {
            "name": one.rule_name,
            "words": rule.get("word_list") or [],
            "block": rule.get("intercept_type") == intercepts.BLOCK,
            "semantics": (rule.get("extra_rule") or {}).get("semantics_list") or [],
        }
        userids = [str(userid) for userid in (rule.get("applicable_range") or {}).get("user_list") or []]
        await off_loop(_keep, actor, WordsTool, said, userids, one.rule_id)
    await off_loop(forget_missing_tools, actor, kind="words", seen=[one.rule_id for one in listed], before=began)


def _keep(
    actor: Actor,
    shape: type[AcquisitionTool | WordsTool],
    said: dict[str, object],
    userids: list[str],
    platform_id: str,
    *,
    url: str = "",
    customers: int | None = None,
) -> None:
    with tenant_scope(actor.tenant_id):
        known = org.members_by_wecom_userids(actor, userids)
    try:
        tool = shape.model_validate(
            {**said, "member_ids": [known[key].id for one in userids if (key := one.lower()) in known]}
        )
    except ValidationError:
        # For departments only, or for nobody we know: it cannot be shown, and so not be changed here.
        return
    take_over_tool(actor, tool=tool, platform_id=platform_id, url=url, customers=customers)
