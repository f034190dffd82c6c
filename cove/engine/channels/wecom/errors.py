from __future__ import annotations

from cove.engine.channels.wecom.troubles import Trouble, trouble_of
from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class WeComError(CoveError):
    """The platform said no: `errcode` is its number (document 90313), `trouble` what it means and what to do."""

    code = "wecom.refused"
    status = 502
    words = Words("企业微信：{meaning}（{errcode}）。{remedy}", "WeCom: {meaning} ({errcode}). {remedy}")

    def __init__(self, errcode: int, errmsg: str = "") -> None:
        self.errcode = errcode
        # What follows the first comma is volatile and names addresses.
        self.errmsg = errmsg.split(",", maxsplit=1)[0][:200]
        self.trouble: Trouble = trouble_of(errcode)
        super().__init__(errcode=errcode, errmsg=self.errmsg)

    def message(self) -> str:
        """Return the meaning and the remedy for the current reader."""
        return self.words.here(
            {"errcode": self.errcode, "meaning": self.trouble.words.here(), "remedy": self.trouble.remedy.here()}
        )


class Unreachable(CoveError):
    """No connection came about, so surely nothing was done."""

    code = "wecom.unreachable"
    status = 502
    words = Words(
        "无法连接 {base_url}，请检查网络、代理与接口地址",
        "{base_url} cannot be reached; check network, proxy and base URL",
    )


class NoAnswer(CoveError):
    """The request left and no proper answer came: it may have been done."""

    code = "wecom.no_answer"
    status = 502
    words = Words("企业微信没有正常应答，请稍后再试", "WeCom gave no proper answer; try again later")


class NotConfigured(CoveError):
    code = "wecom.not_configured"
    status = 409
    words = Words(
        "尚未配置企业微信，请先填写企业 ID 与 Secret", "WeCom is not configured; fill in corp ID and secret first"
    )


class NobodyToReach(CoveError):
    """None of those chosen can be written to."""

    code = "wecom.nobody_to_reach"
    status = 409
    words = Words(
        "所选范围内没有可以发送的对象，请在预览中查看原因并调整范围",
        "Nobody among those chosen can be reached; see the reasons in the preview and choose others",
    )


class TooMany(CoveError):
    """More customers than one mass message may be for."""

    code = "wecom.too_many"
    status = 409
    words = Words(
        "一次群发最多 {most} 位客户，请按标签或成员缩小范围后分批发送",
        "A mass message is for at most {most} customers; narrow it by tag or member and send several",
    )


class ToolKindFixed(CoveError):
    code = "wecom.tool_kind_fixed"
    status = 409
    words = Words("类型不能更改，请新建一个", "What kind of tool it is cannot be changed; make a new one")


class BadAesKey(CoveError):
    code = "wecom.bad_aes_key"
    status = 422
    words = Words(
        "EncodingAESKey 应为 43 位字母或数字，请从企业微信后台完整复制",
        "The EncodingAESKey has 43 letters and digits; copy it whole from WeCom's console",
    )


class SignInOff(CoveError):
    """No such company, or it has WeCom sign-in switched off: both sound the same."""

    code = "wecom.sign_in_off"
    status = 404
    words = Words(
        "没有找到可用企业微信登录的企业，请核对企业标识，或改用邮箱密码登录",
        "No company with WeCom sign-in has this address; check it, or sign in with e-mail and password",
    )


class StateLost(CoveError):
    """The way back does not belong to a sign-in that this browser began, or it took too long, or it was used before."""

    code = "wecom.state_lost"
    status = 403
    words = Words(
        "登录已过期，或不是在此浏览器中发起的，请重新登录",
        "This sign-in has ended or was not begun in this browser; begin again",
    )


class CodeRefused(CoveError):
    """WeCom does not know the code (any more), or it is another corp's."""

    code = "wecom.code_refused"
    status = 403
    words = Words("企业微信的登录凭证已失效，请重新扫码", "WeCom's sign-in code is no longer good; scan again")


class Outsider(CoveError):
    """Whoever scanned is not a member of the corp."""

    code = "wecom.outsider"
    status = 403
    words = Words(
        "您不是该企业的成员，请用该企业的企业微信账号扫码",
        "You are not a member of this company; scan with its WeCom account",
    )


class NothingVisible(CoveError):
    """The directory came back empty; taking that for the truth would deactivate everybody."""

    code = "wecom.nothing_visible"
    status = 409
    words = Words(
        "该应用看不到任何部门或成员，请在企业微信后台设置应用的可见范围后重试",
        "The application sees no department or member; set its visible range in WeCom's console and try again",
    )


class OtherCompany(CoveError):
    """The page was opened from one company's WeCom, and the session is another's."""

    code = "wecom.other_company"
    status = 409
    words = Words(
        "您登录的是另一家企业，请用打开此页面的企业重新登录",
        "You are signed in to another company; sign in again with the one whose WeCom opened this page",
    )


class NotYourCustomer(CoveError):
    """WeCom does not list the acting member among those who follow the customer."""

    code = "wecom.not_your_customer"
    status = 403
    words = Words(
        "企业微信显示您没有添加这位客户，请由添加了他的同事查看，或先在企业微信中添加",
        "WeCom says that you have not added this customer; ask a colleague who has, or add him in WeCom first",
    )
