from __future__ import annotations

from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.contracts.contents import Content

TEXT_BYTES = 3000


async def add_group_welcome(line: Line, content: Content, media_ids: dict[int, str], *, tell_owners: bool) -> str:
    """Make a welcome for newcomers of groups and return its id (document 92366); at most 100 a corp.

    `%NICKNAME%` in the text becomes the newcomer's name. An owner picks it in his own client: no call can bind it to a group.
    """
    body = {**_body(content, media_ids), "notify": int(tell_owners)}
    document = await line.post("externalcontact/group_welcome_template/add", body)
    return str(document.get("template_id") or "")


async def edit_group_welcome(line: Line, template_id: str, content: Content, media_ids: dict[int, str]) -> None:
    """Overwrite a welcome of ours; 41058 for another application's."""
    body = {"template_id": template_id, **_body(content, media_ids)}
    await line.post("externalcontact/group_welcome_template/edit", body)


async def get_group_welcome(line: Line, template_id: str) -> dict[str, Any]:
    """Return a welcome as the platform keeps it."""
    return await line.post("externalcontact/group_welcome_template/get", {"template_id": template_id})


async def delete_group_welcome(line: Line, template_id: str) -> None:
    """Remove a welcome; groups that use it greet no more."""
    await line.post("externalcontact/group_welcome_template/del", {"template_id": template_id})


def _body(content: Content, media_ids: dict[int, str]) -> dict[str, Any]:
    # Here the one card stands beside the text by its type, not in a list (document 92366).
    said = content.body(media_ids)
    cards = {part["msgtype"]: part[part["msgtype"]] for part in said.pop("attachments", [])}
    return said | cards
