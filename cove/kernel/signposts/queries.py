"""Reading a signpost of any company: for public pages, which name something before anybody is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cove.kernel.scope import every_tenant
from cove.kernel.signposts.models import Signpost


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose a public name is, and what stands behind it."""

    tenant_id: int
    document: dict[str, Any]


def signpost(kind: str, key: str) -> Standing | None:
    """Return what (`kind`, `key`) points at, or None. Begins a transaction of its own."""
    with every_tenant("a public page names what it is about before anybody is known"):
        row = Signpost.unsealed.filter(kind=kind, key=key).first()
    return Standing(row.tenant_id, row.document) if row else None


def stands(kind: str, beginning: str) -> bool:
    """Tell whether any company has a signpost of this kind whose key begins so."""
    with every_tenant("a public page names what it is about before anybody is known"):
        return Signpost.unsealed.filter(kind=kind, key__startswith=beginning).exists()
