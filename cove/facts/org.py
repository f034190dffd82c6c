"""What happens in the organisation."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class SignedIn(
    Fact,
    kind="org.signed_in",
    label=Words("成员登录", "Member signed in"),
    caption=Words("从 {device_zh}（{address}）登录", "Signed in from {device_zh} ({address})"),
):
    """A member signed in. `new_device`: not his first browser, and not one that he used before. `way`: password, wecom, invitation."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    session_id: int
    way: str
    new_device: bool
    device_zh: str
    device_en: str
    address: str
    source: str = "console"


class PasswordChanged(
    Fact,
    kind="org.password_changed",
    label=Words("成员修改密码", "Member's password changed"),
):
    """A member's password was changed by himself, or by a link that was mailed to him (`way`: account, reset)."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    way: str
    source: str = "console"


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
