"""How many a mass message would reach is counted in the database; it is what looking at each of them finds."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.people import facade as people
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import MARKETING
from cove.engine.channels.delivery.models import Touch
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.aims import MassAim
from cove.engine.channels.wecom.models import WecomChannel, WecomMassTarget, WecomMassTask
from cove.engine.channels.wecom.tests.test_reach import rules
from cove.kernel import clock

EVERYBODY = MassAim(kind="customers")


def looked_at(actor, *, aim=EVERYBODY, most=100, sender_id=None):
    chosen = queries.aimed_contacts(actor, aim, most=most)
    held = queries.mass_left_out(actor, chosen, sender_id=sender_id)
    return Counter(held.get(one, "") for one in chosen)


def counted(actor, *, aim=EVERYBODY, most=100, sender_id=None):
    return +queries.count_mass_reach(actor, aim, most=most, sender_id=sender_id)


def stranger(actor, number):
    card, _ = people.admit_contact(actor, identity=Identity("phone", f"1380000000{number}"), source="console")
    return card.id


def choose(actor, contact_id, *, agrees=True, wants=True):
    privacy.keep_choices(
        actor, contact_id=contact_id, source="console", purposes={MARKETING: agrees}, channels={"wecom": wants}
    )


@pytest.fixture
def crowd(actor, friends):
    """One of each kind, and two who are reached."""
    WecomChannel.objects.update(mass_rule="day")
    rows = friends(7)
    _, left, refused, over, full, merged, reached = (contact for contact, *_ in rows)
    choose(actor, left, wants=False)
    choose(actor, refused, agrees=False)
    rules(actor, most_a_day=2)
    Touch.objects.bulk_create(Touch(contact_id=over, delivery_id=one, at=clock.now()) for one in (1, 2))
    span = {"asked_at": clock.now(), "ends_at": clock.now()}
    task = WecomMassTask.objects.create(key="before", chat_type="single", content={}, **span)
    had = {"target": rows[4][2], "contact_id": full, "state": "sent", "sent_at": clock.now()}
    WecomMassTarget.objects.create(task=task, **had)
    choose(actor, stranger(actor, 1))
    stranger(actor, 2)
    # What was said under the number that was merged counts for the person.
    other = stranger(actor, 3)
    choose(actor, other, wants=False)
    merge_contacts(actor, contact_id=merged, merged_id=other)
    return reached


def test_each_reason_is_counted_as_it_is_found(actor, crowd, administrator):
    expected = Counter({"": 2, "unsubscribed": 2, "no_consent": 2, "over_cap": 1, "had_the_most": 1, "not_a_friend": 1})
    assert looked_at(actor) == counted(actor) == expected
    nobodys = {"sender_id": administrator.id}
    assert looked_at(actor, **nobodys) == counted(actor, **nobodys)


def test_no_more_are_counted_than_asked_for(actor, crowd):
    for most in range(1, 10):
        assert counted(actor, most=most) == looked_at(actor, most=most)
        assert counted(actor, most=most).total() == most


def test_a_purpose_that_asks_nobody_first_is_counted_so(actor, crowd):
    from cove.directory.privacy.models import Purpose

    Purpose.objects.filter(key=MARKETING).update(opt_in=False)
    assert counted(actor) == looked_at(actor)
    assert counted(actor)["no_consent"] == 1


def test_a_narrowed_aim_is_counted(actor, crowd):
    tag = people.ensure_tags(actor, group="级别", names=["重要"])["重要"]
    people.tag_contact(actor, contact_id=crowd, add=[tag.id], source="console")
    assert counted(actor, aim=MassAim(tag_id=tag.id)) == {"": 1}


def test_counting_asks_as_often_for_many_as_for_few(actor, crowd):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            counted(actor, most=50_001)
        return len(queries)

    before = asked()
    for number in range(4, 8):
        stranger(actor, number)
    assert asked() == before <= 20
