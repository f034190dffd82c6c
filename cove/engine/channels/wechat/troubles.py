"""What the platform's error numbers mean, and what a person does about them. Source: fact sheet C10 and the tables of C3 to C9."""

from __future__ import annotations

from dataclasses import dataclass

from cove.engine.channels.delivery.contracts import said_by
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Trouble:
    """`reason` is a code of `cove.facts.delivery.REASONS`, whose words say what is wrong; `remedy` says what to do."""

    reason: str
    remedy: Words

    @property
    def words(self) -> Words:
        """Return what is wrong, in words."""
        return said_of(self.reason)


said_of = said_by(
    {
        "wrong_secret": Words("AppSecret 不正确", "The AppSecret is wrong"),
        "wrong_corp": Words("AppID 不正确", "The AppID is wrong"),
        "address_not_allowed": Words(
            "服务器 IP 不在公众平台的 IP 白名单中", "This server's IP is not on the account's whitelist"
        ),
        "right_missing": Words("账号没有该接口的权限", "The account has no right to this interface"),
        "not_configured": Words("尚未填写 AppSecret", "There is no AppSecret yet"),
        "unknown_member": Words("平台上没有这位粉丝", "The platform does not know this follower"),
    }
)
"""Return a reason in words, in the platform's own names where they are others than elsewhere."""
_WAIT = Words("稍后会自动重试", "It is tried again by itself")
_REPORT = Words("请把错误码告知技术支持", "Tell support the number")
_NOTHING = Words("无需处理", "Nothing to do")
_TEMPLATES = Words("请重新同步消息模板", "Sync the message templates again")

_TROUBLES: dict[Trouble, tuple[int, ...]] = {
    Trouble("busy", _WAIT): (-1,),
    Trouble(
        "rate_limited",
        Words("稍后会自动重试；也可在公众平台查看调用额度", "It is tried again; see the quota in WeChat's console"),
    ): (45009, 45011, 45066),
    Trouble("token_refused", _WAIT): (40001, 40014, 41001, 42001),
    Trouble(
        "wrong_secret",
        Words(
            "请在公众平台「设置与开发 → 基本配置」中核对 AppSecret",
            "Compare the AppSecret with WeChat's console, Basic configuration",
        ),
    ): (40125, 41004),
    Trouble(
        "wrong_corp",
        Words("请在公众平台「基本配置」中核对 AppID", "Compare the AppID with WeChat's console, Basic configuration"),
    ): (40013, 41002),
    Trouble(
        "address_not_allowed",
        Words(
            "请在公众平台「基本配置 → IP 白名单」中加入本服务器的出口 IP",
            "Add this server's IP to the IP whitelist in WeChat's console",
        ),
    ): (40164,),
    Trouble(
        "right_missing",
        Words(
            "请在公众平台「接口权限」中确认账号已认证并有该权限",
            "Check in WeChat's console that the account has the right",
        ),
    ): (48001, 48004, 48008, 50002),
    Trouble("unknown_member", _NOTHING): (40003, 49003),
    Trouble("not_following", _NOTHING): (43004,),
    Trouble("refused_by_person", _NOTHING): (48002, 43019),
    Trouble("not_subscribed", _NOTHING): (43101,),
    Trouble("window_over", _NOTHING): (45015,),
    Trouble("window_used_up", _NOTHING): (45047,),
    Trouble("template_gone", _TEMPLATES): (40037,),
    Trouble(
        "bad_template_value", Words("请按模板字段要求修改内容", "Change the values so that they fit the template")
    ): (47003,),
    Trouble("mass_quota_used", Words("请等到下一个额度周期", "Wait for the next period of the quota")): (45028,),
    Trouble("already_sent", _NOTHING): (45065,),
    Trouble("bad_media", Words("请重新上传素材", "Upload the material again")): (40007, 45001),
    Trouble("unknown_tag", Words("请重新同步公众号数据", "Sync from the account again")): (45159,),
    Trouble("tag_limit", Words("请在公众平台清理不用的标签", "Remove tags that are no longer used")): (45056, 45059),
    Trouble("tag_name_taken", Words("请换一个标签名", "Choose another name for the tag")): (45157, 45158),
    Trouble("code_invalid", _NOTHING): (40029, 40163, 42003),
    Trouble("bad_request", _REPORT): (
        *(
            45058,
            40032,
            40015,
            40016,
            40017,
            40018,
            40019,
            40020,
            40023,
            40033,
            40035,
            40097,
            41030,
            44002,
            45002,
            47001,
        ),
        *(
            65301,
            65302,
            65304,
            65305,
            65306,
            65307,
            65308,
            65309,
            65310,
            65311,
            65312,
            65313,
            65314,
            65316,
            65317,
        ),
    ),
    Trouble("no_plain_menu", Words("请先发布面向所有人的菜单", "Publish the menu for everybody first")): (65303,),
    Trouble(
        "tag_too_full",
        Words("请先在公众平台把标签从部分粉丝上取下", "Take the tag off some followers in WeChat's console first"),
    ): (45057,),
    Trouble("record_gone", _NOTHING): (46003,),
}
_BY_NUMBER = {number: trouble for trouble, numbers in _TROUBLES.items() for number in numbers}
_OTHER = Trouble("refused", _REPORT)


def trouble_of(errcode: int) -> Trouble:
    """Return what `errcode` means; unknown numbers are ``refused``."""
    return _BY_NUMBER.get(errcode, _OTHER)


REFUSALS = {
    "bad_signature": Words("签名不符，请核对回调 Token", "the signature is wrong; compare the callback token"),
    "bad_cipher": Words("无法解密，请核对 EncodingAESKey", "it cannot be decrypted; compare the EncodingAESKey"),
    "wrong_app": Words(
        "来自其他账号，请核对 AppID 与原始 ID", "it is meant for another account; compare AppID and original id"
    ),
    "stale": Words("时间相差过大，请核对服务器时间", "its time is far off; check this server's clock"),
    "not_encrypted": Words(
        "内容未加密，请在公众平台选择安全模式", "it is not encrypted; choose the safe mode in WeChat's console"
    ),
}
"""Why a callback was not taken (`cove.facts.wechat.CallbackRefused`), and what to look at."""
