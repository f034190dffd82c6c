from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class UnknownPurpose(CoveError):
    code = "privacy.unknown_purpose"
    status = 422
    words = Words("没有这个用途，请刷新后重选", "There is no such purpose; reload and choose again")


class PurposeNameTaken(CoveError):
    code = "privacy.purpose_name_taken"
    status = 409
    words = Words("已有名为「{name}」的用途，请换一个名称", "There is already a purpose “{name}”; choose another name")


class LinkNotFound(CoveError):
    """The address of a preference page is not ours, too old, or was withdrawn."""

    code = "privacy.link_not_found"
    status = 404
    words = Words("链接已失效，请索取新的链接", "This link is no longer valid; ask for a new one")


class NameDiffers(CoveError):
    code = "privacy.name_differs"
    status = 422
    words = Words("请完整输入客户姓名「{name}」以确认删除", "Type the contact's full name “{name}” to confirm")


class ErasureUnderWay(CoveError):
    code = "privacy.erasure_under_way"
    status = 409
    words = Words("该客户的删除已在进行中", "This contact is already being erased")


class TooLateToCancel(CoveError):
    code = "privacy.too_late_to_cancel"
    status = 409
    words = Words("删除已经开始或已经结束，无法撤销", "The erasure has begun or is over; it cannot be called off")
