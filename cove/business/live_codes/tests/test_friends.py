"""What a friend whom a code brought means for figures, visitor, source, tags and welcome."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from cove.business.live_codes.commands.codes import create_code
from cove.business.live_codes.commands.ways import add_leased_way, lease_way
from cove.business.live_codes.contracts import Visit, new_state, new_visit_id
from cove.business.live_codes.models import CodeFriendship, ContactWay, WayLease
from cove.business.live_codes.queries.codes import figures
from cove.business.live_codes.queries.report import report
from cove.directory.people.contracts import Identity
from cove.directory.people.facade import admit_contact, visitors_of
from cove.directory.people.models import Contact, ContactTag
from cove.facts.live_codes import CodeScanned
from cove.facts.wecom import ContactWayFailed, ContactWayMade, FriendAdded, FriendConfirmed, FriendRemoved
from cove.kernel import clock
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.signposts.models import Signpost


def tell(actor, *, facts, at=None):
    with transaction.atomic():
        append_facts([pending(fact, at=at, chain=()) for fact in facts])


@pytest.fixture
def contact(actor):
    return admit_contact(actor, identity=Identity("wecom_external", "wm1"), source="wecom")[0]


def added(contact, member, state, **rest):
    values = {"external_userid": "wm1", "userid": member.wecom_userid, "welcome_code": "WC1", **rest}
    return FriendAdded(contact_id=contact.id, member_id=member.id, member_name=member.name, state=state, **values)


def removed(contact, member):
    return FriendRemoved(contact_id=contact.id, member_id=member.id, member_name=member.name, by="customer")


def state_of(code, member):
    return ContactWay.objects.get(code=code, member=member, standing=True).state


def visit_of(code, member, visitor_id=77):
    return Visit(new_visit_id(), code.tenant_id, code.id, member.id, visitor_id, 0)


def test_a_friend_by_a_code_is_counted_tagged_and_welcomed_once(actor, code, members, tags, contact, asked, drain, at):
    fact = added(contact, members[0], state_of(code, members[0]))
    for _ in range(2):
        tell(actor, facts=[fact], at=at)
    drain()
    assert figures(actor, [code.id])[code.id].adds == 1
    row = Contact.objects.get(id=contact.id)
    assert (row.source, row.source_detail, row.source_ref) == ("live_code", "秋季展会", code.id)
    put = ContactTag.objects.filter(contact_id=contact.id)
    assert {one.tag_id for one in put} == {tag.id for tag in tags}
    assert {one.source for one in put} == {"live_code"}
    welcomes = [call.values for call in asked if call.name == "welcome"]
    assert len(welcomes) == 1
    assert welcomes[0]["text"] == "您好，欢迎！"
    assert welcomes[0]["event_at"] == at
    assert not SetAside.objects.exists()


def test_a_friend_without_our_state_is_none_of_ours(actor, code, members, contact, asked, drain):
    tell(actor, facts=[added(contact, members[0], ""), added(contact, members[0], "foreign")])
    drain()
    assert not CodeFriendship.objects.exists()


def test_a_known_contact_keeps_his_source(actor, code, members, contact, drain):
    tell(actor, facts=[added(contact, members[0], state_of(code, members[0]), new_contact=False)])
    drain()
    assert Contact.objects.get(id=contact.id).source == "wecom"


def test_the_leased_visitor_is_joined_and_only_once(actor, code, members, contact, drain):
    visit, state = visit_of(code, members[0]), new_state()
    add_leased_way(actor, visit=visit, state=state, config_id="c", qr_url="https://q/1")
    other = admit_contact(actor, identity=Identity("wecom_external", "wm2"), source="wecom")[0]
    tell(actor, facts=[added(contact, members[0], state), added(other, members[0], state)], at=clock.now())
    drain()
    assert visitors_of(actor, contact.id) == [77]
    assert visitors_of(actor, other.id) == []
    assert figures(actor, [code.id])[code.id].adds == 2


def test_the_platforms_whole_seconds_do_not_lose_a_quick_friend(actor, code, members, contact, drain):
    state = new_state()
    add_leased_way(actor, visit=visit_of(code, members[0]), state=state, config_id="c", qr_url="https://q/1")
    tell(actor, facts=[added(contact, members[0], state)], at=clock.now().replace(microsecond=0) - timedelta(seconds=1))
    drain()
    assert visitors_of(actor, contact.id) == [77]


def test_an_add_after_the_lease_joins_nobody_even_if_the_way_is_leased_again(actor, code, members, contact, drain):
    state = new_state()
    add_leased_way(actor, visit=visit_of(code, members[0]), state=state, config_id="c", qr_url="https://q/1")
    with clock.shifted(timedelta(minutes=45)):
        assert lease_way(actor, visit=visit_of(code, members[0], 88)) is None, "it rests"
        tell(actor, facts=[added(contact, members[0], state)], at=clock.now())
    drain()
    assert visitors_of(actor, contact.id) == []


def test_a_callback_that_comes_late_is_judged_by_the_time_of_the_event(actor, code, members, contact, drain):
    state, visit = new_state(), visit_of(code, members[0])
    add_leased_way(actor, visit=visit, state=state, config_id="c", qr_url="https://q/1")
    then = clock.now()
    with clock.shifted(timedelta(hours=2)):
        lease_way(actor, visit=visit_of(code, members[0], 88))
        tell(actor, facts=[added(contact, members[0], state)], at=then)
    drain()
    assert visitors_of(actor, contact.id) == [77]


def test_the_pool_lends_each_way_once_at_a_time(actor, code, members):
    first, second = visit_of(code, members[0]), visit_of(code, members[0], 78)
    assert lease_way(actor, visit=first) is None
    add_leased_way(actor, visit=first, state=new_state(), config_id="c", qr_url="https://q/1")
    assert lease_way(actor, visit=first) == "https://q/1", "a reload shows the same picture"
    assert lease_way(actor, visit=second) is None
    with clock.shifted(timedelta(minutes=61)):
        assert lease_way(actor, visit=second) == "https://q/1"
        assert lease_way(actor, visit=first) is None
        assert WayLease.objects.count() == 2


def test_coming_back_and_a_second_member_count_again(actor, code, members, contact, drain):
    first = added(contact, members[0], state_of(code, members[0]))
    second = added(contact, members[1], state_of(code, members[1]), new_contact=False)
    tell(actor, facts=[first, second], at=datetime(2026, 11, 18, 1, tzinfo=UTC))
    tell(actor, facts=[removed(contact, members[0])], at=datetime(2026, 11, 18, 17, tzinfo=UTC))
    tell(actor, facts=[first], at=datetime(2026, 11, 19, 1, tzinfo=UTC))
    drain()
    found = report(actor, code_id=code.id, begin=date(2026, 11, 17), end=date(2026, 11, 20))
    assert (found.totals.adds, found.totals.losses, found.totals.net) == (3, 1, 2)
    assert [(day.adds, day.losses) for day in found.days] == [(0, 0), (2, 0), (1, 1), (0, 0)], (
        "17:00 UTC is the 19th in China"
    )
    assert [(one.name, one.adds, one.losses) for one in found.members] == [("小王", 2, 1), ("小李", 1, 0)]


def test_the_loss_belongs_to_the_code_that_began_the_friendship(actor, code, members, contact, drain, at):
    later = create_code(actor, name="第二个码", members={members[1].id: 1})
    tell(actor, facts=[added(contact, members[0], state_of(code, members[0]))], at=at)
    tell(actor, facts=[added(contact, members[1], state_of(later, members[1]), new_contact=False)], at=at)
    tell(actor, facts=[removed(contact, members[0])], at=at)
    drain()
    counted = figures(actor, [code.id, later.id])
    assert (counted[code.id].adds, counted[code.id].losses) == (1, 1)
    assert (counted[later.id].adds, counted[later.id].losses) == (1, 0)


def test_scans_and_visitors_are_counted_in_batches(actor, code, members, drain):
    def scan(visitor, member):
        return CodeScanned(
            visitor_id=visitor,
            code_id=code.id,
            code_name=code.name,
            visit="v",
            member_id=member.id,
            member_name=member.name,
        )

    monday, tuesday = datetime(2026, 11, 16, 3, tzinfo=UTC), datetime(2026, 11, 17, 3, tzinfo=UTC)
    tell(actor, facts=[scan(1, members[0]), scan(1, members[0]), scan(2, members[1])], at=monday)
    drain()
    tell(actor, facts=[scan(1, members[1])], at=tuesday)
    drain()
    found = report(actor, code_id=code.id, begin=date(2026, 11, 16), end=date(2026, 11, 17))
    assert [(day.scans, day.visitors) for day in found.days] == [(3, 2), (1, 1)]
    assert (found.totals.scans, found.totals.visitors) == (4, 2), "over two days a visitor is one"
    assert {one.name: one.shown for one in found.members} == {"小王": 2, "小李": 2}
    assert report(actor, code_id=code.id, begin=date(2026, 11, 17), end=date(2026, 11, 17)).previous.scans == 3


def test_wecoms_answers_reach_the_edge(actor, code, members, drain):
    way = ContactWay.objects.get(code=code, member=members[0])
    made = ContactWayMade(key="k", config_id="cfg", qr_url="https://q/9", state=way.state, userids=["wang"])
    failed = ContactWayFailed(key="k", state=state_of(code, members[1]), reason="member_out_of_reach")
    tell(actor, facts=[made, failed])
    drain()
    document = Signpost.objects.get(key=code.slug).document
    assert document["members"][0][3] == "https://q/9"
    assert ContactWay.objects.get(code=code, member=members[1]).failure == "member_out_of_reach"


def test_a_welcome_code_that_comes_with_the_confirmation_is_used(actor, code, members, contact, asked, drain, at):
    half = added(contact, members[0], state_of(code, members[0]), welcome_code="")
    whole = FriendConfirmed(
        contact_id=contact.id,
        member_id=members[0].id,
        member_name="小王",
        external_userid="wm1",
        userid="wang",
        state=half.state,
        welcome_code="WC2",
    )
    tell(actor, facts=[half, whole], at=at)
    drain()
    assert [call.values["welcome_code"] for call in asked if call.name == "welcome"] == ["", "WC2"]
