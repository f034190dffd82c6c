from __future__ import annotations

from cove.engine.channels.wechat.troubles import Trouble, trouble_of
from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class WechatError(CoveError):
    """The platform said no: `errcode` is its number, `trouble` what it means and what to do."""

    code = "wechat.refused"
    status = 502
    words = Words("微信：{meaning}（{errcode}）。{remedy}", "WeChat: {meaning} ({errcode}). {remedy}")

    def __init__(self, errcode: int, errmsg: str = "") -> None:
        self.errcode = errcode
        # What follows "rid:" is volatile, and addresses may be named before it.
        self.errmsg = errmsg.split(" rid:", maxsplit=1)[0].split(",", maxsplit=1)[0][:200]
        self.trouble: Trouble = trouble_of(errcode)
        super().__init__(errcode=errcode, errmsg=self.errmsg)

    def message(self) -> str:
        """Return the meaning and the remedy for the current reader."""
        return self.words.here(
            {"errcode": self.errcode, "meaning": self.trouble.words.here(), "remedy": self.trouble.remedy.here()}
        )


class WechatUnreachable(CoveError):
    """No connection came about, so surely nothing was done."""

    code = "wechat.unreachable"
    status = 502
    words = Words(
        "无法连接 {base_url}，请检查网络、代理与接口地址",
        "{base_url} cannot be reached; check network, proxy and API address",
    )


class WechatNoAnswer(CoveError):
    """The request left and no proper answer came: it may have been done."""

    code = "wechat.no_answer"
    status = 502
    words = Words("微信没有正常应答，请稍后再试", "WeChat gave no proper answer; try again later")


class AccountIncomplete(CoveError):
    code = "wechat.account_incomplete"
    status = 409
    words = Words(
        "该账号尚未填写 AppSecret，请先在「设置 → 公众号与小程序」中填写",
        "This account has no AppSecret yet; fill it in under Settings → WeChat accounts first",
    )


class AccountTaken(CoveError):
    code = "wechat.account_taken"
    status = 409
    words = Words("已添加过这个 AppID，请直接修改原有账号", "This AppID is here already; change that account instead")


class WrongKind(CoveError):
    """An official account was asked for what only a mini-program can do, or the other way round."""

    code = "wechat.wrong_kind"
    status = 409
    words = Words("该类型的账号不支持此操作", "This kind of account cannot do that")


class BadAesKey(CoveError):
    code = "wechat.bad_aes_key"
    status = 422
    words = Words(
        "EncodingAESKey 应为 43 位字母或数字，请从微信公众平台完整复制",
        "The EncodingAESKey has 43 letters and digits; copy it whole from WeChat's console",
    )


class CodeRefused(CoveError):
    """The platform does not know the code (any more), or it is another account's."""

    code = "wechat.code_refused"
    status = 403
    words = Words(
        "微信登录凭证无效、已用过或已过期，请重新打开页面", "WeChat's code is wrong, used or too old; open again"
    )


class CodeNameTaken(CoveError):
    code = "wechat.scene_taken"
    status = 409
    words = Words("该场景值已被本账号的另一个二维码使用", "Another code of this account has this scene already")


class DoorClosed(CoveError):
    """A public door was asked for an account that is not there, is of the other kind, or has no secret yet."""

    code = "wechat.door_closed"
    status = 404
    words = Words(
        "没有这个公众号或小程序，或尚未填写 AppSecret；请从「设置 → 公众号与小程序」复制地址",
        "There is no such account, or it has no AppSecret yet; copy the address from Settings → WeChat accounts",
    )


class PageNotListed(CoveError):
    code = "wechat.page_not_listed"
    status = 403
    words = Words(
        "该网页不在允许的网页域名中，请在「设置 → 公众号与小程序」中添加它的来源",
        "This page is not on the account's list; add its origin under Settings → WeChat accounts",
    )


class PageStateLost(CoveError):
    code = "wechat.page_state_lost"
    status = 403
    words = Words(
        "这个链接已失效或不属于当前浏览器，请返回后重新打开页面",
        "This link is over, or not this browser's; go back and open the page again",
    )


class SessionOver(CoveError):
    code = "wechat.session_over"
    status = 401
    words = Words(
        "登录已过期，请重新调用 wx.login 换取新的凭证", "The session is over; call wx.login and exchange its code again"
    )


class ConsentNeeded(CoveError):
    code = "wechat.consent_needed"
    status = 422
    words = Words(
        "用户须先同意隐私说明，请在同意后以 agreed=true 提交",
        "The person must agree to the privacy notice first; send agreed=true once he did",
    )


class NotADraft(CoveError):
    code = "wechat.not_a_draft"
    status = 409
    words = Words("该图文正在发布或已经发布", "This is being published, or was published already")


class NobodyToReach(CoveError):
    code = "wechat.nobody_to_reach"
    status = 409
    words = Words(
        "可发送的粉丝不足：群发至少需要 2 位仍在关注且未退订的粉丝，预览需要对方正在关注",
        "Too few followers can be reached: a mass message needs two who follow and did not refuse, a preview one who follows",
    )


class TagNameTaken(CoveError):
    code = "wechat.tag_taken"
    status = 409
    words = Words("该公众号已有同名标签", "This account has a tag of that name already")


class TooManyTags(CoveError):
    code = "wechat.too_many_tags"
    status = 409
    words = Words(
        "一个公众号最多 100 个标签，请先删除不用的", "An account has at most 100 tags; remove some that nobody needs"
    )


class TagInUse(CoveError):
    code = "wechat.tag_in_use"
    status = 409
    words = Words(
        "有个性化菜单正在使用该标签，请先修改或删除那个菜单",
        "A special menu is for this tag; change or remove it first",
    )


class NoPlainMenu(CoveError):
    code = "wechat.no_plain_menu"
    status = 409
    words = Words(
        "请先发布面向所有人的菜单，个性化菜单才能生效", "Publish the menu for everybody first; special ones need it"
    )


class MenuRuleTaken(CoveError):
    code = "wechat.menu_rule_taken"
    status = 409
    words = Words(
        "已有面向相同粉丝的个性化菜单，请直接修改它", "There is a menu for the same followers already; change that one"
    )


class SpecialMenusLeft(CoveError):
    code = "wechat.special_menus_left"
    status = 409
    words = Words(
        "删除默认菜单会使个性化菜单一并失效，请先删除个性化菜单",
        "Without the menu for everybody the special ones end too; remove those first",
    )
