from __future__ import annotations

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import configure_account
from cove.engine.channels.sms.commands.messages import send_message, send_test
from cove.engine.channels.sms.commands.templates import mark_template, order_due_sync
from cove.engine.channels.sms.errors import NoPhone, NotApproved, NoWayToRefuse, TooLong
from cove.engine.channels.sms.models import SmsAccount, SmsMessage, SmsTemplate
from cove.engine.channels.sms.tests.cloud import some_phone
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
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
