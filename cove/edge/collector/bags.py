"""Properties and traits: names and values that anybody makes up, within bounds that every store behind can keep."""

from __future__ import annotations

from typing import Any

from cove.edge.collector.wire import Bag
from cove.kernel.words import Words

MOST = 200
LONGEST_NAME = 100
DEEPEST = 5
LARGEST_NUMBER = 2**63

_MANY = Words("最多 {most} 个属性", "At most {most} properties")
_NAME = Words("属性名须为 1 到 {most} 个字符", "A property's name has 1 to {most} characters")
_RESERVED = Words("以 $ 开头的属性名由 Cove 保留，请去掉 $", "Names that begin with $ belong to Cove; leave the $ away")
_DEEP = Words("嵌套过深，最多 {most} 层", "Nested too deeply; at most {most} levels")
_NUMBER = Words("数值超出范围，过大的编号请传字符串", "The number is out of range; send large ids as strings")


def check(name: str, bag: Bag, faults: dict[str, Words]) -> None:
    """Add to `faults` what is wrong with the bag called `name`, by the path of each fault."""
    if len(bag) > MOST:
        faults[name] = _MANY.with_values(most=MOST)
        return
    for key, value in bag.items():
        if not key or key[0] == "$" or len(key) > LONGEST_NAME:
            wrong = _RESERVED if key[:1] == "$" else _NAME.with_values(most=LONGEST_NAME)
            faults[f"{name}.{key[:LONGEST_NAME]}"] = wrong
            continue
        kind = type(value)
        if kind is str:
            continue
        if kind is int or kind is float:
            if not -LARGEST_NUMBER < value < LARGEST_NUMBER:
                faults[f"{name}.{key}"] = _NUMBER
        elif wrong_value := _wrong(value, 1):
            faults[f"{name}.{key}"] = wrong_value


def _wrong(value: Any, depth: int) -> Words | None:
    kind = type(value)
    if kind is int or kind is float:
        return None if -LARGEST_NUMBER < value < LARGEST_NUMBER else _NUMBER
    if kind is dict or kind is list:
        if depth >= DEEPEST:
            return _DEEP.with_values(most=DEEPEST)
        inside = value.values() if kind is dict else value
        return next((wrong for one in inside if (wrong := _wrong(one, depth + 1))), None)
    return None
