"""One person is one contact, however many hear of him at once; visitors join once."""

import json
import threading
from datetime import timedelta

from django.db import connection

from cove.directory.people import facade as people
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, ContactIdentity
from cove.kernel import clock
from cove.kernel.scope import tenant_scope

LI = Identity("wecom_external", "wm-li")


def facts(actor, kind):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payload FROM log_fact WHERE tenant_id = %s AND kind = %s ORDER BY position", [actor.tenant_id, kind]
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_ten_at_once_make_one_contact(actor):
    gate = threading.Barrier(10)
    found, failed = [], []

    def admit():
        try:
            with tenant_scope(actor.tenant_id):
                gate.wait(60)
                found.append(people.admit_contact(actor, identity=LI, source="wecom", profile=Profile(name="李雷")))
        except Exception as error:  # noqa: BLE001 -- the test tells it
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=admit) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert not failed
    assert len({card.id for card, _ in found}) == 1
    assert [new for _, new in found].count(True) == 1
    assert Contact.objects.count() == ContactIdentity.objects.count() == 1
    assert len(facts(actor, "people.contact_admitted")) == 1


def test_the_same_value_of_another_kind_is_another_person(actor):
    one, _ = people.admit_contact(actor, identity=Identity("phone", "13800001234"), source="console")
    two, new = people.admit_contact(actor, identity=Identity("user", "13800001234"), source="web")
    assert new
    assert one.id != two.id


def test_a_visitor_belongs_to_one_contact_for_good(actor):
    li, _ = people.admit_contact(actor, identity=LI, source="wecom")
    han, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm-han"), source="wecom")

    assert people.join_visitor(actor, contact_id=li.id, visitor_id=9, how="live_code") is True
    assert people.join_visitor(actor, contact_id=li.id, visitor_id=9, how="identify") is True
    # A shared device: two known people are never joined by it.
    assert people.join_visitor(actor, contact_id=han.id, visitor_id=9, how="identify") is False

    assert people.visitors_of(actor, li.id) == [9]
    assert people.visitors_of(actor, han.id) == []
    assert people.contacts_of_visitors(actor, [9, 10]) == {9: li.id}
    assert len(facts(actor, "people.visitor_joined")) == 1


def test_what_members_wrote_stays_when_a_platform_says_otherwise(actor):
    li, _ = people.admit_contact(actor, identity=LI, source="wecom", profile=Profile(name="微信名", gender=1))
    change_contact(actor, contact_id=li.id, changes={"name": "李雷", "company_name": "海湾科技"})
    people.fill_profile(
        actor,
        contact_id=li.id,
        profile=Profile(name="新微信名", company_name="别的", position="经理", avatar_url="https://a/b"),
    )
    row = Contact.objects.get(id=li.id)
    assert (row.name, row.company_name, row.position, row.avatar_url, row.gender) == (
        "李雷",
        "海湾科技",
        "经理",
        "https://a/b",
        1,
    )
    assert [fact["fields"] for fact in facts(actor, "people.contact_changed")] == [
        ["name", "company_name"],
        ["avatar_url", "position"],
    ]


def test_ownership_begins_and_ends_once(actor, administrator):
    li, _ = people.admit_contact(actor, identity=LI, source="wecom")
    now = clock.now()
    whom = {"contact_id": li.id, "member_id": administrator.id}
    assert people.begin_ownership(actor, **whom, since=now) is True
    assert people.begin_ownership(actor, **whom, since=now) is False
    people.describe_ownership(actor, **whom, way=1, remark="展会")
    assert Contact.objects.get(id=li.id).owner_count == 1
    assert people.end_ownership(actor, **whom, until=now) is True
    assert people.end_ownership(actor, **whom, until=now) is False
    assert Contact.objects.get(id=li.id).owner_count == 0
    assert people.begin_ownership(actor, **whom, since=now) is True


def test_an_old_friendship_learned_late_does_not_move_activity_back(actor, administrator):
    li, _ = people.admit_contact(actor, identity=LI, source="wecom")
    before = Contact.objects.get(id=li.id).last_seen_at
    people.begin_ownership(actor, contact_id=li.id, member_id=administrator.id, since=before - timedelta(days=300))
    assert Contact.objects.get(id=li.id).last_seen_at == before


def test_activity_of_many_is_noted_at_once(actor, django_assert_max_num_queries):
    now = clock.now()
    ids = [
        people.admit_contact(actor, identity=Identity("wecom_external", f"wm{number}"), source="wecom", at=now)[0].id
        for number in range(5)
    ]
    later = now + timedelta(hours=1)
    with django_assert_max_num_queries(3):
        people.note_seen(
            actor, seen={**dict.fromkeys(ids[:4], later), ids[4]: now - timedelta(hours=1), 999_999_999: later}
        )
    seen = dict(Contact.objects.values_list("id", "last_seen_at"))
    assert [seen[key] for key in ids] == [later] * 4 + [now]
