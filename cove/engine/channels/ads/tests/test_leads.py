from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.engine.channels.ads import queries
from cove.engine.channels.ads.commands.accounts import Access, add_account, map_fields, order_due_pull, order_pull
from cove.engine.channels.ads.commands.leads import report_contact, report_lead, take_leads
from cove.engine.channels.ads.commands.personal_data import LEADS
from cove.engine.channels.ads.contracts.leads import Lead
from cove.engine.channels.ads.errors import AccountTaken
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
from cove.kernel import clock
from cove.kernel.errors import InvalidInput, NotFound

RECEIVED, REPORTED = "ads.lead_received", "ads.conversion_reported"


def pull_again(actor, account):
    Delivery.objects.filter(kind="ads.pull_leads").delete()
    order_pull(actor, ad_account_id=account.id)
    deliver_all(actor)


def test_leads_become_contacts_once_however_often_they_are_asked_for(actor, advertiser):
    advertiser.lead(click_id="CLICK1")
    advertiser.lead(phone="+86 139-0000-2222", name="周子墨", age=86400 * 5)
    account = advertiser.connect(actor)
    deliver_all(actor)
    pull_again(actor, account)
    advertiser.lead(phone="13900003333", name="王芳")
    pull_again(actor, account)
    rows = AdLead.objects.order_by("at")
    assert [row.contact_id is not None for row in rows] == [True, True, True]
    told = facts_of(actor, RECEIVED)
    assert [fact["payload"]["campaign"] for fact in told] == ["秋季获客"] * 3
    assert all(fact["payload"]["new_contact"] for fact in told)
    contact = people.contact_by_identity(actor, Identity("phone", "13900002222"))
    assert (contact.name, contact.source) == ("周子墨", "ads")
    assert AdAccount.objects.get().problem == ""


def test_more_than_a_page_is_asked_for(actor, ocean):
    for number in range(103):
        ocean.lead(phone=f"1390001{number:04d}", age=100 + number)
    ocean.connect(actor)
    deliver_all(actor, 60)
    assert AdLead.objects.count() == 103


def test_what_takes_longer_than_an_act_is_had_piece_by_piece(actor, ocean, monkeypatch):
    monkeypatch.setattr("cove.engine.channels.ads.outbound.leads.ENOUGH_SECONDS", 0.0)
    ocean.lead(phone="13900001111", age=6.5 * 86400)
    ocean.lead(phone="13900002222")
    account = ocean.connect(actor)
    deliver_all(actor)
    assert AdLead.objects.count() == 1, "the oldest day alone"
    for _ in range(7):
        pull_again(actor, account)
    assert AdLead.objects.count() == 2


def test_somebody_who_is_known_stays_one(actor, ocean):
    card, _ = people.admit_contact(
        actor, identity=Identity("wecom_external", "wmX"), source="wecom", profile=Profile(phone="13900001111")
    )
    ocean.lead(公司="云岫家居")
    account = ocean.connect(actor)
    map_fields(
        actor,
        ad_account_id=account.id,
        mapping={"phone": "telphone", "name": "name", "company_name": "remark_dict.公司"},
        codes={},
    )
    deliver_all(actor)
    (row,) = AdLead.objects.all()
    assert row.contact_id == card.id
    assert people.contacts_by_id(actor, [card.id])[card.id].company_name == "云岫家居"
    assert facts_of(actor, RECEIVED)[0]["payload"]["new_contact"] is False


def test_a_lead_without_phone_and_mail_is_kept_and_nobody_is_made_of_it(actor, ocean):
    ocean.lead(phone="")
    ocean.connect(actor)
    deliver_all(actor)
    assert AdLead.objects.get().contact_id is None
    assert facts_of(actor, RECEIVED) == []


