"""How long a message is, in how many parts it goes out, and what is in it. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ONE_PART = 70
EACH_OF_MANY = 67
"""Characters: three of each part go for putting the parts together again (facts D4, features MSG-2)."""

LONGEST = 500
"""Characters; Tencent takes no more (document 39023), and the carriers hardly more."""

REFUSAL = "拒收请回复R"
_VARIABLE = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_]{0,63})\}|\{(\d{1,2})\}")
_REFUSALS = frozenset({"R", "T", "TD", "QX", "N", "退订", "拒收", "取消", "取消订阅", "不要再发", "退"})
# What people write who know no code; a question (怎么退订) or its contrary (不退订) is none of it.
_SAID = re.compile(
    r"(我|要|想|请|麻烦|申请|帮我|给我|回复?|TD|T|R)*(退订|拒收|取消订阅)(短信|信息|广告|推送|谢谢|了|吧|TD|T|R)*"
    r"|(请|麻烦|你们|以后)*(不要|别|勿|停止)再?(给我)?(发送|推送|发)(短信|信息|广告|消息|给我|我|谢谢|了)*"
)
_KEPT_ONLY = re.compile(r"[^0-9A-Z\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Counted:
    """A message as it goes out: its text with the signature, its length and its parts."""

    text: str
    length: int
    parts: int


def variables_of(content: str) -> list[str]:
    """Return the names of a template's variables as they stand in it, each once: Aliyun writes ``${name}``, Tencent ``{1}``."""
    return list(dict.fromkeys(found[1] or found[2] for found in _VARIABLE.finditer(content)))


def filled(content: str, values: Mapping[str, str]) -> str:
    """Return a template with its variables put in; one without a value stays as it is."""
    return _VARIABLE.sub(lambda found: values.get(found[1] or found[2], found[0]), content)


def length_of(text: str) -> int:
    """Return the length as carriers count it: UTF-16 units, so that a sign beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts_of(length: int) -> int:
    """Return in how many parts a text of this length goes out, and is paid for."""
    return 1 if length <= ONE_PART else -(-length // EACH_OF_MANY)


def counted(signature: str, content: str, values: Mapping[str, str]) -> Counted:
    """Return what goes out: the signature in its brackets, the template with its values."""
    text = f"【{signature}】{filled(content, values)}"
    length = length_of(text)
    return Counted(text, length, parts_of(length))


def says_how_to_refuse(content: str) -> bool:
    """Tell whether a text says how it is refused, as marketing must (regulation of 2015, article 20)."""
    plain = unicodedata.normalize("NFKC", content).replace(" ", "").upper()
    return bool(re.search(r"(退订|拒收).{0,6}回(复)?(R|T|TD|N|QX)|(回复?(R|T|TD|N|QX).{0,4}(退订|拒收))", plain))


def is_refusal(text: str) -> bool:
    """Tell whether an answer means that somebody wants no more: R, T, TD, 退订, 我要退订 …, in full width, with blanks or dots around."""
    plain = _KEPT_ONLY.sub("", unicodedata.normalize("NFKC", text).upper())
    return plain in _REFUSALS or bool(_SAID.fullmatch(plain))
