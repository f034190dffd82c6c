from __future__ import annotations

from cove.directory.org.errors import ImportOver
from cove.directory.org.models import MemberImport
from cove.directory.org.permissions import MANAGE_MEMBERS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import tenant_scope


def member_import(actor: Actor, import_id: int) -> MemberImport:
    """Return an import that the actor began. Raises NotFound, ImportOver for one that expired before it was confirmed."""
    actor.require(MANAGE_MEMBERS)
    row = MemberImport.visible_to(actor).filter(id=import_id).first()
    if row is None:
        raise NotFound
    if row.state == MemberImport.State.CHECKED and row.expires_at < clock.now():
        raise ImportOver
    return row


def lines_to_write(actor: Actor, import_id: int) -> int:
    """Return how many lines of an import have no fault."""
    with tenant_scope(actor.tenant_id):
        row = MemberImport.visible_to(actor).get(id=import_id)
    return sum(not line["faults"] for line in row.rows)
