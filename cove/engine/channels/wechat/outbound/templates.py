from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, kinds
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.messages import send_mini_subscription, send_subscription, send_template
from cove.engine.channels.wechat.contracts.quotas import TEMPLATES
from cove.engine.channels.wechat.outbound.messages import tell
from cove.engine.channels.wechat.outbound.performing import performed
from cove.kernel.words import Words


@performed
async def _template(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload["content"]
    msg_id = await send_template(
        line,
        openid=order.payload["openid"],
        template_id=said["template_id"],
        data=said["data"],
        url=said.get("url", ""),
        mini=said.get("mini") or {},
        # The platform takes at most 32 characters.
        key=f"cove-{order.tenant_id}-{order.id}",
    )
    return {"msg_id": msg_id}


@performed
async def _subscription(line: Line, order: Order) -> dict[str, Any]:
    said, openid = order.payload["content"], order.payload["openid"]
    page = said.get("page", "")
    if order.payload["account_kind"] == "mini":
        await send_mini_subscription(line, openid=openid, template_id=said["template_id"], data=said["data"], page=page)
    else:
        await send_subscription(
            line,
            openid=openid,
            template_id=said["template_id"],
            data=said["data"],
            page=page,
            mini=said.get("mini") or {},
        )
    return {"msg_id": ""}


SEND_TEMPLATE = kinds.add(
    "wechat.send_template",
    Kind(
        "wechat.send_template",
        Words("发送公众号模板消息", "Send a template message"),
        # The platform drops a second one with our number only for ten minutes, and a queue may stand still for longer.
        Again.UNSAFE,
        _template,
        tell,
        channel="official_account",
        quotas=(TEMPLATES,),
    ),
)
SEND_SUBSCRIPTION = kinds.add(
    "wechat.send_subscription",
    Kind(
        "wechat.send_subscription",
        Words("发送订阅通知", "Send a subscription notice"),
        Again.UNSAFE,
        _subscription,
        tell,
        channel="official_account",
    ),
)
