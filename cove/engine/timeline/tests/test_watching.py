"""Live timelines: who is told that something is new, how often, and who no longer is."""

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings

from cove.directory.org.commands.tenants import create_administrator
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.people import facade as people
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.commands.notes import write_note
from cove.directory.people.contracts import Identity
from cove.engine.timeline.commands import watching
from cove.engine.timeline.commands.watching import EVENT, watch_contact
from cove.engine.timeline.models import Watch
from cove.facts.tracking import PageViewed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotForKeys, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.log.publish import append_facts, pending

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def contact(actor, drain):
    found, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm-live"), source="wecom", at=NOON)
    drain()
    return found


@pytest.fixture
def heard(databases):
    """What was told live since it was last asked, as (members, data)."""
    given = settings.DATABASES["default"]
    with psycopg.connect(
        host=given["HOST"],
        port=given["PORT"] or None,
        user=given["USER"],
        password=given["PASSWORD"],
        dbname=given["NAME"],
        autocommit=True,
    ) as listening:
        listening.execute("LISTEN cove_live")

        def ask():
            # What is told comes in the order in which it was told, so this is the last of it.
            listening.execute("SELECT pg_notify('cove_live', %s)", [json.dumps({"e": (end := new_slug(12))})])
            said = list(_until(end, listening))
            return [(one["m"], one["d"], one["o"]) for one in said if one["e"] == EVENT]

        yield ask


def _until(end, listening):
    for one in listening.notifies(timeout=60):
        said = json.loads(one.payload)
        if said["e"] == end:
            return
        yield said
    raise AssertionError("nothing is told any more")


def test_who_looks_is_told_also_of_what_a_known_visitor_does(actor, administrator, contact, heard, drain):
    people.join_visitor(actor, contact_id=contact.id, visitor_id=4711, how="identify")
    drain()
    watch_contact(actor_of_member(administrator), contact_id=contact.id)
    view = PageViewed(visitor_id=4711, message_id="m", url="https://example.test/", title="价格")
    append_facts([pending(view, at=NOON + timedelta(hours=1), chain=())])

    drain()

    assert heard() == [
        ([administrator.id], {"contact_id": contact.id, "oldest": "2026-03-01T13:00:00+00:00"}, "timeline.see")
    ]


def test_nobody_is_told_when_nobody_looks_or_the_page_was_closed(actor, administrator, contact, heard, drain):
    write_note(actor, contact_id=contact.id, text="一")
    drain()
    watch_contact(actor_of_member(administrator), contact_id=contact.id)
    with clock.shifted(timedelta(seconds=91)):
        write_note(actor, contact_id=contact.id, text="二")
        drain()

        assert heard() == []
        watch_contact(actor_of_member(administrator), contact_id=contact.id)
    assert Watch.objects.count() == 1


def test_a_flood_is_told_once_a_second_and_the_earliest_of_it_is_not_forgotten(
    actor, administrator, contact, heard, drain, monkeypatch
):
    # A minute in place of the second, which a busy machine needs for the test itself.
    monkeypatch.setattr(watching, "PAUSE", timedelta(seconds=60))
    watch_contact(actor_of_member(administrator), contact_id=contact.id)
    for number in range(5):
        write_note(actor, contact_id=contact.id, text=str(number))
        drain()
    assert len(heard()) == 1

    late = PageViewed(visitor_id=1, message_id="m", url="https://example.test/", title="价格")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=1, how="identify")
    append_facts([pending(late, at=NOON, chain=())])
    drain()
    assert heard() == []
    with clock.shifted(timedelta(seconds=61)):
        write_note(actor, contact_id=contact.id, text="later")
        drain()
    assert [data["oldest"] for _, data, _ in heard()] == ["2026-03-01T12:00:00+00:00"]


def test_who_may_not_see_the_contact_is_not_told(actor, administrator, contact, heard, drain):
    colleague = create_administrator(
        actor, name="同事", email=f"c{actor.tenant_id}@cove.test", password="harbour-light-42"
    )
    reader = actor_of_member(colleague)
    watch_contact(reader, contact_id=contact.id)
    colleague.grants.all().delete()

    write_note(actor, contact_id=contact.id, text="x")
    drain()

    assert heard() == []
    assert not Watch.objects.exists()
    with pytest.raises(NotFound):
        watch_contact(actor_of_member(administrator), contact_id=contact.id + 1_000_000)
    with pytest.raises(NotForKeys):
        watch_contact(Actor.system(actor.tenant_id), contact_id=contact.id)


def test_a_page_that_was_open_when_he_was_merged_hears_of_the_one_that_stays(
    actor, administrator, contact, heard, drain
):
    other, _ = people.admit_contact(actor, identity=Identity("user", "u-live"), source="server", at=NOON)
    drain()
    watch_contact(actor_of_member(administrator), contact_id=contact.id)
    merge_contacts(actor, contact_id=other.id, merged_id=contact.id)
    drain()
    assert [data["contact_id"] for _, data, _ in heard()] == [contact.id]
    Watch.objects.update(told_at=None)
    write_note(actor, contact_id=other.id, text="了解预算")
    drain()
    assert [data["contact_id"] for _, data, _ in heard()] == [contact.id]


def test_a_page_says_that_it_looks(browser_client, administrator, contact):
    answer = browser_client.put(f"/api/contacts/{contact.id}/timeline/watch")
    assert answer.status_code == 204
    row = Watch.objects.get()
    assert (row.member_id, row.contact_id) == (administrator.id, contact.id)
    assert row.until > clock.now() + timedelta(seconds=80)
    assert browser_client.put(f"/api/contacts/{contact.id + 1_000_000}/timeline/watch").status_code == 404
