from __future__ import annotations

import asyncio

import httpx
import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.credits.commands.accounts import set_terms, top_up
from cove.engine.channels.credits.contracts import Terms
from cove.engine.channels.credits.queries import states
from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.commands.repeating import send_again
from cove.engine.channels.delivery.contracts import kinds
from cove.engine.channels.delivery.judging import judge
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import configure_account
from cove.engine.channels.sms.commands.messages import send_message, send_test
from cove.engine.channels.sms.commands.receipts import note_receipts
from cove.engine.channels.sms.commands.templates import mark_template, order_due_sync
from cove.engine.channels.sms.contracts.accounts import Receipt
from cove.engine.channels.sms.contracts.marks import named_in
from cove.engine.channels.sms.errors import NoPhone, NotApproved, NoWayToRefuse, TooLong
from cove.engine.channels.sms.models import SmsAccount, SmsMessage, SmsTemplate
from cove.engine.channels.sms.tests.cloud import some_phone
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
from cove.kernel import clock
from cove.kernel.errors import InvalidInput, NotFound


def test_templates_and_signatures_are_taken_over_with_their_approval(actor, cloud, account):
    rows = {row.name: row for row in queries.templates(actor)}
    assert {name: row.approval for name, row in rows.items()} == {
        "notice": "approved",
        "marketing": "approved",
        "waiting": "waiting",
        "bare": "approved",
    }
    assert rows["marketing"].purpose == "marketing"
    assert [row.approval for row in queries.signatures(actor)] == ["approved"]
    cloud.template("waiting", "不行", approval=2, reason="变量不合规")
    cloud.ask("DELETE", f"sms/templates/{cloud.codes['bare']}")
    mark_template(actor, sms_template_id=rows["notice"].id, purpose="code")
    Delivery.objects.all().delete()
    order_due_sync(actor, account_id=account.id)
    deliver_all(actor)
    rows = {row.name: row for row in queries.templates(actor)}
    assert (rows["waiting"].approval, rows["waiting"].reason) == ("refused", "变量不合规")
    assert rows["notice"].purpose == "code"
    assert "bare" not in rows
    assert SmsTemplate.objects.get(name="bare").gone


def perform_together(actor):
    """Claim what waits and perform all of it at the same moment, as the loop does with one claim; note each verdict."""
    orders = outbox.claim_due(actor, claim=1, limit=100)

    async def run():
        async with httpx.AsyncClient(timeout=60) as http:
            return await asyncio.gather(*(kinds[order.kind].perform(order, http) for order in orders))

    for order, outcome in zip(orders, asyncio.run(run()), strict=True):
        outbox.settle(actor, order=order, verdict=judge(kinds[order.kind], order, outcome, clock.now()))


def test_many_of_one_template_go_out_by_one_call_and_each_has_its_own_end(actor, cloud, account, contact, draft):
    people_of = [contact(some_phone(end) if end else "") for end in ("", "", "0001", "0002", "")]
    for number, (contact_id, _) in enumerate(people_of):
        send_message(actor, key=f"many:{number}", contact_id=contact_id, draft=draft())
    perform_together(actor)
    cloud.drained()
    (mark,) = {cloud.got(phone)[0]["mark"] for _, phone in people_of}
    rows = {row.phone: row for row in SmsMessage.objects.all()}
    assert named_in(mark) == sorted(row.id for row in rows.values())
    assert len({row.serial for row in rows.values()}) == (1 if cloud.provider == "aliyun" else 5)
    note_receipts(actor, account_id=account.id, receipts=[_receipt_of(cloud, phone) for _, phone in people_of])
    rows = {row.phone: row for row in SmsMessage.objects.all()}
    assert [rows[phone].state for _, phone in people_of] == ["arrived", "arrived", "failed", "failed", "arrived"]
    assert [len(cloud.got(phone)) for _, phone in people_of] == [1] * 5


def _receipt_of(cloud, phone):
    (got,) = cloud.got(phone)
    arrived = got["state"] == "arrived"
    return Receipt(got["serial"], phone, arrived, got["code"], clock.now(), got["mark"])


def test_one_bad_number_harms_no_other(actor, cloud, account, contact, draft):
    people_of = [contact(some_phone(end) if end else "") for end in ("", "0004", "")]
    for number, (contact_id, _) in enumerate(people_of):
        send_message(actor, key=f"bad:{number}", contact_id=contact_id, draft=draft())
    perform_together(actor)
    rows = {row.phone: row for row in SmsMessage.objects.all()}
    assert [(rows[phone].state, rows[phone].reason) for _, phone in people_of] == [
        ("sent", ""),
        ("failed", "number_refused"),
        ("sent", ""),
    ]
    assert [len(cloud.got(phone)) for _, phone in people_of] == [1, 0, 1]


def test_what_several_phones_were_sent_is_never_sent_again_when_the_answer_is_lost(
    actor, cloud, account, contact, draft
):
    people_of = [contact() for _ in range(3)]
    for number, (contact_id, _) in enumerate(people_of):
        send_message(actor, key=f"lost:{number}", contact_id=contact_id, draft=draft())
    for action in ("SendSms", "SendBatchSms"):
        cloud.fault(action, "drop", after=True)
    perform_together(actor)
    cloud.drained()
    assert all(len(cloud.got(phone)) <= 1 for _, phone in people_of)
    unknown = list(SmsMessage.objects.filter(state="unknown"))
    assert len(unknown) == len(people_of)
    # The mark of the call tells whose receipt it is, although its number was never heard.
    note_receipts(actor, account_id=account.id, receipts=[_receipt_of(cloud, row.phone) for row in unknown])
    assert {row.state for row in SmsMessage.objects.filter(id__in=[row.id for row in unknown])} == {"arrived"}


