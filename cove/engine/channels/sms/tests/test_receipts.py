from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import order_pull
from cove.engine.channels.sms.commands.messages import note_outcome, send_message
from cove.engine.channels.sms.commands.receipts import note_receipts, take_replies
from cove.engine.channels.sms.contracts.accounts import Receipt, Reply
from cove.engine.channels.sms.models import SmsEarlyReceipt, SmsMessage
from cove.engine.channels.sms.tests.cloud import some_phone
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
from cove.kernel import clock


@pytest.fixture
def sent(actor, cloud, account, contact, draft):
    """Send a notice to a new contact; return his id and number, after the carriers ended it."""

    def make(end=""):
        contact_id, phone = contact(some_phone(end) if end else "")
        send_message(actor, key=f"k{contact_id}", contact_id=contact_id, draft=draft())
        deliver_all(actor)
        cloud.drained()
        return contact_id, phone

    return make


def _receipt(row, *, arrived=True, code="DELIVERED"):
    return Receipt(row.serial, row.phone, arrived, code, clock.now(), str(row.id))


def test_a_receipt_is_told_once(actor, account, sent):
    sent()
    row = SmsMessage.objects.get()
    assert note_receipts(actor, account_id=account.id, receipts=[_receipt(row), _receipt(row)]) == 1
    assert note_receipts(actor, account_id=account.id, receipts=[_receipt(row, arrived=False)]) == 0
    assert SmsMessage.objects.get().state == "arrived"
    assert len(facts_of(actor, "messages.message_delivered")) == 1


def test_a_receipt_that_comes_first_waits_for_its_message(actor, account, cloud, contact, draft):
    contact_id, _ = contact()
    row = send_message(actor, key="k", contact_id=contact_id, draft=draft())
    early = Receipt("serial-1", row.phone, arrived=False, code="EXPIRED", at=None)
    note_receipts(actor, account_id=account.id, receipts=[early])
    assert SmsEarlyReceipt.objects.count() == 1
    verdict = Verdict(State.SENT, result={"serial": "serial-1"})
    note_outcome(actor, message_id=row.id, member_id=None, verdict=verdict)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("failed", "phone_off")
    assert not SmsEarlyReceipt.objects.exists()


def test_a_receipt_of_another_account_says_nothing(actor, account, sent):
    sent()
    row = SmsMessage.objects.get()
    assert note_receipts(actor, account_id=account.id + 1000, receipts=[]) == 0
    assert (
        note_receipts(actor, account_id=account.id, receipts=[Receipt("other", "", arrived=True, code="", at=None)])
        == 0
    )
    assert SmsMessage.objects.get(id=row.id).state == "sent"


def test_lost_receipts_are_asked_for(actor, account, sent):
    sent()
    sent("0001")
    sent("0003")
    SmsMessage.objects.update(sent_at=clock.now() - timedelta(minutes=11))
    assert queries.due_for_pull(clock.now())
    order_pull(actor, account_id=account.id)
    deliver_all(actor)
    ended = dict(SmsMessage.objects.order_by("id").values_list("phone", "state"))
    assert list(ended.values()) == ["arrived", "failed", "sent"]
    assert SmsMessage.objects.get(state="failed").reason == "number_invalid"
    assert queries.due_for_pull(clock.now()) == []


def test_an_answer_is_told_and_a_refusal_is_kept(actor, account, cloud, sent):
    contact_id, phone = sent()
    at = clock.now()
    assert take_replies(actor, account_id=account.id, replies=[Reply(f"86{phone}", "好的，谢谢", at)] * 2) == 1
    assert privacy.reachable_by(actor, [contact_id], "sms") == {contact_id}
    assert take_replies(actor, account_id=account.id, replies=[Reply(phone, " ＴＤ ", at)]) == 1
    assert privacy.reachable_by(actor, [contact_id], "sms") == set()
    told = [fact["payload"]["text"] for fact in facts_of(actor, "messages.message_received")]
    assert told == ["好的，谢谢", "ＴＤ"]
    (refused,) = facts_of(actor, "sms.refused_by_reply")
    assert refused["payload"]["contact_id"] == contact_id


def test_a_stranger_may_answer(actor, account):
    assert take_replies(actor, account_id=account.id, replies=[Reply(some_phone(), "TD", None)]) == 1
    assert facts_of(actor, "messages.message_received") == []


def test_queue_answers_are_pulled_with_the_receipts(actor, account, cloud, sent):
    if cloud.provider != "tencent":
        pytest.skip("Aliyun has no queue over HTTP")
    contact_id, phone = sent()
    cloud.reply(phone, "R")
    cloud.drained()
    order_pull(actor, account_id=account.id)
    deliver_all(actor)
    assert privacy.reachable_by(actor, [contact_id], "sms") == set()


def test_what_the_queues_handed_out_before_an_error_is_kept(actor, account, cloud, sent):
    if cloud.provider != "tencent":
        pytest.skip("Aliyun has no queue over HTTP")
    sent()
    # Each is handed out once: the receipts are gone from the platform when the answers do not come.
    cloud.fault("PullSmsReplyStatus", "http", status=500)
    order_pull(actor, account_id=account.id)
    deliver_all(actor)
    assert SmsMessage.objects.get().state == "arrived"
