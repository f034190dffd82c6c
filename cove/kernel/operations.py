"""Operations: the named deeds that rights are given for."""

from __future__ import annotations

from dataclasses import dataclass

from cove.kernel.registry import Registry
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Operation:
    """A deed a role may hold, ``module.verb_noun`` such as ``live_codes.create``; read rights end in ``.see``."""

    key: str
    label: Words


operations: Registry[Operation] = Registry("operations", Operation)


def operation(key: str, zh: str, en: str) -> Operation:
    """Declare an operation and put it in the registry."""
    return operations.add(key, Operation(key, Words(zh, en)))
