from __future__ import annotations

from cove.engine.channels.ads.troubles import reason_of
from cove.facts.delivery import REASONS
from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class PlatformError(CoveError):
    """The platform said no: `errcode` is its own number, `reason` what it means."""

    code = "ads.refused"
    status = 502
    words = Words("广告平台：{meaning}（{errcode}）", "Advertising platform: {meaning} ({errcode})")

    def __init__(self, platform: str, errcode: str, errmsg: str = "") -> None:
        self.errcode, self.errmsg = errcode[:100], errmsg[:200]
        self.reason = reason_of(platform, errcode)
        super().__init__(errcode=self.errcode, errmsg=self.errmsg)

    def message(self) -> str:
        """Return the meaning for the current reader."""
        return self.words.here({"errcode": self.errcode, "meaning": REASONS[self.reason].here()})


class Unreachable(CoveError):
    """No connection came about, so surely nothing was done."""

    code = "ads.unreachable"
    status = 502
    words = Words(
        "无法连接 {base_url}，请检查网络、代理与接口地址",
        "{base_url} cannot be reached; check network, proxy and API address",
    )


class NoAnswer(CoveError):
    """The request left and no proper answer came: it may have been done."""

    code = "ads.no_answer"
    status = 502
    words = Words("广告平台没有正常应答，请稍后再试", "The platform gave no proper answer; try again later")


class NotConfigured(CoveError):
    code = "ads.not_configured"
    status = 409
    words = Words("该广告账号没有填写访问令牌", "This account has no access token")


class AccountTaken(CoveError):
    code = "ads.account_taken"
    status = 409
    words = Words("该平台的这个账号已经添加过", "This account of the platform is there already")
