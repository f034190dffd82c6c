from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from cove.kernel.http.shapes import NamedId


class ActionAnswer(BaseModel):
    """An action that automation can perform; `params` is the JSON Schema of its parameters, `operation` the right it asks for."""

    key: str
    label: str
    owner: str
    operation: str
    params: dict[str, Any]


class ActionsAnswer(BaseModel):
    items: list[ActionAnswer]


class ReasonAnswer(BaseModel):
    code: str
    text: str


class CauseAnswer(BaseModel):
    """The fact that set it off (`kind`, with its `label`), the rule that saw it, and the name of what asked for it, where known."""

    kind: str
    label: str
    rule: str
    on_behalf: str


class ActAnswer(BaseModel):
    """One automatic act, or one that did not happen and why."""

    id: int
    action: str
    label: str
    params: dict[str, Any]
    state: Literal["done", "refused"]
    state_label: str
    reason: ReasonAnswer | None
    cause: CauseAnswer | None
    member: NamedId | None
    at: datetime
