from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["done", "refused"]


@dataclass(frozen=True, slots=True)
class ActionCall:
    """An action to perform: its key in the catalogue (``people.tag_contact``) and its parameters as JSON values."""

    key: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call: `again` when it had been settled before and was left alone; `reason` is the code of a refusal."""

    key: str
    state: State
    reason: str = ""
    again: bool = False
