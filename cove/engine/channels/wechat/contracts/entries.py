"""What a way into a mini-program may be (C9)."""

from __future__ import annotations

import re

from cove.kernel.words import Words

LONGEST_DAYS = 30
MOST_PAGE, MOST_QUERY = 1024, 1024
SCENE = re.compile(r"^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$")
_PAGE = Words(
    "页面路径不以 / 开头，且不含 ? 与空格，如 pages/index/index",
    "A page begins with no slash and has no question mark or blank, such as pages/index/index",
)


def faults_of(form: str, page: str, said: str, days: int) -> dict[str, Words]:
    """Return what is wrong with a way in, by field."""
    fields: dict[str, Words] = {}
    if page.startswith("/") or len(page) > MOST_PAGE or any(one in page for one in "? \t\r\n#"):
        fields["page"] = _PAGE
    if form == "code":
        if not SCENE.match(said):
            fields["said"] = Words(
                "小程序码的参数为 1 到 32 位字母、数字或 !#$&'()*+,/:;=?@-._~",
                "A code's scene has 1 to 32 letters, digits or !#$&'()*+,/:;=?@-._~",
            )
        return fields
    if len(said) > MOST_QUERY or not said.isprintable():
        fields["said"] = Words("参数最长 1024 个字符", "Parameters have at most 1,024 characters")
    if not 1 <= days <= LONGEST_DAYS:
        fields["days"] = Words("链接有效期为 1 到 30 天", "An address lasts 1 to 30 days")
    return fields
