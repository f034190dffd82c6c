"""What happens on WeChat between an official account or a mini-program of the company and those who follow or use it."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from cove.kernel.log.fact import Fact, Holds
from cove.kernel.words import Words

_OPENID: dict[str, Holds] = {"openid": Holds("people.wechat_id")}


class CallbackAccepted(
    Fact,
    kind="wechat.callback_accepted",
    label=Words("微信回调", "WeChat callback"),
):
    """A callback was verified, decrypted where it was sealed, and found to be new; `event` is its document, untouched."""

    on_timeline: ClassVar[bool] = False

    source: str = "official_account"
    account_id: int
    event: dict[str, Any]


class CallbackVerified(
    Fact,
    kind="wechat.callback_verified",
    label=Words("微信回调地址验证", "WeChat callback address verified"),
):
    """WeChat asked whether the callback address is ours (GET with echostr) and got the right answer."""

    on_timeline: ClassVar[bool] = False

    source: str = "official_account"
    account_id: int


class CallbackRefused(
    Fact,
    kind="wechat.callback_refused",
    label=Words("微信回调被拒绝", "WeChat callback refused"),
):
    """Callbacks came that we cannot take; `reason` says why. Told once in ten minutes for each reason, however many came."""

    on_timeline: ClassVar[bool] = False

    source: str = "official_account"
    account_id: int
    reason: Literal["bad_signature", "bad_cipher", "wrong_app", "stale", "not_encrypted"]


class AccountFailed(
    Fact,
    kind="wechat.account_failed",
    label=Words("微信拒绝调用", "WeChat refuses our calls"),
):
    """The platform refuses whatever we ask; `reason` is a code of `cove.facts.delivery.REASONS`. Told once an hour for each reason."""

    on_timeline: ClassVar[bool] = False

    source: str = "official_account"
    account_id: int
    account_name: str
    reason: str
    errcode: int | None = None


class AccountFollowed(
    Fact,
    kind="wechat.account_followed",
    label=Words("关注公众号", "Official account followed"),
    caption=Words("关注公众号「{account_name}」", "Followed the official account “{account_name}”"),
):
    """Somebody follows an official account. `scene` is the platform's subscribe_scene, `code_name` our code that led him there.

    `again`: he followed before. `told_late`: no callback told it, it was found in the platform's list.
    """

    shows_presence: ClassVar[bool] = True
    sensitive: ClassVar[dict[str, Holds]] = _OPENID
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name", "scene", "code_name"})

    contact_id: int
    source: str = "official_account"
    account_id: int
    account_name: str
    openid: str
    scene: str = ""
    code_id: int | None = None
    code_name: str = ""
    new_contact: bool = True
    again: bool = False
    told_late: bool = False


class AccountUnfollowed(
    Fact,
    kind="wechat.account_unfollowed",
    label=Words("取消关注公众号", "Official account unfollowed"),
    caption=Words("取消关注公众号「{account_name}」", "Stopped following the official account “{account_name}”"),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name"})

    contact_id: int
    source: str = "official_account"
    account_id: int
    account_name: str


class CodeScanned(
    Fact,
    kind="wechat.code_scanned",
    label=Words("扫描公众号二维码", "Official account code scanned"),
    caption=Words(
        "扫描公众号「{account_name}」的二维码 {code_name}", "Scanned the code {code_name} of “{account_name}”"
    ),
):
    """A follower scanned one of the account's codes; whoever scans and only then follows is told by `AccountFollowed` as well."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name", "code_name"})

    contact_id: int
    source: str = "official_account"
    account_id: int
    account_name: str
    code_id: int | None = None
    code_name: str


class MenuUsed(
    Fact,
    kind="wechat.menu_used",
    label=Words("点击公众号菜单", "Official account menu used"),
    caption=Words("点击公众号「{account_name}」的菜单：{entry}", "Used the menu of “{account_name}”: {entry}"),
):
    """A follower used the menu: `entry` is the key of a button, an address or a path of a mini-program, as `action` says."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name", "entry", "action"})

    contact_id: int
    source: str = "official_account"
    account_id: int
    account_name: str
    action: str
    entry: str


class SubscriptionChosen(
    Fact,
    kind="wechat.subscription_chosen",
    label=Words("订阅通知选择", "Subscription notice chosen"),
    caption=Words("对订阅通知「{template_title}」选择：{choice}", "Chose for the notice “{template_title}”: {choice}"),
):
    """He was asked for a subscription notice and said `accept` or `reject`; each yes allows one message."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"template_id", "template_title", "choice"})

    contact_id: int
    source: str = "official_account"
    account_id: int
    template_id: str
    template_title: str
    choice: Literal["accept", "reject"]


class MiniProgramOpened(
    Fact,
    kind="wechat.mini_program_opened",
    label=Words("登录小程序", "Mini-program signed in to"),
    caption=Words("登录小程序「{account_name}」", "Signed in to the mini-program “{account_name}”"),
):
    """Somebody signed in to a mini-program (jscode2session). Told once a day for each."""

    shows_presence: ClassVar[bool] = True
    sensitive: ClassVar[dict[str, Holds]] = _OPENID
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name"})

    contact_id: int
    source: str = "miniprogram"
    account_id: int
    account_name: str
    openid: str
    new_contact: bool = True


class PageOpened(
    Fact,
    kind="wechat.page_opened",
    label=Words("微信内打开网页", "Page opened in WeChat"),
    caption=Words(
        "在微信中打开网页，由公众号「{account_name}」识别", "Opened a page in WeChat, recognised by “{account_name}”"
    ),
):
    """Somebody opened a page of the company inside WeChat, and WeChat told who he is (OAuth). Told once a day for each.

    `agreed`: he was asked and showed his name and picture; else it went silently and only his openid is known.
    """

    shows_presence: ClassVar[bool] = True
    sensitive: ClassVar[dict[str, Holds]] = _OPENID
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name"})

    contact_id: int
    source: str = "official_account"
    account_id: int
    account_name: str
    openid: str
    agreed: bool = False
    new_contact: bool = True


class PhoneGiven(
    Fact,
    kind="wechat.phone_given",
    label=Words("授权手机号", "Phone number given"),
    caption=Words("在小程序「{account_name}」授权手机号 {phone}", "Gave the phone number {phone} in “{account_name}”"),
):
    sensitive: ClassVar[dict[str, Holds]] = {"phone": Holds("people.phone")}
    impersonal: ClassVar[frozenset[str]] = frozenset({"account_name"})

    contact_id: int
    source: str = "miniprogram"
    account_id: int
    account_name: str
    phone: str
