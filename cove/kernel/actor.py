"""Who acts: a member, an API key, a visitor, or Cove itself because of a fact."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from cove.kernel.errors import Forbidden
from cove.kernel.operations import Operation

MAX_CHAIN = 8


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain that led to a deed: the fact seen, and the rule (``module.reaction``) that saw it."""

    fact: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something in one tenant, and what he may do.

    `operations` are the keys a member's roles add up to. The system may do everything inside its tenant;
    `chain` says because of which facts.
    """

    tenant_id: int
    kind: Literal["member", "system", "visitor"]
    member_id: int | None = None
    name: str = ""
    operations: frozenset[str] = field(default_factory=frozenset)
    chain: tuple[Link, ...] = ()

    @classmethod
    def system(cls, tenant_id: int, *, chain: tuple[Link, ...] = ()) -> Actor:
        """Return Cove itself acting in `tenant_id` because of the facts in `chain`."""
        return cls(tenant_id=tenant_id, kind="system", chain=chain)

    def may(self, operation: Operation) -> bool:
        """Tell whether this actor may do `operation`."""
        return self.kind == "system" or operation.key in self.operations

    def require(self, operation: Operation) -> None:
        """Raise Forbidden unless this actor may do `operation`."""
        if not self.may(operation):
            raise Forbidden(operation=operation.label.here())

    def because(self, link: Link) -> Actor:
        """Return the same actor one link further down a chain of causes."""
        return replace(self, chain=(*self.chain, link))
