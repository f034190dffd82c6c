from __future__ import annotations

from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import Template


async def list_templates(line: Line) -> list[Template]:
    """Return the templates of template messages (get_all_private_template, C5)."""
    document = await line.get("cgi-bin/template/get_all_private_template")
    return [understood(Template, one) for one in document.get("template_list") or []]


async def list_subscriptions(line: Line) -> list[Template]:
    """Return the templates of subscription notices (newtmpl/gettemplate, C5), whose id is called priTmplId there."""
    document = await line.get("wxaapi/newtmpl/gettemplate")
    rows = document.get("data") or []
    return [understood(Template, {**one, "template_id": one.get("priTmplId", "")}) for one in rows]
