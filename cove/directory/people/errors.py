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
