"""The XML of events. Source: WeCom documents 90930 (shell) and 92130 (customer events)."""

from collections.abc import Mapping
from typing import TypeAlias

from sandbox.storage import Row
from sandbox.world import World

CONTACT_EVENT = "change_external_contact"
TAG_EVENT = "change_external_tag"


# A tuple holds what stands inside, as pairs of name and value.
Value: TypeAlias = "str | int | list[str] | tuple[tuple[str, Value], ...]"


def element(name: str, value: Value) -> str:
    """One element: numbers bare, texts as CDATA, a list as one `Item` for each text, pairs as the elements inside."""
    if isinstance(value, tuple):
        return f"<{name}>{''.join(element(inner, one) for inner, one in value)}</{name}>"
    if isinstance(value, list):
        return f"<{name}>{''.join(element('Item', one) for one in value)}</{name}>"
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def event_xml(corp_id: str, at: int, event: str, fields: Mapping[str, Value]) -> str:
    """Return the plain XML of an event that the system raises in a corp at Unix second `at`."""
    shell: dict[str, Value] = {
        "ToUserName": corp_id,
        "FromUserName": "sys",
        "CreateTime": at,
        "MsgType": "event",
        "Event": event,
    }
    return "<xml>" + "".join(element(name, value) for name, value in (shell | dict(fields)).items()) + "</xml>"


def raise_event(
    world: World,
    corp_id: str,
    event: str,
    fields: Mapping[str, Value],
    *,
    customer: str = "",
    agent_id: int | None = None,
) -> list[Row]:
    """Note an event for every app of the corp that has a callback, or for one of them; answers the notes, to be delivered.

    Notes of one `customer` are delivered in order, those of different customers at the same time.
    """
    apps = world.storage.rows("SELECT * FROM apps WHERE corp_id=? AND callback_url!='' ORDER BY agent_id", corp_id)
    notes = []
    for app in apps if agent_id is None else [one for one in apps if one["agent_id"] == agent_id]:
        note: Row = {
            "at": world.now(),
            "corp_id": corp_id,
            "agent_id": app["agent_id"],
            "customer": customer,
            "event": event,
            "change_type": str(fields.get("ChangeType", "")),
            "xml": event_xml(corp_id, world.now(), event, fields),
        }
        notes.append(note | {"id": world.storage.insert("callbacks", **note)})
    return notes
