from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class TagNameTaken(CoveError):
    code = "people.tag_name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的标签或标签组，请换一个名称",
        "There is already one named “{name}”; choose another name",
    )


class UnknownTag(CoveError):
    code = "people.unknown_tag"
    status = 422
    words = Words("所选标签不存在，请刷新后重选", "A chosen tag does not exist; reload and choose again")


class NobodyChosen(CoveError):
    code = "people.nobody_chosen"
    status = 409
    words = Words(
        "所选范围内没有您可以操作的客户，请调整筛选或选择",
        "There is no contact in the selection to whom you may do this; change the filters or the selection",
    )


class NotYourNote(CoveError):
    code = "people.not_your_note"
    status = 403
    words = Words(
        "只能删除自己写的跟进记录，请由写下它的同事删除",
        "Only your own notes can be deleted; ask the colleague who wrote this one",
    )


class UnknownOwner(CoveError):
    code = "people.unknown_owner"
    status = 422
    words = Words("所选跟进人不存在或已停用，请重新选择", "The chosen owner does not exist or has left; choose again")


class NothingToChange(CoveError):
    code = "people.nothing_to_change"
    status = 422
    words = Words("请至少选择一项要更新的内容", "Choose at least one thing to change")


class UnknownColumn(CoveError):
    code = "people.unknown_column"
    status = 422
    words = Words("没有名为「{column}」的列，请刷新后重选", "There is no column “{column}”; reload and choose again")


class AlreadyOne(CoveError):
    code = "people.already_one"
    status = 409
    words = Words(
        "这两位客户已是同一位，请刷新页面查看", "These two are one contact already; reload the page to see him"
    )


class ErasureAhead(CoveError):
    code = "people.erasure_ahead"
    status = 409
    words = Words(
        "「{name}」的个人信息正等待删除，无法合并；请先取消删除，或等待删除完成",
        "The data of “{name}” is about to be erased, so there is no merging; call the erasure off first, or wait until it is done",
    )


class MergeOver(CoveError):
    code = "people.merge_over"
    status = 409
    words = Words("该合并已被撤销，请刷新页面", "This merge was undone already; reload the page")
