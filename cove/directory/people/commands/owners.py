from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from cove.directory.people.models import Contact, Ownership
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(KEEP_PEOPLE)
def begin_ownership(actor: Actor, *, contact_id: int, member_id: int, since: datetime) -> bool:
    """Make a member an owner of a contact since `since`; return False if he already is."""
    contact = Contact.visible_to(actor).select_for_update().get(id=contact_id)
    if Ownership.objects.filter(contact=contact, member_id=member_id, until__isnull=True).exists():
        return False
    Ownership.objects.create(contact=contact, member_id=member_id, since=since)
    seen = Greatest(F("last_seen_at"), since)
    Contact.visible_to(actor).filter(id=contact_id).update(owner_count=F("owner_count") + 1, last_seen_at=seen)
    return True


@command(KEEP_PEOPLE)
def end_ownership(actor: Actor, *, contact_id: int, member_id: int, until: datetime) -> bool:
    """End a member's ownership at `until`; return False if he was no owner. History stays."""
    Contact.visible_to(actor).select_for_update().get(id=contact_id)
    open_ones = Ownership.objects.filter(contact_id=contact_id, member_id=member_id, until__isnull=True)
    if not open_ones.update(until=until):
        return False
    Contact.visible_to(actor).filter(id=contact_id).update(owner_count=F("owner_count") - 1)
    return True


@command(KEEP_PEOPLE)
def describe_ownership(actor: Actor, *, contact_id: int, member_id: int, way: int | None, remark: str) -> None:
    """Keep how the friendship came about (`way`: WeCom's add_way) and the member's remark."""
    Ownership.objects.filter(contact_id=contact_id, member_id=member_id, until__isnull=True).update(
        way=way, remark=remark
    )
