"""Arithmetic of rights: operation key to data scope. Several roles add up, an operation brings what it implies, the widest scope wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cove.kernel.actor import SCOPES, DataScope
from cove.kernel.operations import Operation, operations

Rights = Mapping[str, DataScope]


def wider(one: DataScope, other: DataScope) -> DataScope:
    """Return the wider of two scopes."""
    return max(one, other, key=SCOPES.index)


def with_implied(rights: Rights) -> dict[str, DataScope]:
    """Return rights with all that they imply, each at least as wide as what implies it.

    Keys of modules that are gone and of operations that no role may hold are left out. An operation without a data scope of its own
    brings the narrowest of what it implies: who makes something must see what he made, and no more.
    """
    found: dict[str, DataScope] = {}
    waiting = [(key, scope) for key, scope in rights.items()]
    while waiting:
        key, scope = waiting.pop()
        entry = operations.get(key)
        if entry is None or not entry.grantable:
            continue
        scope = scope if entry.scoped else "all"
        if key in found and wider(found[key], scope) == found[key]:
            continue
        found[key] = scope
        waiting.extend((one, implied_scope(entry, scope, one)) for one in entry.implies)
    return found


def implied_scope(by: Operation, scope: DataScope, implied: str) -> DataScope:
    """Return the scope with which `by`, held with `scope`, brings the operation `implied`."""
    entry = operations.get(implied)
    if entry is None or not entry.scoped:
        return "all"
    return scope if by.scoped else "own"


def united(several: Iterable[Rights]) -> dict[str, DataScope]:
    """Return the rights of several roles together, what they imply included."""
    found: dict[str, DataScope] = {}
    for rights in several:
        for key, scope in with_implied(rights).items():
            found[key] = wider(found[key], scope) if key in found else scope
    return found


def exceeding(rights: Rights, own: Rights) -> list[str]:
    """Return the keys of those of `rights` that `own` does not cover, sorted; what they imply is looked at, too."""
    return sorted(
        key
        for key, scope in with_implied(rights).items()
        if key not in own or SCOPES.index(scope) > SCOPES.index(own[key])
    )
