"""Operations: the named deeds that rights are given for."""

from __future__ import annotations

from dataclasses import dataclass

from cove.kernel.registry import Registry
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Operation:
    """A deed a role may hold, ``module.verb_noun`` such as ``live_codes.create``; read rights are ``.see`` or ``.see_nouns``.

    `scoped`: the deed is done to rows that belong to members, so that a role gives it with a data scope.
    `grantable`: a role may hold it. The others are done by Cove itself on the way of something that was allowed.
    `everyone`: every member may do it without a role, because it is done to himself.
    `installation`: it reaches over tenants; the installation's owners may do it, and no role gives it.
    `keys`: an API key may hold it. What makes other keys or rights is for people at a browser.
    """

    key: str
    label: Words
    scoped: bool = False
    grantable: bool = True
    everyone: bool = False
    installation: bool = False
    keys: bool = True


operations: Registry[Operation] = Registry("operations", Operation)


def operation(
    key: str,
    zh: str,
    en: str,
    *,
    scoped: bool = False,
    grantable: bool = True,
    everyone: bool = False,
    installation: bool = False,
    keys: bool = True,
) -> Operation:
    """Declare an operation and put it in the registry."""
    grantable = grantable and not everyone and not installation
    made = Operation(key, Words(zh, en), scoped, grantable, everyone, installation, keys and grantable)
    return operations.add(key, made)