def test_an_erased_persons_lead_begins_nothing_when_it_comes_again(actor, ocean):
    ocean.lead()
    account = ocean.connect(actor)
    deliver_all(actor)
    row = AdLead.objects.get()
    LEADS.erase(actor, people.person_of(actor, row.contact_id))
    row.refresh_from_db()
    assert (row.contact_id, row.raw) == (None, {})
    pull_again(actor, account)
    row.refresh_from_db()
    assert (row.contact_id, row.raw) == (None, {})
    assert len(facts_of(actor, RECEIVED)) == 1


def test_what_comes_late_is_kept_with_the_lead(actor, ocean):
    account = ocean.connect(actor)
    now = clock.now()
    take_leads(actor, account_id=account.id, leads=[Lead("1", now, {"clue_id": "1", "telphone": "13900001111"})])
    late = {"clue_id": "1", "telphone": "13900001111", "app_name": "抖音"}
    assert take_leads(actor, account_id=account.id, leads=[Lead("1", now, late, campaign="新品")]) == 0
    row = AdLead.objects.get()
    assert (row.raw["app_name"], row.campaign) == ("抖音", "新品")


def test_a_wrong_token_is_shown_and_mended(actor, advertiser):
    advertiser.lead()
    token, advertiser.token = advertiser.token, "wrong"
    account = advertiser.connect(actor)
    deliver_all(actor)
    assert AdAccount.objects.get().problem in ("refused", "token_refused")
    assert AdAccount.objects.get().pulled_until is None
    AdAccount.objects.filter(id=account.id).update(token=token)
    pull_again(actor, account)
    assert AdLead.objects.count() == 1
    assert AdAccount.objects.get().problem == ""


def test_only_accounts_that_rested_are_due(actor, ocean):
    account = ocean.connect(actor)
    deliver_all(actor)
    mine = [one for one in queries.due_for_pull(clock.now()) if one.account_id == account.id]
    assert mine == []
    later = clock.now() + timedelta(minutes=6)
    assert [one.account_id for one in queries.due_for_pull(later) if one.account_id == account.id] == [account.id]
    order_due_pull(actor, account_id=account.id)


def test_the_platform_is_told_what_became_of_a_lead_once(actor, advertiser):
    lead = advertiser.lead(click_id="CLICK1")
    advertiser.connect(actor)
    deliver_all(actor)
    row = AdLead.objects.get()
    first = report_lead(actor, lead_id=row.id, event="paid")
    assert first is (advertiser.platform != "baidu")
    assert report_lead(actor, lead_id=row.id, event="paid") is False
    report_contact(actor, contact_id=row.contact_id, event="friend_added")
    deliver_all(actor)
    codes = {"ocean": ["285", "195"], "tencent": ["PURCHASE", "ADD_WECHAT"], "baidu": []}[advertiser.platform]
    assert [(one["number"], one["code"]) for one in advertiser.reports()] == [(lead["number"], code) for code in codes]
    assert [fact["payload"]["event"] for fact in facts_of(actor, REPORTED)] == ["paid", "friend_added"][: len(codes)]
    row.refresh_from_db()
    assert set(row.reported) == ({"paid", "friend_added"} if codes else set())


def test_wrong_settings_are_named(actor, ocean):
    with pytest.raises(InvalidInput) as caught:
        add_account(actor, platform="ocean", access=Access("", "", "ftp://x"))
    assert set(caught.value.fields) == {"name", "outer_id", "token", "secret", "base_url"}
    account = ocean.connect(actor)
    with pytest.raises(AccountTaken):
        ocean.connect(actor)
    with pytest.raises(InvalidInput) as caught:
        map_fields(actor, ad_account_id=account.id, mapping={"name": "name"}, codes={})
    assert set(caught.value.fields) == {"mapping"}
    with pytest.raises(InvalidInput) as caught:
        map_fields(actor, ad_account_id=account.id, mapping={"phone": "telphone"}, codes={"paid": "PAID"})
    assert set(caught.value.fields) == {"codes"}
    with pytest.raises(NotFound):
        map_fields(actor, ad_account_id=10**9, mapping={"phone": "telphone"}, codes={})
