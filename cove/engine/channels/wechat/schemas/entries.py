from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

Form = Literal["code", "link", "scheme"]


class NewWechatEntry(BaseModel):
    """A code (`said`: its scene), an address or a ``weixin://`` one (`said`: the page's query) for `days` (1 to 30)."""

    name: str = Field(max_length=60)
    form: Form
    page: str = Field("", max_length=1100)
    said: str = Field("", max_length=1100)
    days: int = Field(30, ge=0, le=10_000)


class WechatEntryAnswer(BaseModel):
    """`picture_url` (of codes) and `address` are empty until the platform has made it; `problem` says in words why it has not."""

    id: int
    name: str
    form: Form
    page: str
    said: str
    days: int
    state: Literal["making", "ready", "over", "failed"]
    picture_url: str
    address: str
    ends_at: datetime | None
    problem: str | None
    created_at: datetime
