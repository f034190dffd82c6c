"""What is said to a provider and what it says, whichever provider it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cove.kernel.words import Words

Provider = Literal["aliyun", "tencent"]
Purpose = Literal["code", "notice", "marketing"]
Approval = Literal["waiting", "approved", "refused"]

PROVIDERS: dict[Provider, Words] = {
    "aliyun": Words("阿里云短信", "Aliyun SMS"),
    "tencent": Words("腾讯云短信", "Tencent Cloud SMS"),
}
BASE_URLS: dict[Provider, str] = {
    "aliyun": "https://dysmsapi.aliyuncs.com",
    "tencent": "https://sms.tencentcloudapi.com",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to call a provider. `app_id` is Tencent's SmsSdkAppId. Its text form shows no secret."""

    tenant_id: int
    account_id: int
    provider: Provider
    base_url: str
    key_id: str
    app_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """One message to one number. `values` are the template's variables in the order in which they stand in it.

    `mark` comes back with the receipt where the provider knows such a thing. `alone`: it is in a hurry, and goes out by a call of its own.
    """

    phone: str
    signature: str
    template_code: str
    values: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be said: a template by its id, under a signature, with its variables by name."""

    template_id: int
    signature_id: int
    values: Mapping[str, str]


def message_key(message_id: int) -> str:
    """Return the name by which everything that is heard of a message is told."""
    return f"sms:{message_id}"


@dataclass(frozen=True, slots=True)
class PlatformTemplate:
    """A template as the provider has it; `reason` is why it refused it."""

    code: str
    name: str
    content: str
    purpose: Purpose
    approval: Approval
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlatformSignature:
    """A signature as the provider has it; `code` is its number there, where there is one."""

    name: str
    code: str
    approval: Approval
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message: `arrived` with the person's phone or not, with the provider's own code."""

    serial: str
    phone: str
    arrived: bool
    code: str
    at: datetime | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered. `number` is the provider's for this answer, where it gives one."""

    phone: str
    text: str
    at: datetime | None
    signature: str = ""
    number: str = ""
