"""Actions: what automation may do to a person. Modules declare theirs in their `actions` room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.words import Words


class ActionParams(BaseModel):
    """What an action is told beside whom it concerns; kept as JSON, so plain values only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


P = TypeVar("P", bound=ActionParams)


@dataclass(frozen=True, slots=True)
class Action:
    """A deed in the registry: `perform(actor, contact_id, params)` runs in the transaction of whoever asked for it.

    It makes no outward call; a message goes out through the delivery's queue. A refusal is a CoveError, and its words are shown.
    """

    key: str
    label: Words
    params: type[ActionParams]
    operation: Operation
    perform: Callable[[Actor, int, Any], None]


actions: Registry[Action] = Registry("actions", Action)


def action(
    key: str, *, zh: str, en: str, params: type[P], operation: Operation
) -> Callable[[Callable[[Actor, int, P], None]], Action]:
    """Declare the decorated function as the action `key` (``module.verb_noun``) that asks for `operation`."""

    def decorate(function: Callable[[Actor, int, P], None]) -> Action:
        return actions.add(key, Action(key, Words(zh, en), params, operation, function))

    return decorate
