from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from cove.kernel.http.shapes import NamedId

Id = Annotated[int, Field(ge=1, lt=2**63)]
Kind = Literal["official", "mini"]
Short = Annotated[str, Field(max_length=2100)]


class WechatAccountState(BaseModel):
    """How an account is doing: followers now, people known in all; `problem` says in words what keeps it from working."""

    followers: int
    people: int
    verified_at: datetime | None
    last_callback_at: datetime | None
    last_sync_at: datetime | None
    problem: str | None


class WechatAccountAnswer(BaseModel):
    """An account's settings; secrets are never given back, only whether they are set.

    `page_start_url` and `page_signature_url` are for pages opened in WeChat, `mini_login_url` and `mini_phone_url` for a mini-program.
    """

    id: int
    kind: Kind
    name: str
    app_id: str
    original_id: str
    base_url: str
    sealed_only: bool
    page_origins: list[str]
    domain_file: str
    page_start_url: str
    page_signature_url: str
    mini_login_url: str
    mini_phone_url: str
    secret_set: bool
    callback_url: str
    callback_token_set: bool
    aes_key_set: bool
    state: WechatAccountState


class WechatAccounts(BaseModel):
    items: list[WechatAccountAnswer]


class WechatAccountChange(BaseModel):
    """Secrets are write-only; a secret left out keeps its value."""

    name: str = Field(max_length=60)
    app_id: str = Field(max_length=64)
    original_id: str = Field("", max_length=64)
    base_url: str = Field("", max_length=300)
    sealed_only: bool = True
    page_origins: list[Annotated[str, Field(max_length=300)]] = Field(default_factory=list, max_length=50)
    domain_file: str = Field("", max_length=100)
    secret: str | None = Field(None, max_length=200)
    callback_token: str | None = Field(None, max_length=64)
    aes_key: str | None = Field(None, max_length=64)


class NewWechatAccount(WechatAccountChange):
    kind: Kind


class WechatCheck(BaseModel):
    key: str
    ok: bool
    label: str
    remedy: str


class WechatChecks(BaseModel):
    checks: list[WechatCheck]


class WechatJobStarted(BaseModel):
    job_id: int


class ReplyMessage(BaseModel):
    """One message of a reply; which fields it needs depends on `form`."""

    form: Literal["text", "image", "link", "article", "mini"]
    content: Short = ""
    media_id: Short = ""
    title: Short = ""
    description: Short = ""
    url: Short = ""
    picture: Short = ""
    article_id: Short = ""
    app_id: Short = ""
    path: Short = ""


class WechatReplyChange(BaseModel):
    on: Literal["follow", "keyword", "other"]
    name: str = Field(max_length=60)
    keywords: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=100)
    whole: bool = False
    messages: list[ReplyMessage] = Field(max_length=10)
    active: bool = True


class WechatReplyAnswer(WechatReplyChange):
    id: int


class WechatReplies(BaseModel):
    items: list[WechatReplyAnswer]


class WechatCodeChange(BaseModel):
    name: str = Field(max_length=60)
    tag_ids: list[Id] = Field(default_factory=list, max_length=50)
    messages: list[ReplyMessage] = Field(default_factory=list, max_length=10)


class NewWechatCode(WechatCodeChange):
    """`days` 0 makes a permanent code; without a `scene` it gets one of its own."""

    scene: str = Field("", max_length=100)
    days: int = Field(0, ge=0, le=10_000)


class WechatCodeAnswer(BaseModel):
    """`picture_url` is empty until the platform has made the code; `problem` says in words why it has not."""

    id: int
    name: str
    scene: str
    permanent: bool
    expires_at: datetime | None
    picture_url: str
    problem: str | None
    tag_ids: list[int]
    messages: list[ReplyMessage]
    scans: int
    follows: int
    created_at: datetime


class WechatScanner(BaseModel):
    """Somebody who scanned a code; null for those whom the reader may not see. `followed`: he began to follow by it, at least once."""

    contact: NamedId | None
    scans: int
    followed: bool
    last_at: datetime


class MenuEntry(BaseModel):
    """A button of a menu; which fields it needs depends on `action`."""

    name: str = Field(max_length=100)
    action: str = Field("", max_length=40)
    key: Short = ""
    url: Short = ""
    app_id: Short = ""
    path: Short = ""
    article_id: Short = ""


class MenuButton(MenuEntry):
    below: list[MenuEntry] = Field(default_factory=list, max_length=20)


class WechatMenuChange(BaseModel):
    buttons: list[MenuButton] = Field(max_length=20)


class WechatMenuAnswer(BaseModel):
    """`put_at` is when the platform took the menu; `problem` says in words why it did not."""

    buttons: list[MenuButton]
    put_at: datetime | None
    problem: str | None
