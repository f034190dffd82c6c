"""What befalls channels."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class ChannelBroke(
    Fact,
    kind="doctor.channel_broke",
    label=Words("渠道异常", "A channel broke"),
):
    """A check found broken what was well before; `check` is ``channel.what_is_asked``, `reason` what it said."""

    on_timeline: ClassVar[bool] = False

    source: str = "doctor"
    channel: str
    check: str
    reason: str


class ChannelHealed(
    Fact,
    kind="doctor.channel_healed",
    label=Words("渠道恢复", "A channel works again"),
):
    """What was broken is so no more."""

    on_timeline: ClassVar[bool] = False

    source: str = "doctor"
    channel: str
    check: str
