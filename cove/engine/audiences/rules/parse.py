"""Reading a rule from JSON: {"all": […]}, {"any": […]}, {"not": …}, or {"field": …, "op": …, "value": …}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cove.engine.audiences.errors import InvalidRule
from cove.engine.audiences.rules.tree import AllOf, AnyOf, Compare, Not, Rule
from cove.kernel.actor import Actor
from cove.kernel.conditions.condition import Condition, conditions
from cove.kernel.words import Words

MAX_DEPTH = 8
MAX_NODES = 200

_NOT_A_NODE = Words(
    "这里应为 all、any、not 之一，或一个含 field、op 的条件",
    "Give one of all, any, not, or a condition with field and op",
)
_CHOOSE = Words("可选值：{offered}", "Choose from: {offered}")
_TOO_DEEP = Words(f"嵌套不能超过 {MAX_DEPTH} 层，请拆分规则", f"At most {MAX_DEPTH} levels; split the rule")
_TOO_MANY = Words(f"条件不能超过 {MAX_NODES} 个，请拆分规则", f"At most {MAX_NODES} conditions; split the rule")
_NOT_A_LIST = Words("这里应为条件的列表", "Give a list of conditions")
_EMPTY_ANY = Words("“任一”中至少要有一个条件", "“any” needs at least one condition")


class _Fault(Exception):
    def __init__(self, path: str, words: Words) -> None:
        super().__init__(path)
        self.path, self.words = path, words


def parse(document: Any, actor: Actor, *, at: str = "rule") -> Rule:
    """Return the rule in `document` (JSON as Python values), which the actor may ask.

    Raises InvalidRule naming every faulty node, paths beginning with `at`: also one about a field that he sees masked.
    """
    reader = _Reader(actor)
    rule = reader.node(document, at, depth=1)
    if reader.faults or rule is None:
        raise InvalidRule(fields=reader.faults)
    return rule


class _Reader:
    """Reads on after a fault, so that all faults are told at once."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.faults: dict[str, Words] = {}
        self._nodes = 0

    def node(self, document: Any, path: str, *, depth: int) -> Rule | None:
        try:
            return self._node(document, path, depth)
        except _Fault as fault:
            self.faults[fault.path] = fault.words
            return None

    def _node(self, document: Any, path: str, depth: int) -> Rule | None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Fault(path.split(".", maxsplit=1)[0], _TOO_MANY)
        if depth > MAX_DEPTH:
            raise _Fault(path, _TOO_DEEP)
        if not isinstance(document, Mapping):
            raise _Fault(path, _NOT_A_NODE)
        if set(document) == {"not"}:
            part = self.node(document["not"], f"{path}.not", depth=depth + 1)
            return Not(part) if part else None
        if set(document) == {"all"}:
            return AllOf(self._parts(document["all"], f"{path}.all", depth))
        if set(document) == {"any"}:
            return self._any(document["any"], f"{path}.any", depth)
        if {"field", "op"} <= set(document) <= {"field", "op", "value"}:
            return _test(document, path, self._actor)
        raise _Fault(path, _NOT_A_NODE)

    def _any(self, documents: Any, path: str, depth: int) -> Rule:
        if documents == []:
            raise _Fault(path, _EMPTY_ANY)
        return AnyOf(self._parts(documents, path, depth))

    def _parts(self, documents: Any, path: str, depth: int) -> tuple[Rule, ...]:
        if not isinstance(documents, list):
            raise _Fault(path, _NOT_A_LIST)
        read = [self.node(one, f"{path}.{number}", depth=depth + 1) for number, one in enumerate(documents)]
        return tuple(part for part in read if part is not None)


def _test(document: Mapping[str, Any], path: str, actor: Actor) -> Compare:
    condition = _condition(document["field"], path)
    if not condition.open_to(actor):
        raise _Fault(f"{path}.field", _hidden(condition))
    operator = condition.operator(document["op"]) if isinstance(document["op"], str) else None
    if operator is None:
        offered = "、".join(one.key for one in condition.operators)
        raise _Fault(
            f"{path}.op",
            Words(
                f"该条件支持的比较方式：{offered}", f"This condition can be compared by: {offered.replace('、', ', ')}"
            ),
        )
    try:
        value = operator.value.validate_python(document.get("value"))
    except ValidationError as error:
        raise _Fault(f"{path}.value", _wanted(operator.takes)) from error
    _known_keys(condition, value, path)
    return Compare(condition, operator, value)


def _condition(field: Any, path: str) -> Condition:
    condition = conditions.get(field) if isinstance(field, str) else None
    if condition is None:
        raise _Fault(
            f"{path}.field",
            Words("没有这个条件，请从条件列表中选择", "There is no such condition; choose one from the catalogue"),
        )
    return condition


def _hidden(condition: Condition) -> Words:
    zh, en = condition.label.zh, condition.label.en
    return Words(
        f"您只能看到脱敏的「{zh}」，不能用它圈选，请联系管理员开通查看完整{zh}的权限",
        f"You see “{en}” masked, so a rule of yours cannot ask for it; ask an administrator to reveal it",
    )


def _known_keys(condition: Condition, value: Any, path: str) -> None:
    if condition.choices is None:
        return
    unknown = [str(key) for key in value if key not in condition.choices]
    if unknown:
        offered = ", ".join(condition.choices)
        raise _Fault(f"{path}.value", _CHOOSE.with_values(offered=offered))


_WANTED = {
    "text": Words("请填写 1 至 200 个字的文本", "Give a text of 1 to 200 characters"),
    "ids": Words("请选择 1 至 500 项（编号的列表）", "Choose 1 to 500 (a list of ids)"),
    "keys": Words("请至少选择一项", "Choose at least one"),
    "days": Words("请填写 1 至 3650 之间的天数", "Give a number of days from 1 to 3650"),
    "time": Words(
        "请填写带时区的时间，如 2026-01-31T09:00:00+08:00", "Give a time with its zone, as 2026-01-31T09:00:00+08:00"
    ),
    "flag": Words("请填写 true 或 false", "Give true or false"),
    "nothing": Words("此处不需要填写值", "Give no value here"),
}
_OTHER = Words("值的格式不正确", "The value is not of the right form")


def _wanted(takes: str) -> Words:
    return _WANTED.get(takes, _OTHER)
