"""Who follows whom. A channel tells of the contact it knows; where he was merged, the one that stays is followed with him."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from cove.directory.people.commands.holding import hold_way
from cove.directory.people.models import Contact, ContactMerge, Ownership
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.directory.people.queries.additions import Additions
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
    """Make a member an owner of a contact since `since`; return False if he already is. Raises NotFound."""
    way = hold_way(actor, contact_id)
    if _open(contact_id, member_id) is not None:
        return False
    Ownership.objects.create(contact_id=contact_id, member_id=member_id, since=since)
    for step in way:
        if _open(step.into_id, member_id) is None:
            row = Ownership.objects.create(contact_id=step.into_id, member_id=member_id, since=since)
            _remember(step, row)
    concerned = [contact_id, *(step.into_id for step in way)]
    seen = Greatest(F("last_seen_at"), since)
    Contact.objects.filter(id__in=concerned).update(last_seen_at=seen)
    settle_owners(concerned)
    return True


@command(KEEP_PEOPLE)
def end_ownership(actor: Actor, *, contact_id: int, member_id: int, until: datetime) -> bool:
    """End a member's ownership at `until`; return False if he was no owner. History stays. Raises NotFound."""
    way = hold_way(actor, contact_id)
    row = _open(contact_id, member_id)
    if row is None:
        return False
    _end([row], until)
    for step in way:
        above = _open(step.into_id, member_id)
        # He may follow the one that stays for himself, or for another who was merged.
        if above is None or not _got(step, above) or _followed_below(step.into_id, member_id):
            break
        _end([above], until)
    settle_owners([contact_id, *(step.into_id for step in way)])
    return True


@command(KEEP_PEOPLE)
def describe_ownership(actor: Actor, *, contact_id: int, member_id: int, way: int | None, remark: str) -> None:
    """Keep how the friendship came about (`way`: WeCom's add_way) and the member's remark."""
    rows = [_open(contact_id, member_id)]
    for step in hold_way(actor, contact_id):
        above = _open(step.into_id, member_id)
        rows += [above] if above is not None and _got(step, above) else []
    Ownership.objects.filter(id__in=[row.id for row in rows if row]).update(way=way, remark=remark)


def _open(contact_id: int, member_id: int) -> Ownership | None:
    return Ownership.objects.filter(contact_id=contact_id, member_id=member_id, until__isnull=True).first()


def _end(rows: Sequence[Ownership], until: datetime) -> None:
    Ownership.objects.filter(id__in=[row.id for row in rows]).update(until=until)


def _remember(step: ContactMerge, row: Ownership) -> None:
    added = Additions.read(step.added)
    added.owners[row.member_id] = (row.id, "")
    step.added = added.document()
    step.save(update_fields=["added"])


def _got(step: ContactMerge, row: Ownership) -> bool:
    return Additions.read(step.added).owners.get(row.member_id, (0, ""))[0] == row.id


def _followed_below(into_id: int, member_id: int) -> bool:
    others = ContactMerge.objects.filter(into_id=into_id, undone_at__isnull=True).values("contact_id")
    return Ownership.objects.filter(contact_id__in=others, member_id=member_id, until__isnull=True).exists()
