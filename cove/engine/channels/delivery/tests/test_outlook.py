"""What is due is found by tenant, whatever the reason for which it is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.contracts import Again, Kind, Sent, kinds
from cove.engine.channels.delivery.facade import deliver
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.queries import outbox as queries
from cove.kernel import clock
from cove.kernel.words import Words

HOUR = timedelta(hours=1)


async def _send(_order, _http):
    return Sent()


@pytest.fixture(autouse=True)
def test_kind(monkeypatch):
    kind = Kind("test.act", Words("测试", "Test"), Again.UNSAFE, _send, channel="")
    monkeypatch.setitem(kinds._entries, kind.name, kind)


def is_due(actor):
    return actor.tenant_id in queries.outlook().tenants


def test_a_company_is_seen_when_something_of_it_is_due(actor):
    assert not is_due(actor)
    now = clock.now()
    deliver(actor, "test.act", "tomorrow", {}, not_before=now + 24 * HOUR)
    assert not is_due(actor)
    next_due = queries.outlook().next_due
    assert next_due is not None
    assert next_due <= now + 24 * HOUR
    deliver(actor, "test.act", "now", {})
    assert is_due(actor)
    assert [one.key for one in outbox.claim_due(actor, claim=1, limit=5)] == ["now"]
    assert not is_due(actor)


def test_what_can_no_longer_go_out_is_due_although_it_has_to_wait(actor):
    now = clock.now()
    deliver(actor, "test.act", "over", {}, not_before=now + HOUR, not_after=now - HOUR)
    deliver(actor, "test.act", "waits", {}, not_before=now + HOUR, not_after=now + 2 * HOUR)
    assert is_due(actor)
    deliver(actor, "test.act", "now", {})
    assert [one.key for one in outbox.claim_due(actor, claim=1, limit=1)] == ["now"]
    assert [one.key for one in outbox.claim_due(actor, claim=1, limit=5)] == ["over"]
    assert not is_due(actor)


def test_a_kind_that_this_version_does_not_know_is_not_due(actor):
    deliver(actor, "test.act", "later version", {})
    Delivery.objects.update(kind="test.of_tomorrow")
    assert not is_due(actor)
    deliver(actor, "test.act", "now", {})
    assert is_due(actor)


def test_the_longest_waiting_comes_first(actor):
    now = clock.now()
    for hours in (1, 3, 2):
        deliver(actor, "test.act", f"{hours}", {}, not_before=now - hours * HOUR)
    assert [one.key for one in outbox.claim_due(actor, claim=1, limit=2)] == ["3", "2"]
