"""Who acts: a member, an API key, a visitor, or Cove itself because of a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from cove.kernel.errors import Forbidden
from cove.kernel.operations import Operation
from cove.kernel.sensitive import SensitiveField

MAX_CHAIN = 8

DataScope = Literal["own", "departments", "subtree", "all"]
"""Whose rows a right covers: one's own, those of one's departments, of these and all below them, or everybody's."""

SCOPES: tuple[DataScope, ...] = ("own", "departments", "subtree", "all")
"""Narrowest first."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain that led to a deed: the fact seen, and the rule (``module.reaction``) that saw it."""

    fact: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose rows an actor reaches with one operation: everybody's, or those of the members `member_ids`."""

    everybody: bool
    member_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something in one tenant, and what he may do.

    `rights` are the operations a member's roles add up to, each with the widest data scope they give it; `circles` are the members
    within each scope that occurs; `revealed` are the keys of the sensitive fields he sees whole. An API key (`key_id`) acts for the
    member who made it, within its own scopes. `owner`: he looks after the installation, which is no right of a role and which no key
    holds. The system may do everything inside its tenant; `chain` says because of which facts.
    """

    tenant_id: int
    kind: Literal["member", "key", "system", "visitor"]
    member_id: int | None = None
    name: str = ""
    rights: Mapping[str, DataScope] = field(default_factory=dict)
    circles: Mapping[DataScope, frozenset[int]] = field(default_factory=dict)
    revealed: frozenset[str] = frozenset()
    key_id: int | None = None
    owner: bool = False
    chain: tuple[Link, ...] = ()

    @classmethod
    def system(cls, tenant_id: int, *, chain: tuple[Link, ...] = ()) -> Actor:
        """Return Cove itself acting in `tenant_id` because of the facts in `chain`."""
        return cls(tenant_id=tenant_id, kind="system", chain=chain)

    def may(self, operation: Operation) -> bool:
        """Tell whether this actor may do `operation` to anything at all."""
        if self.kind == "system" or (operation.everyone and self.kind == "member"):
            return True
        if operation.installation:
            return self.owner and self.kind == "member"
        if self.kind == "key" and not operation.keys:
            return False
        return operation.grantable and operation.key in self.rights

    def require(self, operation: Operation) -> None:
        """Raise Forbidden unless this actor may do `operation`."""
        if not self.may(operation):
            raise Forbidden(operation=operation.label.here(), key=operation.key)

    def reach(self, operation: Operation) -> Reach:
        """Return whose rows this actor reaches with `operation`; nobody's without the right."""
        if self.kind == "system":
            return Reach(everybody=True)
        scope = self.rights.get(operation.key) if operation.grantable else None
        if scope is None:
            return Reach(everybody=False)
        if scope == "all" or not operation.scoped:
            return Reach(everybody=True)
        own = frozenset() if self.member_id is None else frozenset({self.member_id})
        return Reach(everybody=False, member_ids=self.circles.get(scope, frozenset()) | own)

    def sees(self, sensitive: SensitiveField) -> bool:
        """Tell whether this actor sees a sensitive field whole."""
        return self.kind == "system" or sensitive.key in self.revealed

    def because(self, link: Link) -> Actor:
        """Return the same actor one link further down a chain of causes."""
        return replace(self, chain=(*self.chain, link))
