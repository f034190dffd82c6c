from __future__ import annotations

from cove.engine.channels.sms.troubles import Trouble, trouble_of
from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class ProviderError(CoveError):
    """The provider said no: `errcode` is its own code, `trouble` what it means and what to do."""

    code = "sms.refused"
    status = 502
    words = Words("短信平台：{meaning}（{errcode}）。{remedy}", "Provider: {meaning} ({errcode}). {remedy}")

    def __init__(self, errcode: str, errmsg: str = "") -> None:
        self.errcode = errcode[:100]
        self.errmsg = errmsg[:200]
        self.trouble: Trouble = trouble_of(errcode)
        super().__init__(errcode=self.errcode, errmsg=self.errmsg)

    def message(self) -> str:
        """Return the meaning and the remedy for the current reader."""
        return self.words.here(
            {"errcode": self.errcode, "meaning": self.trouble.words.here(), "remedy": self.trouble.remedy.here()}
        )


class Unreachable(CoveError):
    """No connection came about, so surely nothing was done."""

    code = "sms.unreachable"
    status = 502
    words = Words(
        "无法连接 {base_url}，请检查网络、代理与接口地址",
        "{base_url} cannot be reached; check network, proxy and API address",
    )


class NoAnswer(CoveError):
    """The request left and no proper answer came: it may have been done."""

    code = "sms.no_answer"
    status = 502
    words = Words("短信平台没有正常应答，请稍后再试", "The provider gave no proper answer; try again later")


class NotConfigured(CoveError):
    code = "sms.not_configured"
    status = 409
    words = Words(
        "尚未配置该短信平台，请先填写访问密钥", "This provider is not configured; enter its access keys first"
    )


class NotApproved(CoveError):
    """The template or the signature is not approved by the provider (any more)."""

    code = "sms.not_approved"
    status = 409
    words = Words(
        "「{name}」未通过平台审核，请先同步并选择已通过的模板与签名",
        "The provider has not approved “{name}”; synchronise and choose an approved one",
    )


class NoPhone(CoveError):
    code = "sms.no_phone"
    status = 409
    words = Words("该客户没有可用的手机号，请先补充", "This contact has no usable phone number; enter one first")


class NoWayToRefuse(CoveError):
    """Marketing must say how it is refused (regulation of 2015, article 20)."""

    code = "sms.no_way_to_refuse"
    status = 409
    words = Words(
        "营销模板必须写明退订方式（如「拒收请回复R」），请在平台修改模板后同步",
        "A marketing template must say how it is refused (“reply R”); change it at the provider and synchronise",
    )


class TooLong(CoveError):
    code = "sms.too_long"
    status = 422
    words = Words(
        "短信共 {length} 字，最多 {most} 字，请缩短变量内容",
        "{length} characters are too many, {most} are allowed; shorten the variables",
    )
