"""What happens in the organisation."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class NoticeDue(
    Fact,
    kind="org.notice_due",
    label=Words("通知待发送", "Notice due"),
):
    """Notices are to leave by `way` now. `sending_ids` are of one kind and one language, and make one message to each member."""

    on_timeline: ClassVar[bool] = False

    source: str = "org"
    way: Literal["wecom"]
    sending_ids: list[int]
