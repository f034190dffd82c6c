from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.answers import ContactWay

ONE_MEMBER = 1
SEVERAL_MEMBERS = 2
QR_CODE = 2
LONGEST_REMARK = 30
LONGEST_STATE = 30


async def add_contact_way(line: Line, *, userids: Sequence[str], state: str, remark: str = "") -> ContactWay:
    """Make a QR code that adds one of `userids` without his confirmation and carries `state` (document 92228, at most 30 characters)."""
    body = {
        "type": ONE_MEMBER if len(userids) == 1 else SEVERAL_MEMBERS,
        "scene": QR_CODE,
        "skip_verify": True,
        "state": state[:LONGEST_STATE],
        "user": list(userids),
        "remark": remark[:LONGEST_REMARK],
    }
    return understood(ContactWay, await line.post("externalcontact/add_contact_way", body))


async def get_contact_way(line: Line, config_id: str) -> dict[str, Any]:
    """Return a contact way's document as the platform keeps it."""
    document = await line.post("externalcontact/get_contact_way", {"config_id": config_id})
    return dict(document.get("contact_way") or {})


async def update_contact_way(line: Line, config_id: str, **fields: Any) -> None:
    """Change fields of a contact way; only those given change, `user` is overwritten as a whole."""
    await line.post("externalcontact/update_contact_way", {"config_id": config_id, **fields})


async def delete_contact_way(line: Line, config_id: str) -> None:
    """Delete a contact way; its QR code stops working."""
    await line.post("externalcontact/del_contact_way", {"config_id": config_id})


async def list_contact_ways(line: Line, *, limit: int = 1) -> list[str]:
    """Return the config ids of some contact ways of the last 90 days."""
    document = await line.post("externalcontact/list_contact_way", {"limit": limit})
    return [str(entry["config_id"]) for entry in document.get("contact_way", [])]
