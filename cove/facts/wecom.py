"""What happens on WeCom between members and customers."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from cove.kernel.log.fact import Fact, Holds
from cove.kernel.words import Words


class CallbackAccepted(
    Fact,
    kind="wecom.callback_accepted",
    label=Words("企业微信回调", "WeCom callback"),
):
    """A callback was verified, decrypted and found to be new; `event` is its XML as a flat document, untouched."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    channel_id: int
    event: dict[str, Any]


class FriendAdded(
    Fact,
    kind="wecom.friend_added",
    label=Words("添加好友", "Friend added"),
    caption=Words(
        "添加 {member_name} 为企业微信好友{through_here}", "Added {member_name} as a WeCom friend{through_here}"
    ),
):
    """A customer and a member became friends (change_external_contact / add_external_contact, add_half_external_contact).

    `way_name` is what the company calls the acquisition link by which he came, empty for other ways; `state` is the platform's word of it.
    """

    shows_presence: ClassVar[bool] = True
    sensitive: ClassVar[dict[str, Holds]] = {"external_userid": Holds("people.wechat_id")}
    impersonal: ClassVar[frozenset[str]] = frozenset({"member_name", "way_name"})

    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    external_userid: str
    userid: str
    state: str = ""
    way_name: str = ""
    welcome_code: str = ""
    new_contact: bool = True


class FriendRemoved(
    Fact,
    kind="wecom.friend_removed",
    label=Words("流失", "Friend lost"),
    caption=Words("与 {member_name} 解除好友关系", "No longer a friend of {member_name}"),
):
    """The friendship ended; `by` says who ended it (del_follow_user: the customer; del_external_contact: the member).

    ``unknown``: nobody told us, the platform's list of customers no longer had it.
    """

    impersonal: ClassVar[frozenset[str]] = frozenset({"member_name"})

    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    by: Literal["customer", "member", "transfer", "unknown"]


class FriendConfirmed(
    Fact,
    kind="wecom.friend_confirmed",
    label=Words("好友已确认", "Friend confirmed"),
):
    """A friendship that was begun before (add_half_external_contact, without a welcome code) now brought its welcome code."""

    on_timeline: ClassVar[bool] = False
    sensitive: ClassVar[dict[str, Holds]] = {"external_userid": Holds("people.wechat_id")}
    impersonal: ClassVar[frozenset[str]] = frozenset({"member_name"})

    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    external_userid: str
    userid: str
    state: str = ""
    welcome_code: str


class CallbackVerified(
    Fact,
    kind="wecom.callback_verified",
    label=Words("企业微信回调地址验证", "WeCom callback address verified"),
):
    """WeCom asked whether the callback address is ours (GET with echostr) and got the right answer."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    channel_id: int


class ContactWayMade(
    Fact,
    kind="wecom.contact_way_made",
    label=Words("联系我二维码已生成", "Contact way made"),
):
    """The contact way asked for under `key` exists on the platform (document 92228); `qr_url` is its picture."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    key: str
    config_id: str
    qr_url: str
    state: str
    userids: list[str]


class ContactWayFailed(
    Fact,
    kind="wecom.contact_way_failed",
    label=Words("联系我二维码生成失败", "Contact way failed"),
    caption=Words("联系我二维码生成失败：{reason_here}", "The contact way could not be made: {reason_here}"),
):
    """The contact way asked for under `key` could not be made; `reason` is a code of `cove.facts.delivery.REASONS`."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    key: str
    state: str
    reason: str
    errcode: int | None = None


class CallbackRefused(
    Fact,
    kind="wecom.callback_refused",
    label=Words("企业微信回调被拒绝", "WeCom callback refused"),
):
    """Callbacks came that we cannot take; `reason` says why. Told once in ten minutes for each reason, however many came."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    channel_id: int
    reason: Literal["bad_signature", "bad_cipher", "wrong_corp", "wrong_agent", "stale", "not_encrypted"]


