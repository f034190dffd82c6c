"""The live debugger's eye: sees nothing unasked, keeps what fits, and never stands in an event's way."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings

from cove.edge.collector import watching
from cove.edge.collector.watching import KEPT, Seen, saw, watched
from cove.engine.tracking.commands.sources import create_source
from cove.engine.tracking.contracts import WATCHED
from cove.kernel import clock
from cove.kernel.words import Words

from .conftest import post
from .sources import event, put_source


@pytest.fixture
def source(actor):
    return create_source(actor, name="官网", allowed_origins=[])


@pytest.fixture
def looked_at(source, posts, actor):
    until = clock.now() + timedelta(seconds=30)
    posts[WATCHED, str(source.id)] = post(WATCHED, str(source.id), actor.tenant_id, {"until": until.timestamp()})


def seen(name="order_paid", verdict="accepted", **fields):
    return Seen("track", name, f"m-{name}", clock.now(), verdict, **fields)


def kept(tenant_id):
    with psycopg.connect(settings.DATABASE_DSN) as looking:
        looking.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(tenant_id)])
        sql = "SELECT name, verdict, texts, properties, left_out FROM tracking_sighting ORDER BY id"
        return looking.execute(sql).fetchall()


async def kept_within(tenant_id, seconds=60.0):
    for _ in range(int(seconds / 0.05)):
        if found := kept(tenant_id):
            return found
        await asyncio.sleep(0.05)
    return []


async def test_what_nobody_looks_at_is_not_kept(edge, source, tenant):
    assert not watched(source.id)
    saw(source.id, [seen()])
    await asyncio.sleep(watching.PORTION_SECONDS * 2)
    assert kept(tenant.id) == []


async def test_what_somebody_looks_at_is_kept_with_its_remedy_in_both_languages(edge, source, looked_at, tenant):
    assert watched(source.id)
    words = Words("缺少 {name}", "{name} is missing").with_values(name="url")
    saw(source.id, [seen("a", properties={"amount": 3}), seen("b", "refused", message=words, fields={"url": words})])
    [first, second] = await kept_within(tenant.id)
    assert first[:2] == ("a", "accepted")
    assert first[3] == {"amount": 3}
    assert second[2] == {
        "cut": False,
        "fields": {"url": ["缺少 url", "url is missing"]},
        "message": ["缺少 url", "url is missing"],
    }


async def test_looking_ends_by_itself(edge, source, looked_at, tenant):
    with clock.shifted(timedelta(seconds=31)):
        assert not watched(source.id)
        saw(source.id, [seen()])
        await asyncio.sleep(watching.PORTION_SECONDS * 2)
    assert kept(tenant.id) == []


async def test_of_a_flood_the_newest_are_kept_and_the_others_counted(edge, source, looked_at, tenant):
    for number in range(1_000):
        saw(source.id, [seen(f"e{number}")])
    found = await kept_within(tenant.id)
    assert [name for name, *_ in found] == [f"e{number}" for number in range(1_000 - KEPT, 1_000)]
    assert found[0][4] == 1_000 - KEPT


async def test_whatever_was_sent_can_be_kept(edge, source, looked_at, tenant):
    hostile = {
        "nul": "a\0b",
        "half": "\ud800",
        "\0": 1,
        "deep": [[[]]],
        "nan": float("nan"),
        "object": object(),
        "long": "x" * 10_000,
    }
    saw(source.id, [seen("n\0\ud800" + "x" * 500, "refused", properties=hostile)])
    [(name, _, texts, properties, _)] = await kept_within(tenant.id)
    assert len(name) == 200
    assert texts["cut"] is True
    assert properties["nul"] == "ab"


async def test_a_refusal_is_told_as_it_was_whatever_is_in_the_name(edge, source, looked_at, posts, tenant):
    put_source(posts, tenant, source_id=source.id)
    bad = event(event="$a{b}%(c)s", properties={})
    assert (await edge.post("/collect/track", json=bad)).status_code == 400
    [(name, verdict, texts, _, _)] = await kept_within(tenant.id)
    assert (name, verdict) == ("$a{b}%(c)s", "refused")
    for told in (texts["message"], texts["fields"]["event"]):
        assert all("$a{b}%(c)s" in one and "{{" not in one for one in told)


async def test_whatever_is_wrong_can_be_kept(edge, source, looked_at, tenant):
    words = Words("甲\0\ud800", "A\0\ud800")
    saw(source.id, [seen("a", "refused", message=words, fields={"properties.$\0\ud800": words})])
    [(_, _, texts, _, _)] = await kept_within(tenant.id)
    assert texts == {"cut": False, "message": ["甲?", "A?"], "fields": {"properties.$?": ["甲?", "A?"]}}


async def test_a_source_that_is_gone_and_a_database_that_is_away_hold_nothing_up(
    edge, looked_at, posts, tenant, monkeypatch
):
    until = (clock.now() + timedelta(seconds=30)).timestamp()
    posts[WATCHED, "999999999"] = post(WATCHED, "999999999", tenant.id, {"until": until})
    saw(999999999, [seen()])

    def away(*_args, **_kwargs):
        raise OSError("away")

    await asyncio.sleep(watching.PORTION_SECONDS * 2)
    monkeypatch.setattr(watching, "note_sightings", away)
    saw(999999999, [seen()])
    await asyncio.sleep(watching.PORTION_SECONDS * 2)
    assert kept(tenant.id) == []
    assert watching._waiting == {}
