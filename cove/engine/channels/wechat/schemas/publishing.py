from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from cove.engine.channels.wechat.schemas.settings import Id


class WechatArticle(BaseModel):
    """`url` shows a draft for some days, and is empty where the platform gives none."""

    title: str
    author: str
    digest: str
    url: str


class WechatDraftAnswer(BaseModel):
    """A draft as last read; `problem` says in words why it could not be published."""

    id: int
    articles: list[WechatArticle]
    updated_at: datetime
    state: Literal["draft", "publishing", "published", "failed"]
    published_at: datetime | None
    article_url: str
    problem: str | None


class WechatMassMessage(BaseModel):
    """What is said: a text, or one of the account's drafts."""

    form: Literal["text", "draft"]
    content: str = Field("", max_length=2100)
    draft_id: Id | None = None


class WechatMassTarget(BaseModel):
    """To whom: all who follow, or those with one of our tags."""

    kind: Literal["all", "tag"]
    tag_id: Id | None = None


class WechatReachAsked(BaseModel):
    target: WechatMassTarget


class WechatHeld(BaseModel):
    """How many are left out, and why, in words."""

    reason: str
    text: str
    count: int


class WechatReach(BaseModel):
    """Whom a mass message would reach now. `calls` are the platform's calls it needs, of which `calls_a_minute` are allowed."""

    found: int
    reached: int
    held: list[WechatHeld]
    calls: int
    calls_a_minute: int
    most_a_month: int


class NewWechatMass(BaseModel):
    name: str = Field(max_length=60)
    message: WechatMassMessage
    target: WechatMassTarget


class WechatMassTest(BaseModel):
    message: WechatMassMessage
    contact_id: Id


class WechatMassAnswer(BaseModel):
    """`people` were meant to get it, `held` left out when it was ordered; `sent` and `failed` grow as the platform tells."""

    id: int
    name: str
    form: Literal["text", "draft"]
    text: str
    target: str
    people: int
    held: int
    sent: int
    failed: int
    state: Literal["waiting", "sent", "done", "failed"]
    problem: str | None
    created_at: datetime


class WechatTemplateAnswer(BaseModel):
    """A template as last read; `fields` are what a message fills in."""

    id: int
    form: Literal["template", "subscription"]
    title: str
    content: str
    example: str
    fields: list[str]


class WechatTemplates(BaseModel):
    items: list[WechatTemplateAnswer]


class WechatTemplateTest(BaseModel):
    contact_id: Id
    data: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]] = Field(max_length=30)
    link: str = Field("", max_length=1000)
