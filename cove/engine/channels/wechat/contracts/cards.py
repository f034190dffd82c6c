from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_BASE_URL = "https://api.weixin.qq.com"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to call the platform for one account. Its text form shows no secret."""

    tenant_id: int
    account_id: int
    base_url: str
    app_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageSignature:
    """What a page gives to `wx.config` (document of the JS-SDK, appendix 1)."""

    app_id: str
    timestamp: int
    nonce: str
    signature: str


@dataclass(frozen=True, slots=True)
class FollowerCard:
    """Somebody as an account knows him; `contact_id` is None until the platform has said who he is."""

    account_id: int
    openid: str
    contact_id: int | None
    following: bool


@dataclass(frozen=True, slots=True)
class TemplateNotice:
    """A template message or subscription notice: `data` by the template's fields, `link` the address or page it opens.

    `cause` and `subject` are as in `cove.facts.messages`.
    """

    template_id: str
    data: Mapping[str, str]
    link: str = ""
    cause: str = ""
    subject: str = ""
