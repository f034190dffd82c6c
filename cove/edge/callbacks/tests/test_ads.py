from __future__ import annotations

import time

import httpx
import pytest

from cove.engine.channels.ads.inbound.parse import MAX_BODY
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.ads.tests.conftest import advertiser, sandbox_url  # noqa: F401 -- fixtures
from cove.engine.channels.wecom.tests.driving import facts_of
from cove.kernel.log.consume import drain


@pytest.fixture
def address(actor, edge, advertiser):  # noqa: F811 -- the fixture
    """The address for pushes, known to the edge and entered at the platform."""
    found = f"{edge}/callbacks/ads/{advertiser.connect(actor).public_id}"
    advertiser.save(push_url=found)
    end = time.monotonic() + 60
    while httpx.post(found, json=[], timeout=60).status_code == 404 and time.monotonic() < end:
        time.sleep(0.02)
    return found


def told(actor):
    """Return the pushes that told of a lead; the platform's trying out of the address tells of none."""
    return [fact for fact in facts_of(actor, "ads.callback_accepted") if fact["payload"]["items"]]


def arrived(actor, count, seconds=60):
    end = time.monotonic() + seconds
    while len(told(actor)) < count:
        assert time.monotonic() < end, facts_of(actor)
        time.sleep(0.02)
    drain()


def test_a_pushed_lead_is_a_contact_at_once_and_once(actor, address, advertiser):  # noqa: F811
    said = advertiser.lead()
    assert said["pushed"] == 200
    arrived(actor, 1)
    row = AdLead.objects.get()
    assert row.number == said["number"]
    assert row.contact_id is not None
    assert AdAccount.objects.get().told_at is not None


def test_the_challenge_is_said_back(address):
    said = {"event": "verify_webhook", "client_key": "abc", "content": {"challenge": 12345}}
    assert httpx.post(address, json=said, timeout=60).json() == {"challenge": 12345}


@pytest.mark.parametrize(
    ("path", "method", "body", "status"),
    [
        ("", "POST", b"{", 400),
        ("", "POST", b"5", 400),
        ("", "POST", b"[" + b" " * MAX_BODY + b"]", 413),
        ("", "GET", b"", 404),
        ("x", "POST", b"[]", 404),
    ],
)
def test_what_is_no_push_is_refused(address, path, method, body, status):
    answer = httpx.request(method, address + path, content=body, timeout=60)
    assert (answer.status_code, answer.text) == (status, "refused")
