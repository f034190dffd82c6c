from __future__ import annotations

import pytest

from cove.directory.org import facade as org
from cove.directory.org.commands.notices import NOTICES, read_all_notices, read_notice
from cove.directory.org.models import Notice, NoticeSettings, Role, RoleGrant
from cove.directory.org.permissions import SEE_MEMBERS
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.queries.notices import notices, texts_of, unread_count
from cove.directory.org.tests.noticing import declare, member_of
from cove.kernel import clock
from cove.kernel.errors import NotFound
from cove.kernel.personal_data import Person
from cove.kernel.words import speaking

VALUES = {"name": "林晓雨", "place": "{name}", "id": 7}


def tell(actor, members, **more):
    wanted = {"kind": "test.arrived", "values": VALUES} | more
    return org.notify(actor, member_ids=[member.id for member in members], **wanted)


def test_each_member_is_told_in_the_language_he_reads_in(actor, monkeypatch):
    declare(monkeypatch)
    members = [member_of(actor, "甲"), member_of(actor, "乙")]
    assert tell(actor, members) == 2
    row = notices(actor_of_member(members[0])).get()
    assert texts_of([row])[row.id] == ("林晓雨到了", "在{name}")
    with speaking("en"):
        assert texts_of([row])[row.id] == ("林晓雨 arrived", "At {name}")
    assert row.url == "/things/7"


def test_an_occasion_is_told_once(actor, monkeypatch):
    declare(monkeypatch)
    member = member_of(actor, "甲")
    assert [tell(actor, [member], once_key="a"), tell(actor, [member], once_key="a")] == [1, 0]
    assert tell(actor, [member], once_key="b") == 1
    assert unread_count(actor_of_member(member)) == 2


def test_many_are_told_with_as_many_statements_as_few(actor, monkeypatch, django_assert_max_num_queries):
    declare(monkeypatch, wecom="now")
    members = [member_of(actor, f"员工{number}", wecom_userid=f"u{number}") for number in range(60)]
    with django_assert_max_num_queries(16):
        assert tell(actor, members) == 60


def test_who_left_or_lacks_the_right_or_may_not_see_the_record_is_passed_over(actor, monkeypatch):
    declare(monkeypatch, needs=SEE_MEMBERS, may_see=lambda who, values: who.name != values["not_for"])
    role = Role.objects.create(name="看成员", rights={SEE_MEMBERS.key: "all"})
    holder, left, stranger, blind = (member_of(actor, name) for name in ("有权", "离职", "无权", "看不到"))
    for member in (holder, left, blind):
        RoleGrant.objects.create(member=member, role=role)
    left.active = False
    left.save()
    assert tell(actor, [holder, left, stranger, blind], values=VALUES | {"not_for": "看不到"}) == 1
    assert Notice.objects.get().member_id == holder.id
    assert org.holders_of(actor, SEE_MEMBERS) == {holder.id, blind.id}


def test_a_burst_that_folds_waits_as_one(actor, monkeypatch):
    declare(monkeypatch, folds=True)
    member = member_of(actor, "甲")
    for number in range(13):
        tell(actor, [member], values=VALUES | {"place": str(number)}, once_key=str(number))
    row = Notice.objects.get()
    assert (row.more, row.values["place"]) == (12, "12")
    read_notice(actor_of_member(member), notice_id=row.id)
    tell(actor, [member])
    assert Notice.objects.count() == 2


def test_what_is_muted_is_listed_but_does_not_count(actor, monkeypatch):
    declare(monkeypatch)
    member = member_of(actor, "甲")
    NoticeSettings.objects.create(member=member, choices={"test.arrived": {"bell": "off"}})
    tell(actor, [member])
    who = actor_of_member(member)
    assert (notices(who).count(), unread_count(who)) == (1, 0)


def test_reading_is_ones_own(actor, monkeypatch):
    declare(monkeypatch)
    mine, others = member_of(actor, "甲"), member_of(actor, "乙")
    tell(actor, [mine, others])
    who, row = actor_of_member(mine), Notice.objects.get(member=others)
    with pytest.raises(NotFound):
        read_notice(who, notice_id=row.id)
    before = clock.now()
    tell(actor, [mine])
    assert read_all_notices(who, until=before) == 1
    assert read_all_notices(who) == 1
    assert unread_count(actor_of_member(others)) == 1


def test_a_person_who_is_erased_is_forgotten_here_too(actor, monkeypatch):
    declare(monkeypatch)
    member = member_of(actor, "甲")
    tell(actor, [member], contact_id=5)
    tell(actor, [member], contact_id=6)
    assert NOTICES.erase(actor, Person(5)) == 1
    assert Notice.objects.get().contact_id == 6
