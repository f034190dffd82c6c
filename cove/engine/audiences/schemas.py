from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class ChoiceAnswer(BaseModel):
    value: str
    label: str


class OperatorAnswer(BaseModel):
    """A way to compare; `takes` says which input its value needs: text, ids, keys, days, time, flag, nothing, or a module's own."""

    key: str
    label: str
    takes: str


class ConditionAnswer(BaseModel):
    """Something a rule may ask. Values of `ids` come from the picker of that name, values of `keys` from `choices`."""

    field: str
    label: str
    owner: str
    picker: str
    choices: list[ChoiceAnswer]
    operators: list[OperatorAnswer]


class ConditionsAnswer(BaseModel):
    items: list[ConditionAnswer]


class RuleToPreview(BaseModel):
    rule: dict[str, Any]


class PreviewAnswer(BaseModel):
    """`exact` is false when more people match than were counted; `sample` are the names of the newest."""

    count: int
    exact: bool
    words: str
    sample: list[str]
