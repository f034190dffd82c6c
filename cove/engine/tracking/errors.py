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
