"""What happens in the organisation. None of it is about a contact, so none of it is on a timeline."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

Source = Literal["console", "import", "wecom"]


class MemberJoined(
    Fact,
    kind="org.member_joined",
    label=Words("成员加入", "Member joined"),
    caption=Words("{member_name} 加入了企业", "{member_name} joined the company"),
):
    """Somebody became a member, or came back after he had been deactivated (`returned`)."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    member_name: str
    source: Source
    returned: bool = False


class MemberDeactivated(
    Fact,
    kind="org.member_deactivated",
    label=Words("成员停用", "Member deactivated"),
    caption=Words("{member_name} 已停用", "{member_name} was deactivated"),
):
    """A member can no longer sign in: he resigned (wecom), or somebody deactivated him. What he owned waits for a hand-over."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    member_name: str
    source: Source


class DepartmentMoved(
    Fact,
    kind="org.department_moved",
    label=Words("部门调整", "Department moved"),
    caption=Words("部门「{name}」调整到新的上级部门", "The department “{name}” has another parent"),
):
    """A department with all below it hangs under another one (None: at the top); whose data scopes cover what has changed with it."""

    on_timeline: ClassVar[bool] = False

    department_id: int
    name: str
    from_id: int | None
    to_id: int | None
    source: Source


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


class MemberHandedOver(
    Fact,
    kind="org.member_handed_over",
    label=Words("完成交接", "Handed over"),
    caption=Words("{member_name} 名下 {count} 项已完成交接", "{count} things of {member_name} were handed over"),
):
    """A transfer from one member to others came to its end; each thing has a fact of its own where its module tells one."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    member_name: str
    change_set_id: int
    successor_ids: list[int]
    count: int


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
