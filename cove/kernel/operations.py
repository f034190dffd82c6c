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
    `implies`: keys of the operations without which this one is of no use; whoever holds this holds those, at least as widely.
    `of`: key of the kind of record (`cove.kernel.reachable`) it is done to, where that is another module's.
    `installation`: it reaches over tenants; the installation's owners may do it, and no role gives it.
    `keys`: an API key may hold it. What makes other keys or rights is for people at a browser.
    """

    key: str
    label: Words
    scoped: bool = False
    grantable: bool = True
    everyone: bool = False
    implies: tuple[str, ...] = ()
    of: str = ""
    installation: bool = False
    keys: bool = True

    @property
    def module(self) -> str:
        """Return the module it belongs to, the first word of its key."""
        return self.key.split(".", maxsplit=1)[0]


operations: Registry[Operation] = Registry("operations", Operation)
module_labels: Registry[Words] = Registry("module labels", Words)


def operation(  # noqa: PLR0913 -- each says one thing about the deed
    key: str,
    zh: str,
    en: str,
    *,
    scoped: bool = False,
    grantable: bool = True,
    everyone: bool = False,
    implies: tuple[Operation | str, ...] = (),
    of: str = "",
    installation: bool = False,
    keys: bool = True,
) -> Operation:
    """Declare an operation and put it in the registry. Those of other modules are named in `implies` by their keys."""
    grantable = grantable and not everyone and not installation
    made = Operation(
        key,
        Words(zh, en),
        scoped=scoped,
        grantable=grantable,
        everyone=everyone,
        implies=tuple(one if isinstance(one, str) else one.key for one in implies),
        of=of,
        installation=installation,
        keys=keys and grantable,
    )
    return operations.add(key, made)


def module_label(module: str, zh: str, en: str) -> Words:
    """Say what people call a module: the heading over its operations wherever rights are given."""
    return module_labels.add(module, Words(zh, en))
