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
