from __future__ import annotations

import time

import httpx
import pytest

from cove.directory.privacy import facade as privacy
from cove.engine.channels.sms.commands.messages import send_message
from cove.engine.channels.sms.inbound.parse import MAX_BODY
from cove.engine.channels.sms.models import SmsAccount, SmsMessage
from cove.engine.channels.sms.tests.cloud import some_phone
from cove.engine.channels.sms.tests.conftest import (  # noqa: F401 -- fixtures
    account,
    cloud,
    contact,
    draft,
    sandbox_url,
)
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of, settle_all

FINE = {"aliyun": {"code": 0, "msg": "ok"}, "tencent": {"result": 0, "errmsg": "OK"}}


def arrived(actor, count, seconds=60):
    end = time.monotonic() + seconds
    while len(facts_of(actor, "sms.callback_accepted")) < count:
        assert time.monotonic() < end, facts_of(actor)
        time.sleep(0.02)


@pytest.fixture
def address(edge, account, cloud):  # noqa: F811 -- the fixtures
    """The address for pushes, known to the edge and entered at the provider."""
    found = f"{edge}/callbacks/sms/{account.public_id}"
    cloud.save(receipts_url=f"{found}/receipts", replies_url=f"{found}/replies")
    return found


def test_receipts_and_answers_come_over_the_wire(actor, cloud, account, address, contact, draft):  # noqa: F811
    contact_id, phone = contact()
    other_id, _ = contact(some_phone("0002"))
    for key in (contact_id, other_id):
        send_message(actor, key=f"k{key}", contact_id=key, draft=draft())
    cloud.fault("sms_receipts", "duplicate", target="callback")
    deliver_all(actor)
    cloud.drained()
    arrived(actor, 2)
    settle_all(actor)
    assert list(SmsMessage.objects.order_by("id").values_list("state", "reason")) == [
        ("arrived", ""),
        ("failed", "phone_off"),
    ]
    assert SmsAccount.objects.get().told_at is not None
    cloud.reply(phone, "退 订")
    cloud.drained()
    arrived(actor, 3)
    settle_all(actor)
    assert privacy.reachable_by(actor, [contact_id, other_id], "sms") == {other_id}


def test_a_push_is_answered_in_the_providers_words(cloud, address):  # noqa: F811 -- the fixture
    assert httpx.post(f"{address}/receipts", json=[], timeout=60).json() == FINE[cloud.provider]


@pytest.mark.parametrize(
    ("path", "method", "body", "status"),
    [
        ("/receipts", "POST", b"{", 400),
        ("/receipts", "POST", b'["a"]', 400),
        ("/receipts", "POST", b"[" * 100_000, 400),
        ("/receipts", "POST", b"[" + b" " * MAX_BODY + b"]", 413),
        ("/receipts", "GET", b"", 405),
        ("/other", "POST", b"[]", 404),
        ("x/receipts", "POST", b"[]", 404),
    ],
)
def test_what_is_no_push_is_refused(address, path, method, body, status):
    answer = httpx.request(method, address + path, content=body, timeout=60)
    assert (answer.status_code, answer.text) == (status, "refused")
