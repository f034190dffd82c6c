from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from cove.engine.channels.wechat.schemas.settings import Id, MenuButton


class WechatTagChange(BaseModel):
    name: str = Field(max_length=100)


class WechatTagAnswer(BaseModel):
    """A tag of the platform; `people` had it when it was last read. `problem` says in words what the platform refused."""

    id: int
    name: str
    people: int
    state: Literal["making", "ready", "leaving", "failed"]
    problem: str | None


class WechatTags(BaseModel):
    items: list[WechatTagAnswer]
    most: int


class WechatTagTarget(BaseModel):
    """On whom: followers with one of our tags, or named contacts."""

    kind: Literal["tag", "contacts"]
    tag_id: Id | None = None
    contact_ids: list[Id] = Field(default_factory=list, max_length=500)


class WechatTagging(BaseModel):
    """`put`: true puts the tag on, false takes it off."""

    put: bool = True
    target: WechatTagTarget


class WechatTagged(BaseModel):
    """How many followers are concerned; those who have it already are not counted."""

    people: int


class WechatSpecialMenuChange(BaseModel):
    """A menu for the followers with a tag, or with a kind of phone: 1 iOS, 2 Android, 3 others, or both."""

    name: str = Field(max_length=60)
    wechat_tag_id: Id | None = None
    platform: Annotated[str, Field(max_length=10)] = ""
    buttons: list[MenuButton] = Field(max_length=20)


class WechatSpecialMenuAnswer(BaseModel):
    """`put_at` is when the platform took it; `problem` says in words why it did not. `tag_name` is empty without a tag."""

    id: int
    name: str
    wechat_tag_id: int | None
    tag_name: str
    platform: str
    buttons: list[MenuButton]
    put_at: datetime | None
    leaving: bool
    problem: str | None


class WechatSpecialMenus(BaseModel):
    items: list[WechatSpecialMenuAnswer]
