"""What became of messages and other outward acts."""

from __future__ import annotations

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class WelcomeSent(
    Fact,
    kind="delivery.welcome_sent",
    label=Words("发送欢迎语", "Welcome sent"),
    caption=Words("{member_name} 的欢迎语已送达：{text}", "Welcome from {member_name}: {text}"),
):
    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    text: str


class WelcomeMissed(
    Fact,
    kind="delivery.welcome_missed",
    label=Words("欢迎语未发出", "Welcome missed"),
    caption=Words("欢迎语未能发出：{reason_here}", "The welcome could not be sent: {reason_here}"),
):
    """The welcome did not go out; `reason` is a code of the delivery (``expired``, ``already_chatting``, ``refused`` …)."""

    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    reason: str
    errcode: int | None = None
