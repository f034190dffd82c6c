from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class NameTaken(CoveError):
    code = "live_codes.name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的渠道活码，请换一个名称", "There is already a live code named “{name}”; choose another name"
    )


class UnknownMember(CoveError):
    code = "live_codes.unknown_member"
    status = 422
    words = Words("所选员工不存在或已离职，请重新选择", "A chosen member does not exist or has left; choose again")


class UnknownTag(CoveError):
    code = "live_codes.unknown_tag"
    status = 422
    words = Words("所选标签不存在，请刷新后重选", "A chosen tag does not exist; reload and choose again")


class WelcomeTooLong(CoveError):
    """WeCom takes at most 4,000 bytes of UTF-8 (document 92137)."""

    code = "live_codes.welcome_too_long"
    status = 422
    words = Words(
        "欢迎语过长：{bytes} 字节，上限 {limit} 字节（一个汉字 3 字节）",
        "The welcome is too long: {bytes} bytes, the limit is {limit} (a Chinese character takes 3)",
    )
