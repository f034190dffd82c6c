"""What a mass message may be, and to whom it may go.

A message is {"form": "text", "content": …} or {"form": "draft", "media_id": …}; a target is {"kind": "all"}: all who
follow, or {"kind": "tag"} with the `tag_id` of one of our tags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cove.kernel.words import Words

LONGEST_TEXT = 2048
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a mass message would reach: `contact_ids`, and by reason how many it would not. `found` is all of them."""

    found: int = 0
    contact_ids: tuple[int, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)


def fault_of(message: Mapping[str, Any]) -> Words | None:
    """Return what is wrong with a message, None if nothing is."""
    content = str(message.get("content") or "").strip()
    if message.get("form") == "draft":
        return None if message.get("media_id") else Words("请选择图文草稿", "Choose a draft")
    if not content:
        return Words("请填写文字内容", "Fill in the text")
    if len(content.encode()) > LONGEST_TEXT:
        return Words("文字最多 2048 字节（约 680 个汉字）", "A text has at most 2,048 bytes")
    return None


def on_the_wire(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return the platform's form of a message."""
    if message["form"] == "draft":
        return {"msgtype": "mpnews", "mpnews": {"media_id": message["media_id"]}}
    return {"msgtype": "text", "text": {"content": message["content"]}}
