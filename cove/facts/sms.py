"""What text message providers tell us. What becomes of messages is in `messages`."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from cove.kernel.log.fact import Fact, Holds
from cove.kernel.words import Words


class CallbackAccepted(
    Fact,
    kind="sms.callback_accepted",
    label=Words("短信回执推送", "Text message receipts"),
):
    """A provider pushed receipts or answers; `items` are its own documents, untouched."""

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"what"})

    source: str = "sms"
    account_id: int
    what: Literal["receipts", "replies"]
    items: list[dict[str, Any]]


class RefusedByReply(
    Fact,
    kind="sms.refused_by_reply",
    label=Words("回复退订短信", "Unsubscribed by answering"),
    caption=Words("回复「{text}」退订短信", "Unsubscribed from text messages by answering “{text}”"),
):
    """Somebody answered R, TD or 退订: he gets no more text messages that advertise."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"text"})

    contact_id: int
    source: str = "sms"
    text: str


class CallbackRefused(
    Fact,
    kind="sms.callback_refused",
    label=Words("短信回执推送无法识别", "Receipts that cannot be read"),
):
    """Something came to the address for receipts that is none; told once in ten minutes."""

    on_timeline: ClassVar[bool] = False
    sensitive: ClassVar[dict[str, Holds]] = {}

    source: str = "sms"
    account_id: int
    reason: Literal["bad_body", "too_large"]
