"""A rule in plain words, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from cove.engine.audiences.rules.tree import AllOf, AnyOf, Compare, Not, Rule
from cove.kernel.conditions.condition import Asking, Condition
from cove.kernel.words import Words

_EVERYBODY = Words("所有人", "everybody")
_AND = Words("，并且", " and ")
_OR = Words("，或者", " or ")
_NOT = Words("不满足（{part}）", "not ({part})")
_GROUP = Words("（{part}）", "({part})")
_COMMA = Words("、", ", ")
_QUOTED = Words("「{name}」", "“{name}”")
_YES = Words("是", "yes")
_NO = Words("否", "no")
_GONE = Words("已删除", "deleted")


def explain(rule: Rule, asking: Asking) -> str:
    """Return one sentence that says whom the rule names; ids are told by the names the asker's tenant gave them."""
    match rule:
        case AllOf(()):
            return _EVERYBODY.here()
        case AllOf(parts):
            return _joined(parts, asking, _AND)
        case AnyOf(parts):
            return _joined(parts, asking, _OR)
        case Not(part):
            return _NOT.here({"part": explain(part, asking)})
        case Compare(condition, operator, value):
            told = _told(condition, value, asking)
            return operator.sentence.here({"field": condition.label.here(), "value": told})


def _joined(parts: tuple[Rule, ...], asking: Asking, glue: Words) -> str:
    return glue.here().join(_grouped(part, asking) for part in parts) if len(parts) > 1 else explain(parts[0], asking)


def _grouped(part: Rule, asking: Asking) -> str:
    said = explain(part, asking)
    several = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
    return _GROUP.here({"part": said}) if several else said


def _told(condition: Condition, value: Any, asking: Asking) -> str:
    if condition.tell is not None:
        return condition.tell(asking, value)
    if isinstance(value, list):
        naming = _naming(condition, value, asking)
        return _COMMA.here().join(_QUOTED.here({"name": naming(one)}) for one in value)
    if isinstance(value, bool):
        return (_YES if value else _NO).here()
    return f"{value:%Y-%m-%d %H:%M %Z}" if isinstance(value, datetime) else str(value)


def _naming(condition: Condition, value: Any, asking: Asking) -> Callable[[Any], str]:
    if condition.choices is not None:
        choices = condition.choices
        return lambda key: choices[key].here()
    names = condition.names(asking, value) if condition.names is not None else {}
    return lambda key: names.get(key, _GONE.here())