class ChannelFailed(
    Fact,
    kind="wecom.channel_failed",
    label=Words("企业微信调用失败", "WeCom refuses our calls"),
):
    """The platform refuses whatever we ask; `reason` is a code of `cove.facts.delivery.REASONS`. Told once an hour for each reason."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    channel_id: int
    reason: str
    errcode: int | None = None


class GroupMade(
    Fact,
    kind="wecom.group_made",
    label=Words("新建客户群", "Customer group made"),
    caption=Words("新建客户群 {group_name}", "Customer group {group_name} made"),
):
    """A customer group was made (change_external_chat / create), or was found on the platform."""

    on_timeline: ClassVar[bool] = False

    member_id: int | None = None
    source: str = "wecom"
    group_id: int
    group_name: str


class GroupChanged(
    Fact,
    kind="wecom.group_changed",
    label=Words("客户群变更", "Customer group changed"),
    caption=Words("客户群 {group_name} 变更", "Customer group {group_name} changed"),
):
    """Name, notice or owner of a group changed; `fields` are those of name, notice and owner that did."""

    on_timeline: ClassVar[bool] = False

    member_id: int | None = None
    source: str = "wecom"
    group_id: int
    group_name: str
    fields: list[str]


class GroupDismissed(
    Fact,
    kind="wecom.group_dismissed",
    label=Words("客户群解散", "Customer group dismissed"),
    caption=Words("客户群 {group_name} 解散", "Customer group {group_name} was dismissed"),
):
    on_timeline: ClassVar[bool] = False

    member_id: int | None = None
    source: str = "wecom"
    group_id: int
    group_name: str


class GroupJoined(
    Fact,
    kind="wecom.group_joined",
    label=Words("加入客户群", "Group joined"),
    caption=Words("加入客户群 {group_name}{through_here}", "Joined the group {group_name}{through_here}"),
):
    """Somebody from outside is in a group. `way`: 1 invited, 2 by a link, 3 by a code, whose `state` it is and `way_name` what we call it.

    `contact_id` is None for somebody whom nobody of ours has as a friend.
    """

    shows_presence: ClassVar[bool] = True
    sensitive: ClassVar[dict[str, Holds]] = {"external_userid": Holds("people.wechat_id")}
    impersonal: ClassVar[frozenset[str]] = frozenset({"group_name", "state", "way_name"})

    contact_id: int | None = None
    member_id: int | None = None
    source: str = "wecom"
    group_id: int
    group_name: str
    external_userid: str
    way: int = 0
    state: str = ""
    way_name: str = ""


class GroupLeft(
    Fact,
    kind="wecom.group_left",
    label=Words("退出客户群", "Group left"),
    caption=Words("退出客户群 {group_name}", "Left the group {group_name}"),
):
    """Somebody from outside is no longer in a group. `removed`: a member put him out; None: nobody told us."""

    sensitive: ClassVar[dict[str, Holds]] = {"external_userid": Holds("people.wechat_id")}
    impersonal: ClassVar[frozenset[str]] = frozenset({"group_name"})

    contact_id: int | None = None
    member_id: int | None = None
    source: str = "wecom"
    group_id: int
    group_name: str
    external_userid: str
    removed: bool | None = None


class TransferFailed(
    Fact,
    kind="wecom.transfer_failed",
    label=Words("客户继承失败", "Transfer failed"),
    caption=Words("企业微信继承未完成（{reason_here}）", "The transfer on WeCom was not done ({reason_here})"),
):
    """A customer who was handed over here did not move on the platform; `reason` is a code of `cove.facts.delivery.REASONS`."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"reason"})

    contact_id: int
    member_id: int
    source: str = "wecom"
    from_id: int
    reason: str
    errcode: int | None = None


class JoinWayMade(
    Fact,
    kind="wecom.join_way_made",
    label=Words("群活码已生成", "Group code made"),
):
    """The code asked for under `key`, which leads into groups, exists (document 92229); `qr_url` is its picture."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    key: str
    config_id: str
    qr_url: str
    state: str
    chat_ids: list[str]


class JoinWayFailed(
    Fact,
    kind="wecom.join_way_failed",
    label=Words("群活码生成失败", "Group code failed"),
    caption=Words("群活码生成失败：{reason_here}", "The group code could not be made: {reason_here}"),
):
    """The code asked for under `key` could not be made; `reason` is a code of `cove.facts.delivery.REASONS`."""

    on_timeline: ClassVar[bool] = False

    source: str = "wecom"
    key: str
    reason: str
    errcode: int | None = None


class MomentPublished(
    Fact,
    kind="wecom.moment_published",
    label=Words("发表朋友圈", "Moment published"),
    caption=Words("发表企业朋友圈 {subject}", "Published the moment {subject}"),
):
    """A member published a moment of the company's."""

    on_timeline: ClassVar[bool] = False

    member_id: int | None = None
    source: str = "wecom"
    moment_id: int
    subject: str


class MomentLiked(
    Fact,
    kind="wecom.moment_liked",
    label=Words("点赞朋友圈", "Moment liked"),
    caption=Words("点赞了企业朋友圈{subject_here}", "Liked a moment of the company{subject_here}"),
):
    """A customer liked a moment that a member had published."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"subject"})

    contact_id: int
    member_id: int | None = None
    source: str = "wecom"
    moment_id: int
    subject: str


class MomentCommented(
    Fact,
    kind="wecom.moment_commented",
    label=Words("评论朋友圈", "Moment commented on"),
    caption=Words("评论了企业朋友圈{subject_here}", "Commented on a moment of the company{subject_here}"),
):
    """A customer commented on a moment that a member had published; the platform does not tell the words."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"subject"})

    contact_id: int
    member_id: int | None = None
    source: str = "wecom"
    moment_id: int
    subject: str
