from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class SourceNameTaken(CoveError):
    code = "tracking.name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的数据源，请换一个名称", "There is already a source named “{name}”; choose another name"
    )


class BadOrigin(CoveError):
    code = "tracking.bad_origin"
    status = 422
    words = Words(
        "「{origin}」不是有效的来源，请填写 https://www.example.com 这样的地址，不带路径",
        "“{origin}” is not an origin; write an address such as https://www.example.com, without a path",
    )


class BadMark(CoveError):
    code = "tracking.bad_mark"
    status = 422
    words = Words(
        "请填写一个网络地址（如 203.0.113.7）或选择一个设备，二者取其一",
        "Give one network address (such as 203.0.113.7) or choose one device, not both",
    )


class AlreadyMarked(CoveError):
    code = "tracking.already_marked"
    status = 409
    words = Words("它已被标记为正常流量，无需重复标记", "It is marked as normal traffic already; nothing is left to do")


class TooManyMarks(CoveError):
    code = "tracking.too_many_marks"
    status = 409
    words = Words(
        "最多标记 {most} 个地址和设备，请先撤销不再需要的标记",
        "At most {most} addresses and devices can be marked; take back those that are no longer needed first",
    )
