"""What is wrong with an event of the plan as somebody wrote it. Pure; the editor's fields and an imported table are judged alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.engine.tracking.queries.checking import TYPES, is_pattern
from cove.kernel.words import Words

LONGEST_NAME = 100
LONGEST_NOTE = 500
LONGEST_PATTERN = 200
MOST_PROPERTIES = 100
MOST_CHOICES = 100
_TEXTS = ("text", "list")

_NAME = Words(
    "请填写 1 到 100 个字符的名称，不能以 $ 开头，不能换行",
    "Give a name of 1 to 100 characters that does not begin with $ and has no line breaks",
)
_TWICE = Words("「{name}」出现了两次，请删除或改名", "“{name}” is there twice; rename or remove one")
_TYPE = Words("类型须为：{types}", "The type must be one of: {types}")
_NOTE = Words("最多 {most} 个字符", "At most {most} characters")
_MANY = Words("最多 {most} 个属性", "At most {most} properties")
_CHOICES = Words(
    "最多 {most} 个可选值，每个 1 到 100 个字符且不重复", "At most {most} choices, each once and of 1 to 100 characters"
)
_ONLY_TEXT = Words(
    "只有文本和列表可以设置可选值或格式，请清空或更改类型",
    "Only texts and lists have choices or a pattern; clear it or change the type",
)
_PATTERN = Words(
    "不是有效的正则表达式（RE2 语法，最多 200 个字符，不支持环视和反向引用）",
    "This is not a regular expression of RE2 (at most 200 characters, no lookaround, no back-references)",
)


def faults_of(name: str, note: str, properties: Sequence[Mapping[str, Any]]) -> dict[str, Words]:
    """Return the faulty fields of an event, each with its remedy: ``name``, ``note``, ``properties.3.pattern``."""
    faults: dict[str, Words] = {}
    if not is_name(name):
        faults["name"] = _NAME
    if len(note) > LONGEST_NOTE:
        faults["note"] = _NOTE.with_values(most=LONGEST_NOTE)
    if len(properties) > MOST_PROPERTIES:
        faults["properties"] = _MANY.with_values(most=MOST_PROPERTIES)
    names: set[str] = set()
    for place, one in enumerate(properties[:MOST_PROPERTIES]):
        found = _faults_of_property(one)
        if one["name"] in names:
            found.setdefault("name", _TWICE.with_values(name=one["name"]))
        names.add(one["name"])
        faults |= {f"properties.{place}.{field}": words for field, words in found.items()}
    return faults


def is_name(name: str) -> bool:
    """Tell whether events and properties may be called so."""
    return 0 < len(name) <= LONGEST_NAME and not name.startswith("$") and name == name.strip() and name.isprintable()


def _faults_of_property(one: Mapping[str, Any]) -> dict[str, Words]:
    faults: dict[str, Words] = {}
    choices: list[str] = one["choices"]
    if not is_name(one["name"]):
        faults["name"] = _NAME
    if one["type"] not in TYPES:
        faults["type"] = _TYPE.with_values(types=", ".join(TYPES))
    if len(one["note"]) > LONGEST_NOTE:
        faults["note"] = _NOTE.with_values(most=LONGEST_NOTE)
    if not _are_choices(choices):
        faults["choices"] = _CHOICES.with_values(most=MOST_CHOICES)
    if one["pattern"] and (len(one["pattern"]) > LONGEST_PATTERN or not is_pattern(one["pattern"])):
        faults["pattern"] = _PATTERN
    if one["type"] not in _TEXTS:
        faults |= {field: _ONLY_TEXT for field in ("choices", "pattern") if one[field]}
    return faults


def _are_choices(choices: Sequence[str]) -> bool:
    fit = all(one.isprintable() and 0 < len(one) <= LONGEST_NAME for one in choices)
    return fit and len(choices) <= MOST_CHOICES and len(set(choices)) == len(choices)
