from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from cove.directory.people.models import Contact, Ownership
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.kernel.actor import Actor
from cove.kernel.command import command

_COUNT = """
UPDATE people_contact c SET owner_count =
    (SELECT count(*) FROM people_ownership o WHERE o.contact_id = c.id AND o.until IS NULL)
WHERE c.id = ANY(%s)
"""
_HOLD = """
WITH ends AS (
    SELECT contact_id, bool_or(until IS NULL) AS followed, max(until) AS last
    FROM people_ownership WHERE contact_id = ANY(%s) GROUP BY contact_id
)
UPDATE people_ownership o SET held = (o.until IS NULL OR (NOT ends.followed AND o.until = ends.last))
FROM ends WHERE o.contact_id = ends.contact_id
    AND o.held IS DISTINCT FROM (o.until IS NULL OR (NOT ends.followed AND o.until = ends.last))
"""


def settle_owners(contact_ids: Iterable[int]) -> None:
    """Count who follows these contacts and mark whose they are, after ownerships changed; the contacts are held."""
    ids = list(contact_ids)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [ids])
        cursor.execute(_HOLD, [ids])


@command(KEEP_PEOPLE)
def begin_ownership(actor: Actor, *, contact_id: int, member_id: int, since: datetime) -> bool:
    """Make a member an owner of a contact since `since`; return False if he already is."""
    contact = Contact.visible_to(actor).select_for_update().get(id=contact_id)
    if Ownership.objects.filter(contact=contact, member_id=member_id, until__isnull=True).exists():
        return False
    Ownership.objects.create(contact=contact, member_id=member_id, since=since)
    seen = Greatest(F("last_seen_at"), since)
    Contact.visible_to(actor).filter(id=contact_id).update(last_seen_at=seen)
    settle_owners([contact_id])
    return True


@command(KEEP_PEOPLE)
def end_ownership(actor: Actor, *, contact_id: int, member_id: int, until: datetime) -> bool:
    """End a member's ownership at `until`; return False if he was no owner. History stays."""
    Contact.visible_to(actor).select_for_update().get(id=contact_id)
    open_ones = Ownership.objects.filter(contact_id=contact_id, member_id=member_id, until__isnull=True)
    if not open_ones.update(until=until):
        return False
    settle_owners([contact_id])
    return True


@command(KEEP_PEOPLE)
def describe_ownership(actor: Actor, *, contact_id: int, member_id: int, way: int | None, remark: str) -> None:
    """Keep how the friendship came about (`way`: WeCom's add_way) and the member's remark."""
    Ownership.objects.filter(contact_id=contact_id, member_id=member_id, until__isnull=True).update(
        way=way, remark=remark
    )
