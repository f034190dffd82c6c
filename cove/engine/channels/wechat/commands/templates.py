"""Trying a message template on one follower."""

from __future__ import annotations

from collections.abc import Mapping

from cove.engine.channels.wechat.commands.mass import follower_of
from cove.engine.channels.wechat.commands.sending import Letter, order_message
from cove.engine.channels.wechat.contracts.templates import fields_of
from cove.engine.channels.wechat.models import WechatTemplate
from cove.engine.channels.wechat.permissions import SEND
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

_KINDS = {"template": "wechat.send_template", "subscription": "wechat.send_subscription"}
_LINKS = {"template": "url", "subscription": "page"}


@command(SEND)
def try_template(
    actor: Actor, *, account_id: int, template_row_id: int, contact_id: int, data: Mapping[str, str], link: str
) -> None:
    """Send a contact a template message or subscription notice to look at. Raises NotFound, InvalidInput, NobodyToReach."""
    rows = WechatTemplate.visible_to(actor).select_related("account")
    template = rows.filter(id=template_row_id, account_id=account_id).first()
    if template is None:
        raise NotFound
    wanted = {name: str(data.get(name, "")).strip() for name in fields_of(template.content)}
    if not all(wanted.values()):
        raise InvalidInput(fields={"data": Words("请填写模板的每个字段", "Fill in every field of the template")})
    if link and template.form == "template" and not link.startswith(("http://", "https://")):
        raise InvalidInput(
            fields={
                "link": Words("请填写以 http:// 或 https:// 开头的地址", "Give an address with http:// or https://")
            }
        )
    row = follower_of(actor, template.account, contact_id)
    content = {"template_id": template.template_id, "data": wanted, _LINKS[template.form]: link}
    key = f"test:{template.id}:{row.id}:{clock.now().isoformat()}"
    order_message(actor, row=row, letter=Letter(_KINDS[template.form], content, key, subject=template.title))
