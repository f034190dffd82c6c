"""What becomes of messages to and from people, the same for every channel: a report or a rule need not know by which way one went."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

_MESSAGE = frozenset({"channel", "cause", "subject"})

Form = Literal[
    "text",
    "image",
    "voice",
    "video",
    "file",
    "location",
    "link",
    "menu",
    "miniprogram",
    "business_card",
    "channels",
    "product",
    "order",
    "history",
    "other",
]
"""What kind of thing a message is; in words in `FORMS`."""


class Message(BaseModel):
    """Which message it was.

    `channel` is one of `cove.directory.privacy.contracts.CHANNELS`, `source` whoever told us (a key of the timeline's SOURCES).
    `message_key` names this one message to this one person, by default the key of its delivery; everything that is heard of it later
    carries the same. `cause` is what it was sent for, as ``noun:number`` (``campaign:12``), empty for a single message; results are
    counted by it. `subject` is what a member calls it: a subject line, a template's name; never what was said to the person alone.
    `member_id` is in whose name it went out, or who was written to.
    """

    contact_id: int | None = None
    member_id: int | None = None
    source: str
    channel: str
    message_key: str
    cause: str = ""
    subject: str = ""


class MessageSent(
    Message,
    Fact,
    kind="messages.message_sent",
    label=Words("发送消息", "Message sent"),
    caption=Words(
        "已发送{channel_here}{form_here}{subject_here}{text_here}",
        "Sent by {channel_here}{form_here}{subject_here}{text_here}",
    ),
):
    """The platform took the message. Not `confirmed`: its answer was lost, and what it said later makes it likely.

    `text` is what was said to this person alone in a conversation, or the title or name of what was sent there as another `form`; it is
    empty for a message that many get.
    """

    impersonal: ClassVar[frozenset[str]] = _MESSAGE

    confirmed: bool = True
    form: Form = "text"
    text: str = ""


class MessageDelivered(
    Message,
    Fact,
    kind="messages.message_delivered",
    label=Words("消息送达", "Message delivered"),
    caption=Words("{channel_here}已送达{subject_here}", "Arrived by {channel_here}{subject_here}"),
):
    """The platform, or the person's own server, said that it arrived with him."""

    impersonal: ClassVar[frozenset[str]] = _MESSAGE


class MessageFailed(
    Message,
    Fact,
    kind="messages.message_failed",
    label=Words("消息未送达", "Message not delivered"),
    caption=Words(
        "{channel_here}未能送达（{reason_here}）{subject_here}",
        "Not delivered by {channel_here} ({reason_here}){subject_here}",
    ),
):
    """It did not go out or did not arrive. `reason` is a code of `cove.facts.delivery.REASONS`, `errcode` the platform's own, as text."""

    impersonal: ClassVar[frozenset[str]] = _MESSAGE | {"reason", "errcode"}

    reason: str
    errcode: str = ""


class MessageOpened(
    Message,
    Fact,
    kind="messages.message_opened",
    label=Words("打开消息", "Message opened"),
    caption=Words("打开{channel_here}{subject_here}", "Opened by {channel_here}{subject_here}"),
):
    """Its pictures were fetched, or the platform says that it was read. `suspicion` as in `cove.facts.tracking`: many fetch by machine."""

    impersonal: ClassVar[frozenset[str]] = _MESSAGE | {"suspicion_reasons"}

    user_agent: str = ""
    address: str = ""
    suspicion: int = 0
    suspicion_reasons: list[str] = []


class MessageLinkFollowed(
    Message,
    Fact,
    kind="messages.message_link_followed",
    label=Words("点击消息中的链接", "Link in a message followed"),
    caption=Words(
        "点击{channel_here}中的链接 {url}{subject_here}",
        "Followed a link to {url} received by {channel_here}{subject_here}",
    ),
):
    """A link of the message that is none of the tracked links (`cove.facts.links`) was followed."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _MESSAGE | {"url", "suspicion_reasons"}

    url: str
    user_agent: str = ""
    address: str = ""
    suspicion: int = 0
    suspicion_reasons: list[str] = []


class MessageBounced(
    Message,
    Fact,
    kind="messages.message_bounced",
    label=Words("消息被退回", "Message bounced"),
    caption=Words(
        "{channel_here}被退回（{reason_here}）{subject_here}", "Bounced by {channel_here} ({reason_here}){subject_here}"
    ),
):
    """The other side sent it back. `hard`: the address is of no use; `soft`: it may work another time. `detail` is what it said."""

    impersonal: ClassVar[frozenset[str]] = _MESSAGE | {"reason", "errcode"}

    hardness: Literal["hard", "soft"]
    reason: str
    errcode: str = ""
    detail: str = ""


class MessageComplained(
    Message,
    Fact,
    kind="messages.message_complained",
    label=Words("投诉消息", "Message complained of"),
    caption=Words(
        "把{channel_here}标记为骚扰{subject_here}", "Called it spam, received by {channel_here}{subject_here}"
    ),
):
    """The person told the platform that he did not want it."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _MESSAGE


class MessageReceived(
    Message,
    Fact,
    kind="messages.message_received",
    label=Words("收到消息", "Message received"),
    caption=Words("通过{channel_here}发来{form_here}{text_here}", "Sent {form_here} by {channel_here}{text_here}"),
):
    """The person wrote to us, or sent something: `form` says what.

    `text` is what it says: words, or the title or name of what was sent, empty for a picture. `target` is what it leads to, if to anything:
    an address, an app id and page of a mini-program, "latitude,longitude" of a place, a member's userid. `media_id` is what the platform
    calls the file, for as long as it keeps it. `native` is what the platform calls the form where it is none of ours (`other`).
    `reply_to` is the key of the message he answers, if known.
    """

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"channel", "cause", "native"})

    form: Form = "text"
    text: str = ""
    target: str = ""
    media_id: str = ""
    native: str = ""
    reply_to: str = ""


FORMS: dict[str, Words] = {
    "text": Words("消息", "a message"),
    "image": Words("图片", "a picture"),
    "voice": Words("语音", "a voice message"),
    "video": Words("视频", "a video"),
    "file": Words("文件", "a file"),
    "location": Words("位置", "a location"),
    "link": Words("链接", "a link"),
    "menu": Words("菜单回复", "a menu reply"),
    "miniprogram": Words("小程序", "a mini-program"),
    "business_card": Words("名片", "a business card"),
    "channels": Words("视频号内容", "something from Channels"),
    "product": Words("商品", "a product"),
    "order": Words("订单", "an order"),
    "history": Words("聊天记录", "a chat history"),
    "other": Words("其他类型的消息", "a message of another kind"),
}
"""What the forms of messages are called."""
