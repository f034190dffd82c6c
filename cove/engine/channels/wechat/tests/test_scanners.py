"""Who came by a code of an official account: whoever did last first, page by page, and only those whom the reader may see by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.engine.channels.wechat.commands.codes import create_code
from cove.engine.channels.wechat.commands.personal_data import OLD_SCANNERS, SCANNERS
from cove.engine.channels.wechat.commands.scanners import Scan, note_scanners
from cove.engine.channels.wechat.models import WechatScanner
from cove.facts.wechat import AccountFollowed, CodeScanned
from cove.kernel import clock
from cove.kernel.log.publish import append_facts, pending

# The session, roles, the code, who came by it, their contacts.
LIST_SCANNERS_QUERIES = 5


@pytest.fixture
def code(actor, account):
    return create_code(actor, account_id=account.id, name="展会", scene="expo", days=0, tag_ids=[], messages=[])


def person(actor, number):
    identity = Identity("wechat_openid", f"o-scanner-{number}")
    card, _ = people.admit_contact(
        actor, identity=identity, source="official_account", profile=Profile(name=f"访客{number}")
    )
    return card.id


def test_who_scanned_comes_page_by_page(actor, administrator, browser_client, account, code, drain):
    now = clock.now() - timedelta(hours=1)
    about = {"account_id": account.id, "account_name": account.name, "code_id": code.id, "code_name": code.name}
    first, second, third = (person(actor, number) for number in range(3))
    told = [
        AccountFollowed(contact_id=first, openid="o-scanner-0", **about),
        CodeScanned(contact_id=second, **about),
        CodeScanned(contact_id=first, **about),
        CodeScanned(contact_id=third, **{**about, "code_id": code.id + 1}),
    ]
    append_facts([pending(fact, at=now + timedelta(minutes=n), chain=()) for n, fact in enumerate(told)])
    drain()
    path = f"/api/channels/wechat/{account.id}/codes/{code.id}/scanners"
    page = browser_client.get(path, {"limit": 1}).json()
    (one,) = page["items"]
    assert (one["contact"], one["scans"], one["followed"]) == ({"id": first, "name": "访客0"}, 1, True)
    (two,) = browser_client.get(path, {"limit": 1, "cursor": page["next_cursor"]}).json()["items"]
    assert (two["contact"]["id"], two["scans"], two["followed"]) == (second, 1, False)
    whole = browser_client.get(path).json()
    assert (len(whole["items"]), whole["next_cursor"]) == (2, None)
    assert browser_client.get(path, {"cursor": "x"}).status_code == 422
    assert browser_client.get(f"/api/channels/wechat/{account.id}/codes/{code.id + 9}/scanners").status_code == 404


def test_each_scan_is_counted_for_its_person_and_code(actor, code):
    now = clock.now()
    who, gone = person(actor, 0), 2**40
    earlier = now - timedelta(days=1)
    scans = [Scan(code.id, who, now), Scan(code.id, who, earlier, followed=True), Scan(code.id, gone, now)]
    note_scanners(actor, scans=scans)
    note_scanners(actor, scans=[Scan(code.id, who, earlier), Scan(code.id + 1, who, now)])
    assert [(row.contact_id, row.scans, row.followed, row.last_at) for row in WechatScanner.objects.all()] == [
        (who, 2, True, now)
    ]


def test_who_asks_gets_them_and_who_is_erased_leaves_them(actor, code):
    who, other = person(actor, 0), person(actor, 1)
    note_scanners(actor, scans=[Scan(code.id, one, clock.now()) for one in (who, other)])
    him = people.person_of(actor, who)
    assert SCANNERS.count(actor, him) == 1
    assert [row["code_id"] for row in SCANNERS.collect(actor, him)] == [code.id]
    assert SCANNERS.erase(actor, him) == 1
    assert [row.contact_id for row in WechatScanner.objects.all()] == [other]


def test_what_is_old_goes_by_itself(actor, code):
    now = clock.now()
    old, new = person(actor, 0), person(actor, 1)
    note_scanners(actor, scans=[Scan(code.id, old, now - timedelta(days=40)), Scan(code.id, new, now)])
    before = now - timedelta(days=30)
    assert OLD_SCANNERS.count(actor, before) == 1
    assert OLD_SCANNERS.remove(actor, before, 10) == 1
    assert [row.contact_id for row in WechatScanner.objects.all()] == [new]


def test_a_list_costs_the_same_for_one_and_for_many(
    actor, administrator, browser_client, account, code, django_assert_num_queries
):
    path = f"/api/channels/wechat/{account.id}/codes/{code.id}/scanners"
    for number in range(2):
        note_scanners(actor, scans=[Scan(code.id, person(actor, one), clock.now()) for one in range(number * 5 + 1)])
        with django_assert_num_queries(LIST_SCANNERS_QUERIES):
            browser_client.get(path)
