"""What happens in the organisation."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class MemberDeactivated(
    Fact,
    kind="org.member_deactivated",
    label=Words("员工停用", "Member deactivated"),
    caption=Words("{member_name} 已停用", "{member_name} was deactivated"),
):
    """A member may no longer sign in; what he owns waits to be handed over. `by` says whether a member did it or the outside directory."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    member_name: str
    by: Literal["console", "directory"]


class MemberReactivated(
    Fact,
    kind="org.member_reactivated",
    label=Words("员工恢复", "Member reactivated"),
    caption=Words("{member_name} 已恢复", "{member_name} is active again"),
):
    on_timeline: ClassVar[bool] = False

    member_id: int
    member_name: str
    by: Literal["console", "directory"]


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
