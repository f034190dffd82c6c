from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class NameTaken(CoveError):
    code = "links.name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的链接，请换一个名称", "There is already a link named “{name}”; choose another name"
    )


class BadTarget(CoveError):
    code = "links.bad_target"
    status = 422
    words = Words(
        "请填写以 http:// 或 https:// 开头的完整地址，不能含空格、用户名或密码",
        "Give a whole address that begins with http:// or https://, without spaces, user name or password",
    )


class LeadsToItself(CoveError):
    code = "links.leads_to_itself"
    status = 422
    words = Words(
        "目标地址本身就是一个短链接，请填写最终要打开的地址",
        "The target is a short link itself; give the address that is to be opened in the end",
    )


class ExpiresInThePast(CoveError):
    code = "links.expires_in_the_past"
    status = 422
    words = Words("失效时间须晚于现在", "The time of expiry must lie in the future")
