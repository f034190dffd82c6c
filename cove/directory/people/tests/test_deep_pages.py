"""A page begins where it begins, however many rows lie before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cove.directory.people import facade as people
from cove.directory.people import queries
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.contracts import Identity
from cove.directory.people.models import Contact
from cove.kernel.paging import beyond, slice_after

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
_OTHER_WAYS = ("enable_seqscan", "enable_bitmapscan", "enable_sort")


@pytest.fixture
def many(actor):
    """Sixty contacts, three of each minute."""
    made = [
        Contact(name=f"客户{number}", created_at=BEGAN + timedelta(minutes=number // 3), last_seen_at=BEGAN)
        for number in range(60)
    ]
    return [row.id for row in Contact.objects.bulk_create(made)]


def test_an_index_begins_at_the_page(actor, many):
    """Without the bound by itself PostgreSQL passes all rows before the page, one by one."""
    rows = Contact.visible_to(actor).filter(beyond("created_at", BEGAN, many[1], descending=True))
    with connection.cursor() as cursor:
        for way in _OTHER_WAYS:
            cursor.execute(f"SET {way} = off")
        try:
            plan = rows.order_by("-created_at", "-id")[:20].explain()
        finally:
            for way in _OTHER_WAYS:
                cursor.execute(f"RESET {way}")
    assert "people_contact_newest" in plan
    (begins,) = [line for line in plan.splitlines() if "Index Cond" in line]
    assert "created_at <=" in begins, plan


@pytest.mark.parametrize("sort", ["-created_at", "created_at", "-id", "id", "name"])
def test_every_row_is_on_one_page(actor, many, sort):
    rows, found, cursor = Contact.visible_to(actor), [], None
    while True:
        page, cursor = slice_after(rows, sort=sort, cursor=cursor, limit=7)
        found += [row.id for row in page]
        if cursor is None:
            break
    step = "-" if sort.startswith("-") else ""
    assert found == list(rows.order_by(sort, f"{step}id").values_list("id", flat=True))
    assert sorted(found) == sorted(many)


def test_the_neighbours_are_those_of_the_list(actor, many):
    ordered = list(Contact.visible_to(actor).order_by("-created_at", "-id"))
    for place, one in enumerate(ordered):
        newer = ordered[place - 1].id if place else None
        older = ordered[place + 1].id if place + 1 < len(ordered) else None
        assert queries.neighbours(actor, one) == (newer, older)


def test_a_tag_counts_people_and_not_numbers(actor):
    tag = people.ensure_tags(actor, group="级别", names=["重要", "一般"])["重要"]
    ids = [
        people.admit_contact(actor, identity=Identity("phone", f"1390000000{number}"), source="console")[0].id
        for number in range(3)
    ]
    for one in ids:
        people.tag_contact(actor, contact_id=one, add=[tag.id], source="console")
    merge_contacts(actor, contact_id=ids[0], merged_id=ids[1])
    (group,) = queries.tag_groups(actor)
    assert {one.name: one.contacts for one in group.tags.all()} == {"重要": 2, "一般": 0}
