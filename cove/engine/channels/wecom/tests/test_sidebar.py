"""The page beside a chat, as the member's web view asks for it: signature, who the customer is, taking him over."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from cove.directory.org import facade as org
from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.people.models import Contact, Ownership
from cove.engine.channels.wecom.client.js_sdk import company_of_page, signed
from cove.engine.channels.wecom.commands.channels import allow_sign_in
from cove.engine.channels.wecom.commands.customers import meet_customer
from cove.engine.channels.wecom.contracts.answers import Customer
from cove.engine.channels.wecom.errors import NotYourCustomer
from cove.engine.channels.wecom.models import WecomTicket
from cove.engine.channels.wecom.tests.test_sign_in import IN_WECOM, begin, follow, opened, silently
from cove.kernel import clock
from cove.kernel.audit.models import AuditEntry

SIGNATURE = "/api/channels/wecom/page-signature"
CUSTOMER = "/api/channels/wecom/customer"


@pytest.fixture
def member(channel, platform, actor):
    """陈雨晴, who sees her own customers."""
    opened(platform)
    allow_sign_in(actor, allowed=True)
    found = Member.objects.get(wecom_userid="ChenYuqing")
    role = Role.objects.create(name="看自己的客户", rights={"people.see_contacts": "own", "people.write_note": "own"})
    RoleGrant.objects.create(member=found, role=role)
    return found


@pytest.fixture
def phone(member, platform, actor):
    """Her web view in WeCom, signed in without a word."""
    address = f"10.78.{actor.tenant_id // 250 % 250}.{actor.tenant_id % 250 + 1}"
    client = Client(headers={"accept-language": "en", "user-agent": IN_WECOM}, REMOTE_ADDR=address)
    away = begin(client, org.tenant(actor).slug, next="/sidebar")
    assert follow(client, silently(platform, away.headers["location"])).headers["location"] == "/sidebar"
    return client


def sync_now(client, external_userid):
    return client.post(CUSTOMER, {"external_userid": external_userid}, content_type="application/json")


def test_the_sidebar_is_signed_and_no_other_page(phone, actor, platform):
    path = f"/sidebar?company={org.tenant(actor).slug}"
    answer = phone.get(SIGNATURE, {"path": f"{path}#top"})
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["corp_id"], said["agent_id"]) == (platform.corp_id, "1000002")
    for kind, name in (("corp", "signature"), ("agent_config", "agent_signature")):
        ticket = WecomTicket.objects.get(kind=kind).ticket
        assert signed(ticket, said["nonce"], said["timestamp"], f"{settings.PUBLIC_URL}{path}") == said[name]
    phone.get(SIGNATURE, {"path": path})
    assert len(platform.calls("get_jsapi_ticket")) == 1
    for foreign in ("/", "/sidebar/x", "/sidebars", "https://elsewhere.example/sidebar", "//[x", "/sidebar?a b"):
        refused = phone.get(SIGNATURE, {"path": foreign})
        assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["path"]), foreign


def test_a_session_of_another_company_is_told_so(phone):
    refused = phone.get(SIGNATURE, {"path": "/sidebar?company=somebody-else"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "wecom.other_company")


@pytest.mark.parametrize(
    ("path", "company"),
    [
        ("/sidebar", ""),
        ("/sidebar?company=a&x=1#y", "a"),
        ("/sidebar?company=%E4%BA%91", "云"),
        ("/sidebar\\x", None),
        ("/sidebar?x\ny", None),
        ("", None),
    ],
)
def test_what_page_is_ours(path, company):
    assert company_of_page(path) == company


def test_an_unknown_customer_is_nobody_until_he_is_taken_over(phone, member, platform, actor):
    external = platform.befriend(platform.person())
    assert phone.get(CUSTOMER, {"external_userid": external}).json() == {"contact_id": None}
    assert Contact.objects.count() == 0
    met = sync_now(phone, external)
    assert met.status_code == 200, met.content
    contact = Contact.objects.get()
    assert (met.json(), contact.name) == ({"contact_id": contact.id}, "林晓雨")
    assert Ownership.objects.get().member_id == member.id
    assert AuditEntry.objects.filter(operation="wecom.meet_customer", member_id=member.id).count() == 1
    assert phone.get(CUSTOMER, {"external_userid": external}).json() == {"contact_id": contact.id}
    assert sync_now(phone, external).json() == {"contact_id": contact.id}
    assert Contact.objects.count() == 1


def test_a_colleagues_customer_stays_unknown(phone, platform, actor):
    external = platform.befriend(platform.person(), "WangFang")
    refused = sync_now(phone, external)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "wecom.not_your_customer")
    assert Contact.objects.count() == 0


def test_whom_wecom_does_not_know_is_said_in_words(phone, platform):
    refused = sync_now(phone, "wmNobody")
    assert (refused.status_code, refused.json()["error"]["code"]) == (502, "wecom.refused")


@pytest.mark.parametrize("wrong", ["", "a" * 65, "a/b", "wm 1"])
def test_what_is_no_customers_number_is_refused(phone, wrong):
    assert phone.get(CUSTOMER, {"external_userid": wrong}).status_code == 422
    assert sync_now(phone, wrong).status_code == 422


def test_without_the_right_to_see_customers_it_is_named(phone, member):
    RoleGrant.objects.filter(member=member).delete()
    refused = phone.get(CUSTOMER, {"external_userid": "wmSomebody"})
    assert (refused.status_code, refused.json()["error"]["needs"]) == (403, "people.see_contacts")


def test_one_asks_thirty_times_a_minute(phone, platform):
    platform.fault("externalcontact/get", "errcode", errcode=84061, times=100)
    codes = [sync_now(phone, "wmNobody").status_code for _ in range(31)]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {502}


def test_a_member_unknown_to_wecom_follows_nobody(administrator, actor):
    from cove.directory.org.queries.actors import actor_of_member

    who = actor_of_member(Member.objects.get(id=administrator.id))
    customer = Customer.model_validate(
        {"external_contact": {"external_userid": "wm1"}, "follow_user": [{"userid": ""}]}
    )
    with pytest.raises(NotYourCustomer):
        meet_customer(who, customer=customer, read_at=clock.now())
