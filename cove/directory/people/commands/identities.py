from __future__ import annotations

from cove.directory.people.commands.duplicates import suspect
from cove.directory.people.contracts import Identity
from cove.directory.people.models import ContactIdentity
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(KEEP_PEOPLE)
def add_identity(actor: Actor, *, contact_id: int, identity: Identity) -> bool:
    """Remember one more way in which a contact is known; return whether he is the one known by it now.

    An identity that already belongs to another contact stays there, and both are suspected to be one person: joining two known people
    is a decision of its own.
    """
    row, _ = ContactIdentity.objects.get_or_create(
        kind=identity.kind, value=identity.value, defaults={"contact_id": contact_id, "created_at": clock.now()}
    )
    if row.contact_id != contact_id:
        suspect(actor, contact_id, row.contact_id, _REASONS.get(identity.kind, "user"), identity.value)
    return row.contact_id == contact_id


_REASONS = {
    "unionid": "unionid",
    "phone": "phone",
    "email": "email",
    "wecom_external": "unionid",
    "wechat_openid": "unionid",
    "user": "user",
}
