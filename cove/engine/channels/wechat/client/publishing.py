"""Articles, materials and mass messages (C6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import PublishState

DRAFT_PAGE = 20
FEWEST_OPENIDS, MOST_OPENIDS = 2, 10_000


async def list_drafts(line: Line, *, offset: int = 0) -> tuple[list[dict[str, Any]], int]:
    """Return up to 20 drafts without their texts, and how many there are."""
    document = await line.post("cgi-bin/draft/batchget", {"offset": offset, "count": DRAFT_PAGE, "no_content": 1})
    return list(document.get("item") or []), int(document.get("total_count") or 0)


async def add_draft(line: Line, articles: Sequence[Mapping[str, Any]]) -> str:
    """Make a draft of 1 to 8 articles; return its media id."""
    document = await line.post("cgi-bin/draft/add", {"articles": [dict(article) for article in articles]})
    return str(document.get("media_id", ""))


async def delete_draft(line: Line, media_id: str) -> None:
    """Delete a draft."""
    await line.post("cgi-bin/draft/delete", {"media_id": media_id})


async def publish_draft(line: Line, media_id: str) -> str:
    """Have a draft published (not pushed to anybody); return the number under which PUBLISHJOBFINISH tells the result."""
    document = await line.post("cgi-bin/freepublish/submit", {"media_id": media_id})
    return str(document.get("publish_id", ""))


async def read_publishing(line: Line, publish_id: str) -> PublishState:
    """Return how far a publishing is."""
    return understood(PublishState, await line.post("cgi-bin/freepublish/get", {"publish_id": publish_id}))


async def upload_media(line: Line, *, kind: str, name: str, content: bytes) -> str:
    """Upload a file for three days (image, voice, video, thumb); return its media id."""
    document = await line.upload("cgi-bin/media/upload", name=name, content=content, type=kind)
    return str(document.get("media_id") or document.get("thumb_media_id") or "")


async def add_material(line: Line, *, kind: str, name: str, content: bytes) -> str:
    """Upload a file for good; return its media id."""
    document = await line.upload("cgi-bin/material/add_material", name=name, content=content, type=kind)
    return str(document.get("media_id", ""))


async def upload_article_picture(line: Line, *, name: str, content: bytes) -> str:
    """Upload a picture for the text of an article (JPG or PNG below 1 MB); return its address, the only kind that stays in a text."""
    return str((await line.upload("cgi-bin/media/uploadimg", name=name, content=content)).get("url", ""))


async def send_to_all(line: Line, *, message: Mapping[str, Any], tag_id: int | None, key: str) -> str:
    """Send a mass message to everybody, or to those with a tag; return its number. `key` (at most 64 bytes) makes it once (45065)."""
    target = {"is_to_all": True} if tag_id is None else {"is_to_all": False, "tag_id": tag_id}
    body = {"filter": target, **message, "send_ignore_reprint": 0, "clientmsgid": key}
    return str((await line.post("cgi-bin/message/mass/sendall", body)).get("msg_id", ""))


async def send_to_some(line: Line, *, message: Mapping[str, Any], openids: Sequence[str], key: str) -> str:
    """Send a mass message to 2 to 10,000 followers; return its number."""
    body = {"touser": list(openids), **message, "send_ignore_reprint": 0, "clientmsgid": key}
    return str((await line.post("cgi-bin/message/mass/send", body)).get("msg_id", ""))


async def preview(line: Line, *, message: Mapping[str, Any], openid: str) -> None:
    """Send a mass message to one follower to look at."""
    await line.post("cgi-bin/message/mass/preview", {"touser": openid, **message})