def test_a_notice_arrives_once(actor, cloud, account, contact, draft):
    contact_id, phone = contact()
    for _ in range(2):
        send_message(actor, key="booking:1", contact_id=contact_id, draft=draft())
    deliver_all(actor)
    (got,) = cloud.got(phone)
    assert got["text"] == "【云岫家居】林女士您好，您预约的周六到店体验已确认。"
    row = SmsMessage.objects.get()
    assert (row.state, row.serial, row.parts, row.cost) == ("sent", got["serial"], 1, 450)
    (sent,) = facts_of(actor, "messages.message_sent")
    assert sent["payload"]["message_key"] == f"sms:{row.id}"
    assert sent["payload"]["channel"] == "sms"


def test_marketing_asks_for_consent_at_the_last_moment(actor, cloud, account, contact, draft):
    contact_id, phone = contact()
    send_message(actor, key="autumn:1", contact_id=contact_id, draft=draft("marketing"))
    deliver_all(actor)
    assert cloud.got(phone) == []
    assert SmsMessage.objects.get().reason == "no_consent"
    privacy.keep_choices(actor, contact_id=contact_id, source="form", purposes={"marketing": True}, channels={})
    send_message(actor, key="autumn:2", contact_id=contact_id, draft=draft("marketing"))
    deliver_all(actor)
    assert len(cloud.got(phone)) == 1


@pytest.mark.parametrize(
    ("name", "values", "error"),
    [
        ("waiting", {}, NotApproved),
        ("bare", {}, NoWayToRefuse),
        ("notice", {"name": " ", "1": ""}, InvalidInput),
        ("notice", {"name": "长" * 600, "1": "长" * 600}, TooLong),
    ],
)
def test_what_the_provider_would_refuse_is_refused_before(actor, account, contact, draft, name, values, error):
    contact_id, _ = contact()
    mark_template(actor, sms_template_id=SmsTemplate.objects.get(name="bare").id, purpose="marketing")
    with pytest.raises(error):
        send_message(actor, key="k", contact_id=contact_id, draft=draft(name, **values))
    assert not SmsMessage.objects.exists()


def test_nobody_is_written_to_without_a_number(actor, account, draft):
    card, _ = people.admit_contact(actor, identity=Identity("user", "u"), source="web")
    with pytest.raises(NoPhone):
        send_message(actor, key="k", contact_id=card.id, draft=draft())
    with pytest.raises(NotFound):
        send_message(actor, key="k", contact_id=10**9, draft=draft())


def test_a_refusal_keeps_the_providers_code(actor, cloud, account, contact, draft):
    contact_id, _ = contact(some_phone("0004"))
    send_message(actor, key="k", contact_id=contact_id, draft=draft())
    deliver_all(actor)
    row = SmsMessage.objects.get()
    assert (row.state, row.reason) == ("failed", "number_refused")
    assert row.errcode in ("isv.BLACK_KEY_CONTROL_LIMIT", "FailedOperation.PhoneNumberInBlacklist")
    (failed,) = facts_of(actor, "messages.message_failed")
    assert failed["payload"]["reason"] == "number_refused"


def test_what_there_were_no_credits_for_is_sent_again_after_a_top_up(actor, cloud, account, contact, draft):
    contact_id, phone = contact()
    set_terms(actor, tariff="sms", terms=Terms(opened=True))
    long = dict.fromkeys(("name", "time", "1", "2"), "长" * 30)
    row = send_message(actor, key="k", contact_id=contact_id, draft=draft("notice", **long))
    assert row.parts == 2
    deliver_all(actor)
    row.refresh_from_db()
    assert (row.state, row.reason, cloud.got(phone)) == ("failed", "no_credits", [])
    top_up(actor, tariff="sms", amount=3)
    send_again(actor, delivery_id=Delivery.objects.get(kind="sms.notice").id)
    deliver_all(actor)
    row.refresh_from_db()
    assert (row.state, row.reason, len(cloud.got(phone))) == ("sent", "", 1)
    assert {one.tariff.key: one.left for one in states(actor)}["sms"] == 1


def test_no_answer_is_never_sent_twice(actor, cloud, account, contact, draft):
    contact_id, phone = contact()
    cloud.fault("SendSms", "drop", after=True)
    send_message(actor, key="k", contact_id=contact_id, draft=draft())
    deliver_all(actor)
    assert len(cloud.got(phone)) == 1
    assert SmsMessage.objects.get().state == "unknown"


def test_wrong_keys_are_shown_where_they_are_set_up(actor, cloud, account, contact, draft):
    contact_id, phone = contact()
    configure_account(
        actor, provider=cloud.provider, key_id=cloud.key_id, secret="wrong", app_id=cloud.app_id, base_url=cloud.url
    )
    send_message(actor, key="k", contact_id=contact_id, draft=draft())
    deliver_all(actor)
    assert SmsAccount.objects.get().problem == "wrong_secret"
    assert cloud.got(phone) == []


def test_a_test_message_goes_to_a_typed_number(actor, cloud, account, draft):
    phone = some_phone()
    send_test(actor, phone=f"+86 {phone}", draft=draft("marketing"))
    deliver_all(actor)
    assert len(cloud.got(phone)) == 1
    with pytest.raises(InvalidInput):
        send_test(actor, phone="abcdefgh", draft=draft())


def test_a_wrong_address_is_named(actor):
    with pytest.raises(InvalidInput) as caught:
        configure_account(actor, provider="tencent", key_id="", base_url="ftp://x")
    assert set(caught.value.fields) == {"key_id", "secret", "app_id", "base_url"}
