"""What the platform's error numbers mean, and what a person does about them. Source: WeCom document 90313 (global error codes)."""

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
        "wrong_secret": Words("应用 Secret 不正确", "The application's secret is wrong"),
        "right_missing": Words("应用没有该接口的权限", "The application has no right to this interface"),
        "address_not_allowed": Words("服务器 IP 不在企业可信 IP 中", "This server's IP is not on the corp's list"),
    }
)
"""Return a reason in words, in the platform's own names where they are others than elsewhere."""
_WAIT = Words("稍后会自动重试", "It is tried again by itself")
_SECRET = Words(
    "请在企业微信后台打开该应用，重新复制 Secret", "Open the application in WeCom's console and copy its secret again"
)
_RIGHT = Words(
    "请在「客户联系 → 可调用接口的应用」中勾选该应用，并检查接口权限",
    "Tick the application under “Customer contact → applications that may call”, and check its rights",
)
_SCOPE = Words("请把该成员加入应用的可见范围", "Add the member to the application's visible range")
_SYNC = Words("请重新同步企业微信数据", "Sync from WeCom again")
_REPORT = Words("请把错误码告知技术支持", "Tell support the number")
_NOTHING = Words("无需处理", "Nothing to do")

_TROUBLES: dict[Trouble, tuple[int, ...]] = {
    Trouble("busy", _WAIT): (-1,),
    Trouble("rate_limited", _WAIT): (45009, 45033),
    Trouble("token_refused", _WAIT): (40014, 41001, 42001),
    Trouble("wrong_secret", _SECRET): (40001, 41004),
    Trouble("wrong_corp", Words("请在「我的企业」页面核对企业 ID", "Compare the corp ID with the page “My company”")): (
        40013,
        41002,
    ),
    Trouble("app_disabled", Words("请在企业微信后台启用该应用", "Enable the application in WeCom's console")): (50003,),
    Trouble("right_missing", _RIGHT): (48001, 48002, 48004, 48006, 40056, 301002, 84074),
    Trouble("member_out_of_reach", _SCOPE): (60011, 50002),
    Trouble(
        "address_not_allowed",
        Words(
            "请在应用详情的「企业可信 IP」中加入本服务器的出口 IP",
            "Add this server's outgoing IP to the application's trusted list",
        ),
    ): (60020,),
    Trouble("unknown_member", _SYNC): (60111, 40003, 40031, 40032, 81013),
    Trouble(
        "member_not_active",
        Words("请让成员激活企业微信并开通客户联系", "Have the member activate WeCom and customer contact"),
    ): (41054,),
    Trouble("not_a_friend", _SYNC): (84061, 40096, 40131, 84084),
    Trouble("record_gone", _SYNC): (60136, 41044, 60003, 60123, 40050, 41047, 41056, 41060, 41070, 90501, 95000, 95004),
    Trouble("unknown_tag", _SYNC): (40068,),
    Trouble("tag_limit", Words("请在企业微信后台清理不用的标签", "Remove tags that are no longer used")): (40126,),
    Trouble("tag_name_taken", _SYNC): (40071,),
    Trouble("code_full", Words("请删除不再使用的活码", "Delete live codes that are no longer used")): (41045,),
    Trouble("no_code", _NOTHING): (41049,),
    Trouble("code_invalid", _NOTHING): (41050,),
    Trouble("already_chatting", _NOTHING): (41051,),
    Trouble("other_app_sending", _WAIT): (41096,),
    Trouble("consent_missing", _NOTHING): (41053,),
    Trouble("bad_media", Words("请重新上传附件", "Upload the attachment again")): (40007, 41064, 41065),
    Trouble("too_large", _REPORT): (45029,),
    Trouble("nobody_reachable", _SYNC): (41048,),
    Trouble("task_over", _NOTHING): (41093,),
    Trouble("reminded_enough", Words("请明天再提醒", "Remind them tomorrow")): (41094,),
    Trouble("still_dispatching", _WAIT): (41063,),
    Trouble("member_full", Words("请换一位成员接替", "Choose another member")): (40099,),
    Trouble("transfer_limit", _NOTHING): (40128, 90510),
    Trouble("transfer_under_way", _WAIT): (40100, 40129, 90507),
    Trouble(
        "member_not_verified",
        Words("请让接替成员在企业微信中完成实名认证", "Have the other member prove his name in WeCom"),
    ): (40098, 90502),
    Trouble(
        "member_still_in_office",
        Words("请先在企业微信后台办理成员离职", "Have him leave in WeCom's console first"),
    ): (40097, 90500),
    Trouble("talk_over", _NOTHING): (95002,),
    Trouble("answered_enough", _NOTHING): (95001,),
    Trouble("talk_elsewhere", _NOTHING): (95018,),
    Trouble("template_limit", Words("请删除不再使用的入群欢迎语", "Delete group welcomes that are no longer used")): (
        41055,
    ),
    Trouble("too_many_groups", _REPORT): (41091,),
    Trouble("bad_request", _REPORT): (*(40035, 40058, 40063, 41037, 41038, 41039, 41040, 41041, 41042, 41043, 45002),),
}
_BY_NUMBER = {number: trouble for trouble, numbers in _TROUBLES.items() for number in numbers}
_OTHER = Trouble("refused", _REPORT)

REFUSALS = {
    "bad_signature": Words("签名不符，请核对回调 Token", "the signature is wrong; compare the callback token"),
    "bad_cipher": Words("无法解密，请核对 EncodingAESKey", "it cannot be decrypted; compare the EncodingAESKey"),
    "wrong_corp": Words("来自其他企业，请核对企业 ID", "it is meant for another corp; compare the corp ID"),
    "wrong_agent": Words("来自其他应用，请核对 AgentId", "it is meant for another application; compare the agent ID"),
    "stale": Words("时间相差过大，请核对服务器时间", "its time is far off; check this server's clock"),
    "not_encrypted": Words("内容未加密，请使用安全模式", "it is not encrypted; use the safe mode"),
}
"""Why a callback was not taken (`cove.facts.wecom.CallbackRefused`), and what to look at."""


def trouble_of(errcode: int) -> Trouble:
    """Return what `errcode` means; unknown numbers are ``refused``."""
    return _BY_NUMBER.get(errcode, _OTHER)
