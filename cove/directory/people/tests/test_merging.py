"""Merging and undoing: what the one that stays gets, what is taken back, and every door that meets a merged contact."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q

from cove.directory.org.models import Member
from cove.directory.people import facade as people
from cove.directory.people import queries
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.commands.duplicates import MOST_ALIKE, suspect_alike, tell_apart
from cove.directory.people.commands.merging import merge_contacts, undo_merge
from cove.directory.people.commands.notes import write_note
from cove.directory.people.commands.tags import create_tag, create_tag_group, tag_contact
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.errors import AlreadyOne, ErasureAhead, MergeOver
from cove.directory.people.models import Contact, ContactMerge, ContactTag, Ownership, SuspectedDuplicate
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.privacy import facade as privacy
from cove.kernel.errors import NotFound
from cove.kernel.scope import tenant_scope

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTIONS = 10


@pytest.fixture
def pair(actor):
    """Li, who stays, and Lei, who has what Li lacks."""
    return _admitted(actor, "li", name="李雷"), _admitted(actor, "lei", name="雷", company_name="海湾科技", gender=1)


def _admitted(actor, user, at=NOON, **profile):
    card, _ = people.admit_contact(
        actor, identity=Identity("user", user), source="web", at=at, profile=Profile(**profile)
    )
    return card.id


def _member(name):
    return Member.objects.create(name=name, wecom_userid=name)


def _tags(actor, *names):
    group = create_tag_group(actor, name="意向", library="sales")
    return [create_tag(actor, group_id=group.id, name=name).id for name in names]


def _owners(contact_id):
    rows = Ownership.objects.filter(contact_id=contact_id, until__isnull=True).order_by("member__name")
    return [row.member.name for row in rows.select_related("member")]


def merge(actor, stays, merged):
    return merge_contacts(actor, contact_id=stays, merged_id=merged)


def test_what_the_one_that_stays_lacks_is_added_and_taken_back(actor, pair):
    li, lei = pair
    hot, cold = _tags(actor, "高", "低")
    wang, zhao = _member("王"), _member("赵")
    tag_contact(actor, contact_id=li, add=[hot])
    tag_contact(actor, contact_id=lei, add=[hot, cold])
    people.begin_ownership(actor, contact_id=li, member_id=wang.id, since=NOON)
    for member in (wang, zhao):
        people.begin_ownership(actor, contact_id=lei, member_id=member.id, since=NOON)
    change_contact(actor, contact_id=lei, changes={"phone": "13800001234", "position": "经理"})
    people.note_seen(actor, seen={lei: NOON + timedelta(days=2)})

    row = merge(actor, li, lei)

    stays = Contact.objects.get(id=li)
    assert (stays.name, stays.company_name, stays.position, stays.phone, stays.gender) == (
        "李雷",
        "海湾科技",
        "经理",
        "13800001234",
        1,
    )
    assert stays.last_seen_at == NOON + timedelta(days=2)
    assert people.tag_ids_of(actor, li) == {hot, cold} == people.tag_ids_of(actor, lei)
    assert _owners(li) == ["王", "赵"]
    assert stays.owner_count == 2

    undone = undo_merge(actor, merge_id=row.id)

    back = Contact.objects.get(id=li)
    assert undone.kept == ()
    assert (back.name, back.company_name, back.position, back.phone, back.gender) == ("李雷", "", "", "", 0)
    assert back.last_seen_at == NOON
    assert people.tag_ids_of(actor, li) == {hot}
    assert people.tag_ids_of(actor, lei) == {hot, cold}
    assert (_owners(li), _owners(lei)) == (["王"], ["王", "赵"])
    assert (back.owner_count, Contact.objects.get(id=lei).owner_count) == (1, 2)


def test_what_was_changed_since_stays_and_is_named(actor, pair):
    li, lei = pair
    (hot,) = _tags(actor, "高")
    zhao, sun = _member("赵"), _member("孙")
    tag_contact(actor, contact_id=lei, add=[hot])
    people.begin_ownership(actor, contact_id=lei, member_id=zhao.id, since=NOON)
    row = merge(actor, li, lei)
    change_contact(actor, contact_id=li, changes={"company_name": "新公司"})
    tag_contact(actor, contact_id=li, remove=[hot])
    tag_contact(actor, contact_id=li, add=[hot])
    people.end_ownership(actor, contact_id=li, member_id=zhao.id, until=NOON + timedelta(days=1))
    people.begin_ownership(actor, contact_id=li, member_id=sun.id, since=NOON + timedelta(days=1))

    undone = undo_merge(actor, merge_id=row.id)

    assert set(undone.kept) == {"高", "赵", "company_name"}
    assert Contact.objects.get(id=li).company_name == "新公司"
    assert people.tag_ids_of(actor, li) == {hot}
    assert (_owners(li), _owners(lei)) == (["孙"], ["赵"])


def test_what_two_brought_stays_while_one_of_them_does(actor, pair):
    li, lei = pair
    third = _admitted(actor, "third", company_name="另一家")
    (hot,) = _tags(actor, "高")
    zhao = _member("赵")
    for one in (lei, third):
        tag_contact(actor, contact_id=one, add=[hot])
        people.begin_ownership(actor, contact_id=one, member_id=zhao.id, since=NOON)
    first, second = merge(actor, li, lei), merge(actor, li, third)

    undo_merge(actor, merge_id=first.id)
    row = Contact.objects.get(id=li)
    assert (people.tag_ids_of(actor, li), _owners(li), row.company_name) == ({hot}, ["赵"], "另一家")

    undo_merge(actor, merge_id=second.id)
    row = Contact.objects.get(id=li)
    assert (people.tag_ids_of(actor, li), _owners(li), row.company_name) == (set(), [], "")


def test_over_several_merges_everybody_gives_back_what_he_had_from_the_one_who_leaves(actor, pair):
    li, lei = pair
    end = _admitted(actor, "end", name="终")
    hot, warm = _tags(actor, "高", "中")
    tag_contact(actor, contact_id=lei, add=[hot])
    tag_contact(actor, contact_id=li, add=[warm])
    first = merge(actor, li, lei)
    merge(actor, end, li)
    assert people.tag_ids_of(actor, end) == {hot, warm}

    undone = undo_merge(actor, merge_id=first.id)

    assert (undone.stays_id, undone.contact_id) == (end, lei)
    assert people.tag_ids_of(actor, end) == {warm}
    assert people.tag_ids_of(actor, lei) == {hot}
    assert people.family_of(actor, li) == [end, li]
    assert people.family_of(actor, lei) == [lei]


def test_a_channel_that_tells_of_the_merged_one_is_heard_for_both(actor, pair):
    li, lei = pair
    wang, zhao = _member("王"), _member("赵")
    people.begin_ownership(actor, contact_id=lei, member_id=wang.id, since=NOON)
    people.begin_ownership(actor, contact_id=li, member_id=wang.id, since=NOON)
    row = merge(actor, li, lei)
    people.begin_ownership(actor, contact_id=lei, member_id=zhao.id, since=NOON)
    people.describe_ownership(actor, contact_id=lei, member_id=zhao.id, way=1, remark="展会")
    assert _owners(li) == ["王", "赵"]
    assert set(Ownership.objects.filter(member=zhao).values_list("remark", flat=True)) == {"展会"}

    # Wang follows Li for himself: that the other friendship ended is none of his.
    assert people.end_ownership(actor, contact_id=lei, member_id=wang.id, until=NOON + timedelta(days=1)) is True
    assert _owners(li) == ["王", "赵"]
    people.end_ownership(actor, contact_id=lei, member_id=zhao.id, until=NOON + timedelta(days=1))
    assert _owners(li) == ["王"]

    undo_merge(actor, merge_id=row.id)
    assert (_owners(li), _owners(lei)) == (["王"], [])


def test_a_merged_contact_leads_on_wherever_his_number_is_given(actor, pair, drain):
    li, lei = pair
    people.join_visitor(actor, contact_id=lei, visitor_id=7, how="identify")
    merge(actor, li, lei)
    people.join_visitor(actor, contact_id=lei, visitor_id=8, how="identify")

    assert people.visitors_of(actor, li) == people.visitors_of(actor, lei) == [7, 8]
    assert people.contacts_of_visitors(actor, [7, 8]) == {7: li, 8: li}
    assert people.contact_by_identity(actor, Identity("user", "lei")).id == li
    assert people.number_by_identity(actor, Identity("user", "lei")) == lei
    assert {key: card.id for key, card in people.contacts_by_id(actor, [li, lei, 0]).items()} == {li: li, lei: li}
    assert people.reachable(actor, [li, lei, 0], MERGE_CONTACTS) == {li, lei}
    assert people.families_of(actor, [lei, li, 0]) == {lei: (li, lei), li: (li, lei)}
    assert people.gone_contacts(actor, [li, lei]) == set()
    person = people.person_of(actor, lei)
    assert (person.contacts, set(person.visitors)) == ((li, lei), {7, 8})
    assert set(person.known_by("user")) == {"li", "lei"}
    people.note_seen(actor, seen={lei: NOON + timedelta(days=9)})
    assert Contact.objects.get(id=li).last_seen_at == NOON + timedelta(days=9)
    write_note(actor, contact_id=lei, text="补充")
    drain()
    assert set(people.contact_ids(actor, Q())) == {li}


def test_lists_search_counts_and_files_know_one_person(browser_client, actor, pair, administrator):
    li, lei = pair
    (hot,) = _tags(actor, "高")
    tag_contact(actor, contact_id=lei, add=[hot])
    for one in pair:
        people.begin_ownership(actor, contact_id=one, member_id=administrator.id, since=NOON)
    merge(actor, li, lei)

    def found(query):
        return [one["id"] for one in browser_client.get(f"/api/contacts?{query}").json()["items"]]

    assert found("") == [li]
    assert found("search=雷") == [li]
    assert found(f"tag_id={hot}") == [li]
    assert found(f"owner_id={administrator.id}") == [li]
    assert people.count_contacts(actor, since=NOON - timedelta(days=1)).total == 1
    assert people.contacts_kept(actor) == (1, True)
    assert [card.id for card in people.find_contacts(actor, text="雷", limit=5)] == [li]
    assert browser_client.get("/api/tags").json()["groups"][0]["tags"][0]["contacts"] == 1
    assert queries.followed_counts(actor, [administrator.id]) == {administrator.id: 1}
    assert queries.followed_ids(actor, administrator.id, after=0, limit=9) == [li]
    page = queries.page_after(Contact.visible_to(actor), before=None, limit=9)
    assert [row.id for row in page] == [li]


def test_what_somebody_said_under_any_of_his_numbers_counts_the_last_word(actor, pair):
    li, lei = pair

    def says(contact_id, *, given, day):
        privacy.keep_choices(
            actor,
            contact_id=contact_id,
            source="console",
            purposes={"marketing": given},
            channels={"wecom": given},
            at=NOON + timedelta(days=day),
        )

    says(li, given=True, day=1)
    says(lei, given=False, day=2)
    row = merge(actor, li, lei)
    assert privacy.held_back(actor, [li, lei], channel="wecom") == {li: "unsubscribed", lei: "unsubscribed"}
    says(lei, given=True, day=3)
    assert privacy.held_back(actor, [li, lei], channel="wecom") == {}
    undo_merge(actor, merge_id=row.id)
    assert privacy.held_back(actor, [li, lei], channel="wecom") == {lei: "unsubscribed"}


def test_a_merge_waits_for_an_erasure(actor, pair):
    from cove.directory.privacy.commands.erasures import ask_erasure, cancel_erasure

    li, lei = pair
    ask_erasure(actor, contact_id=lei, name="雷", why="本人要求")
    for pair_of in ((li, lei), (lei, li)):
        with pytest.raises(ErasureAhead):
            merge(actor, *pair_of)
    cancel_erasure(actor, contact_id=lei)
    assert merge(actor, li, lei).into_id == li


def test_what_cannot_be_merged_and_what_was_undone(actor, pair):
    li, lei = pair
    row = merge(actor, li, lei)
    for same in ((li, lei), (lei, li), (li, li)):
        with pytest.raises(AlreadyOne):
            merge(actor, *same)
    with pytest.raises(NotFound):
        merge(actor, li, 10**9)
    undo_merge(actor, merge_id=row.id)
    with pytest.raises(MergeOver):
        undo_merge(actor, merge_id=row.id)
    with pytest.raises(NotFound):
        undo_merge(actor, merge_id=10**9)
    again = merge(actor, lei, li)
    assert people.family_of(actor, li) == [lei, li]
    assert ContactMerge.objects.filter(undone_at__isnull=True).get().id == again.id


def test_two_who_merge_each_other_at_once_become_one(actor, pair):
    li, lei = pair
    gate, made, failed = threading.Barrier(2), [], []

    def join(stays, merged):
        try:
            with tenant_scope(actor.tenant_id):
                gate.wait(60)
                made.append(merge(actor, stays, merged).id)
        except AlreadyOne as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=pair_of) for pair_of in ((li, lei), (lei, li))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(made), len(failed)) == (1, 1)
    assert Contact.objects.filter(merged_into__isnull=True).count() == 1


def test_a_pair_is_told_once_and_again_after_the_merge_is_undone(actor, pair):
    li, lei = pair
    third = _admitted(actor, "third", phone="13800001234")
    for one in (li, lei):
        change_contact(actor, contact_id=one, changes={"phone": "138-0000-1234"})
    told = SuspectedDuplicate.visible_to(actor).filter(state="open", told=True)
    assert told.count() == 3

    row = merge(actor, li, lei)
    assert told.count() == 1
    assert people.family_of(actor, told.get().one_id)[0] in (li, third)

    tell_apart(actor, duplicate_id=told.get().id)
    assert told.count() == 0
    suspect_alike_again(actor, li)
    assert told.count() == 0

    undo_merge(actor, merge_id=row.id)
    assert {(one.one_id, one.other_id) for one in told} == {tuple(sorted((li, lei)))}


def test_many_who_are_alike_are_asked_for_at_once(actor, pair, django_assert_num_queries):
    """A switchboard's number in twenty profiles costs as many questions as one that stands in two."""
    li, _ = pair
    for number in range(1, 31):
        _admitted(actor, f"alike-{number}", phone="13800001234", email="desk@example.cn")
    SuspectedDuplicate.objects.all().delete()
    Contact.objects.filter(id=li).update(phone="13800001234", email="desk@example.cn")
    him = Contact.objects.get(id=li)
    with transaction.atomic(), django_assert_num_queries(QUESTIONS):
        suspect_alike(actor, him)
    rows = SuspectedDuplicate.visible_to(actor).filter(state="open", told=True)
    assert rows.count() == MOST_ALIKE
    assert all([reason["kind"] for reason in row.reasons] == ["phone", "email"] for row in rows)
    newest = Contact.objects.exclude(id=li).order_by("-id").values_list("id", flat=True)[:MOST_ALIKE]
    assert {row.one_id for row in rows} | {row.other_id for row in rows} == {li, *newest}


def suspect_alike_again(actor, contact_id):
    with transaction.atomic():
        suspect_alike(actor, Contact.objects.get(id=contact_id))


def test_the_rows_of_the_merged_one_stay_his(actor, pair):
    """Moving nothing: his own tags and owners are where they were, whoever looks at the tables."""
    li, lei = pair
    (hot,) = _tags(actor, "高")
    tag_contact(actor, contact_id=lei, add=[hot])
    before = list(ContactTag.objects.filter(contact_id=lei).values())
    merge(actor, li, lei)
    tag_contact(actor, contact_id=lei, remove=[hot])
    assert list(ContactTag.objects.filter(contact_id=lei).values()) == before
    assert people.tag_ids_of(actor, lei) == set()
