"""What happens in conversations of WeChat customer service besides messages (document 94670, events)."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

_NAMES = frozenset({"account_name", "member_name", "way_name", "native"})


class TalkOpened(
    Fact,
    kind="wecom_support.talk_opened",
    label=Words("打开微信客服", "Customer service opened"),
    caption=Words(
        "打开微信客服「{account_name}」{through_here}", "Opened customer service “{account_name}”{through_here}"
    ),
):
    """A customer opened a conversation with an account; he need not have written.

    `way_name` is the scene of the address by which he came, or the Channels account or shop that led him there; empty where nobody says.
    """

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _NAMES

    contact_id: int
    source: str = "wecom"
    account_name: str
    way_name: str = ""


class TalkTaken(
    Fact,
    kind="wecom_support.talk_taken",
    label=Words("接待客服会话", "Customer service taken over"),
    caption=Words("{member_name} 接待微信客服会话", "{member_name} took the conversation with customer service"),
):
    """A member has a conversation now: from the pool, from a colleague, or opened again."""

    impersonal: ClassVar[frozenset[str]] = _NAMES

    contact_id: int
    member_id: int | None = None
    source: str = "wecom"
    account_name: str
    member_name: str = ""
    way: Literal["pool", "colleague", "opened_again"]


class TalkEnded(
    Fact,
    kind="wecom_support.talk_ended",
    label=Words("客服会话结束", "Customer service ended"),
    caption=Words("微信客服会话结束", "The conversation with customer service ended"),
):
    """A conversation ended; `member_id` had it."""

    impersonal: ClassVar[frozenset[str]] = _NAMES

    contact_id: int
    member_id: int | None = None
    source: str = "wecom"
    account_name: str


class MessageRecalled(
    Fact,
    kind="wecom_support.message_recalled",
    label=Words("撤回消息", "Message taken back"),
    caption=Words("微信客服会话中撤回了一条消息", "A message to or from customer service was taken back"),
):
    """The customer, or the member who answers him, took a message back; `message_key` is the one of the message."""

    impersonal: ClassVar[frozenset[str]] = _NAMES

    contact_id: int
    member_id: int | None = None
    source: str = "wecom"
    message_key: str
    by: Literal["customer", "member"]


class EventHeard(
    Fact,
    kind="wecom_support.event_heard",
    label=Words("微信客服事件", "Customer service event"),
    caption=Words("微信客服会话事件：{native}", "Something happened in customer service: {native}"),
):
    """Something else happened in a conversation; `native` is the platform's word for it."""

    impersonal: ClassVar[frozenset[str]] = _NAMES

    contact_id: int
    member_id: int | None = None
    source: str = "wecom"
    native: str
