"""The XML of messages and events, and noting them for delivery (C2)."""

from typing import Any

from sandbox.storage import Row
from sandbox.wechat.accounts import account
from sandbox.wecom.events import element
from sandbox.world import World

AGENT = 0
"""In the log of callbacks an account's id stands for the corp, and this for the application."""


def written(fields: dict[str, Any]) -> str:
    """Return fields as XML: numbers bare, texts as CDATA, documents nested, lists repeated."""
    return "".join(_written(name, value) for name, value in fields.items())


def _written(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"<{name}>{written(value)}</{name}>"
    if isinstance(value, list):
        return "".join(_written(name, one) for one in value)
    return element(name, value)


def note(
    world: World, app_id: str, openid: str, what: str, fields: dict[str, Any], *, message: bool = False
) -> list[Row]:
    """Note a message or an event for the account's callback address, if it has one; answers the notes, to be delivered.

    What one person does is delivered in order, what several do at the same time.
    """
    app = account(world, app_id)
    if app is None or not app["callback_url"]:
        return []
    shell: dict[str, Any] = {"ToUserName": app["original_id"], "FromUserName": openid, "CreateTime": world.now()}
    shell |= {"MsgType": what} if message else {"MsgType": "event", "Event": what}
    row: Row = {
        "at": world.now(),
        "corp_id": app_id,
        "agent_id": AGENT,
        "customer": openid,
        "event": "weixin",
        "change_type": what,
        "xml": f"<xml>{written(shell | fields)}</xml>",
    }
    return [row | {"id": world.storage.insert("callbacks", **row)}]
