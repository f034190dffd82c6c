"""When it happened, whatever the sender's clock or ours says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings

from cove.edge.collector.times import happened, sender_now
from cove.kernel import clock

from .reading import logged, logged_within
from .sources import AS_SERVER, event, put_source

ALMOST = timedelta(seconds=20)


@pytest.fixture(autouse=True)
def source(tenant, posts):
    put_source(posts, tenant)


def moments(tenant_id):
    with psycopg.connect(settings.DATABASE_DSN) as looking:
        looking.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(tenant_id)])
        return [row[0] for row in looking.execute("SELECT at FROM log_fact ORDER BY xid, position")]


def iso(moment):
    return moment.isoformat()


@pytest.mark.parametrize("wrong", [timedelta(0), timedelta(days=400), timedelta(days=-400), timedelta(minutes=-15)])
async def test_a_clock_that_is_wrong_is_set_right_by_the_time_of_sending(edge, tenant, wrong):
    now = clock.now()
    made, sent = now - timedelta(hours=3) + wrong, now + wrong
    body = event(event="buy", timestamp=iso(made), sent_at=iso(sent))
    assert (await edge.post("/collect/track", json=body)).json()["notes"] == []
    await logged_within(tenant.id, 1)
    assert abs(moments(tenant.id)[0] - (now - timedelta(hours=3))) < ALMOST


async def test_the_batchs_time_of_sending_sets_its_events_right(edge, tenant):
    now, wrong = clock.now(), timedelta(days=-90)
    events = [
        event(type="track", event="e", message_id=f"m{n}", timestamp=iso(now + wrong - n * ALMOST)) for n in (0, 30)
    ]
    await edge.post("/collect/batch", json={"write_key": "wk_1", "sent_at": iso(now + wrong), "batch": events})
    await logged_within(tenant.id, 2)
    first, second = moments(tenant.id)
    assert abs(first - now) < ALMOST
    assert first - second == 30 * ALMOST


async def test_without_a_time_of_sending_the_clock_is_believed(edge, tenant):
    made = clock.now() - timedelta(days=3)
    await edge.post("/collect/track", json=event(event="buy", timestamp=iso(made)))
    await logged_within(tenant.id, 1)
    assert moments(tenant.id) == [made]


@pytest.mark.parametrize("sent", [True, False])
async def test_the_future_becomes_now_and_is_told(edge, tenant, sent):
    now = clock.now()
    body = event(event="buy", timestamp=iso(now + timedelta(hours=2))) | ({"sent_at": iso(now)} if sent else {})
    answer = await edge.post("/collect/track", json=body)
    assert [note["code"] for note in answer.json()["notes"]] == ["collector.clock_ahead"]
    await logged_within(tenant.id, 1)
    assert abs(moments(tenant.id)[0] - now) < ALMOST


async def test_what_is_older_than_thirty_days_comes_from_servers_only(edge, tenant):
    old = iso(clock.now() - timedelta(days=31))
    answer = await edge.post("/collect/track", json=event(event="buy", timestamp=old))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "collector.too_old")
    assert "30 天" in answer.json()["error"]["fields"]["timestamp"]
    body = {"event": "bought", "user_id": "u", "timestamp": "2019-05-01T08:00:00+08:00"}
    assert (await edge.post("/collect/track", json=body, headers=AS_SERVER)).status_code == 200
    await logged_within(tenant.id, 1)
    assert iso(moments(tenant.id)[0]) == "2019-05-01T00:00:00+00:00"


@pytest.mark.parametrize("odd", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1999-12-31T00:00:00Z"])
async def test_times_that_no_calendar_holds_are_refused_or_now(edge, tenant, odd):
    far = {"event": "e", "user_id": "u", "timestamp": odd}
    answers = [
        await edge.post("/collect/track", json=far, headers=AS_SERVER),
        await edge.post("/collect/track", json=far | {"sent_at": "9999-12-31T23:59:59-14:00"}, headers=AS_SERVER),
        await edge.post("/collect/track", json=far | {"sent_at": "0001-01-01T00:00:00+14:00"}, headers=AS_SERVER),
    ]
    assert all(answer.status_code in (200, 400) for answer in answers)
    kept = sum(answer.status_code == 200 for answer in answers)
    await logged_within(tenant.id, kept)


async def test_our_own_clock_stepping_back_loses_and_doubles_nothing(edge, tenant):
    """What was sent before and after the step is there once, in order, and nothing lies in the future."""
    for number in range(3):
        sent = clock.now()
        with clock.shifted(timedelta(hours=-number)):
            body = event(event="buy", message_id=f"m{number}", timestamp=iso(sent - ALMOST), sent_at=iso(sent))
            assert (await edge.post("/collect/track", json=body)).status_code == 200
            assert (await edge.post("/collect/track", json=body)).status_code == 200
    found = await logged_within(tenant.id, 3)
    assert [payload["message_id"] for _, payload in found] == ["m0", "m1", "m2"]
    assert all(moment < clock.now() for moment in moments(tenant.id))
    assert len(logged(tenant.id)) == 3


def when(timestamp, sent_at, received):
    return happened(sender_now(sent_at, received) - timestamp, received)[0]


def test_a_clock_that_agrees_is_believed_whatever_each_request_took():
    received = datetime(2026, 11, 22, 1, tzinfo=UTC)
    first, second = received - timedelta(seconds=3), received - timedelta(seconds=2.9)
    slow, quick = first + timedelta(milliseconds=200), second + timedelta(milliseconds=1)
    arrived = slow + timedelta(seconds=2), quick + timedelta(milliseconds=5)
    told = when(first, slow, arrived[0]), when(second, quick, arrived[1])
    assert told == (first, second)
    behind = timedelta(hours=1)
    assert when(first - behind, slow - behind, arrived[0]) == arrived[0] - timedelta(milliseconds=200)
