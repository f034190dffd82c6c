"""What a message carries beside its text, as pages show it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class WecomFile(BaseModel):
    """A file for messages; its bytes are at ``/api/files/{id}``."""

    id: int
    name: str
    media_type: str
    size: int


class ShownAttachment(BaseModel):
    """Something in a message beside its text; `file` is null where there is none, or where its time is over."""

    kind: Literal["image", "link", "miniprogram", "video", "file"]
    title: str = ""
    url: str = ""
    description: str = ""
    picture_url: str = ""
    app_id: str = ""
    page: str = ""
    file: WecomFile | None = None
