from __future__ import annotations

import asyncio
import json
import time

import pytest
from django.conf import settings

from cove.edge.mirror import Mirror
from cove.kernel.signposts.commands import put_signpost, take_down_signpost


def until(true, seconds=60.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.02)


@pytest.fixture
def mirror(actor, tmp_path, monkeypatch):
    """A mirror whose patience no busy machine outlasts."""
    monkeypatch.setattr("cove.edge.mirror.ASK_SECONDS", 60)
    kept = Mirror(settings.DATABASE_DSN, tmp_path / "mirror.json")
    yield kept
    kept.stop()


def test_it_knows_what_stands_and_follows_changes(actor, mirror):
    key = f"k{actor.tenant_id}"
    put_signpost("live_code", key, {"n": 1})
    mirror.start(patience=60)
    assert mirror.database_away is False
    first = mirror.signpost("live_code", key)
    assert (first.tenant_id, first.document) == (actor.tenant_id, {"n": 1})
    put_signpost("live_code", key, {"n": 2})
    until(lambda: mirror.signpost("live_code", key).document == {"n": 2})
    put_signpost("live_code", key + "b", {})
    until(lambda: mirror.signpost("live_code", key + "b"))
    take_down_signpost("live_code", key)
    until(lambda: mirror.signpost("live_code", key) is None)


def test_an_unchanged_signpost_stays_the_same_object(actor, mirror):
    key = f"s{actor.tenant_id}"
    put_signpost("live_code", key, {"n": 1})
    mirror.start(patience=60)
    before = mirror.signpost("live_code", key)
    put_signpost("live_code", key, {"n": 1})
    put_signpost("live_code", key + "b", {"n": 1})
    until(lambda: mirror.signpost("live_code", key + "b"))
    assert mirror.signpost("live_code", key) is before


def test_what_is_asked_for_is_as_postgresql_has_it_now(actor, mirror, monkeypatch):
    monkeypatch.setattr("cove.kernel.signposts.commands._wake", lambda kind, key: None)
    key = f"a{actor.tenant_id}"
    mirror.start(patience=60)
    put_signpost("live_code", key, {"n": 1})
    assert mirror.signpost("live_code", key) is None
    assert asyncio.run(mirror.ask("live_code", key)).document == {"n": 1}
    put_signpost("live_code", key, {"n": 2})
    both = asyncio.run(_both(mirror.ask("live_code", key), mirror.ask("live_code", "nobody")))
    assert both[0].document == {"n": 2}
    assert both[1] is None


async def _both(*asked):
    return await asyncio.gather(*asked)


@pytest.mark.parametrize("key", ["a\0b", "", "x" * 65, "名"])
def test_what_is_no_name_is_not_asked_for(actor, mirror, key):
    mirror.start(patience=60)
    assert asyncio.run(mirror.ask("live_code", key)) is None
    assert not mirror._asked
    assert mirror.database_away is False


def test_memory_answers_while_postgresql_is_away(tmp_path):
    lonely = Mirror("postgresql://nobody@/nothing?host=/nowhere", tmp_path / "mirror.json")
    lonely.start()
    assert asyncio.run(lonely.ask("live_code", "abc")) is None
    assert not lonely._asked
    lonely.stop()


def test_an_edge_starts_from_the_file_while_postgresql_is_away(actor, mirror, tmp_path):
    key = f"f{actor.tenant_id}"
    put_signpost("live_code", key, {"n": 1})
    mirror.start(patience=60)
    mirror.stop()
    lonely = Mirror("postgresql://nobody@/nothing?host=/nowhere", tmp_path / "mirror.json")
    lonely.start()
    assert lonely.database_away is True
    assert lonely.signpost("live_code", key).document == {"n": 1}
    lonely.stop()
    kept = tmp_path / "mirror.json"
    assert kept.stat().st_mode & 0o077 == 0, "signposts hold sealed secrets; the file is ours alone"
    assert [key] == [row[1] for row in json.loads(kept.read_text()) if row[1] == key]


def test_a_machine_that_has_just_started_reads_at_once(actor, mirror, monkeypatch):
    key = f"j{actor.tenant_id}"
    put_signpost("live_code", key, {"n": 1})
    up = time.monotonic()
    monkeypatch.setattr("cove.edge.mirror.time.monotonic", lambda since=time.monotonic: since() - up)
    mirror.start(patience=60)
    assert mirror.signpost("live_code", key) is not None


def test_a_broken_file_is_left_aside(tmp_path):
    (tmp_path / "mirror.json").write_text("{broken")
    lonely = Mirror("postgresql://nobody@/nothing?host=/nowhere", tmp_path / "mirror.json")
    lonely.start()
    assert lonely.signpost("live_code", "a") is None
    lonely.stop()
