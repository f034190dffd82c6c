"""Sent = stored, each once, however often the shipping dies."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from cove.facts.tracking import PageViewed
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.log.consume import drain
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.scope import tenant_scope

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_STORED = """
SELECT count() AS stored, uniqExact(position) AS positions, uniqExact(JSONExtractString(payload, 'message_id')) AS messages
FROM timeline_fact WHERE tenant_id = {tenant:UInt64}
"""


def shipper(*arguments):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cove.launch.settings"}
    command = [sys.executable, "-m", "cove.engine.timeline.tests.shipper", *arguments]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert running.stdout.readline() == b"ready\n"
    return running


def end(running):
    if running.poll() is None:
        running.send_signal(signal.SIGKILL)
    running.wait(60)
    running.stdout.close()


def tell(numbers, *, days=200):
    # Over several months, so that a batch becomes several parts of which only some may be stored when the process dies.
    facts = [
        pending(
            PageViewed(visitor_id=number % 97, message_id=f"m{number}", url="https://example.test/", title="页"),
            at=NOON + timedelta(days=number % days),
            chain=(),
        )
        for number in numbers
    ]
    append_facts(facts)


def stored(tenant_id):
    return tuple(rows(tenant_id, _STORED)[0].values())


def test_killed_between_insert_and_cursor_a_batch_is_stored_once(actor):
    drain()
    tell(range(400))

    for _ in range(3):
        running = shipper("die-before-cursor")
        running.wait(300)
        end(running)
    in_between = stored(actor.tenant_id)
    drain()

    assert 0 < in_between[0] <= 150
    assert stored(actor.tenant_id) == (400, 400, 400)


@pytest.mark.slow
def test_killed_at_random_moments_under_load_nothing_is_lost_or_doubled(actor):
    total = 6_000
    chance = random.Random(20)

    def load():
        with tenant_scope(actor.tenant_id):
            for start in range(0, total, 20):
                tell(range(start, start + 20))
                time.sleep(0.02)
        from django.db import connection

        connection.close()

    writer = threading.Thread(target=load)
    writer.start()
    kills = 0
    while writer.is_alive() or kills < 4:
        running = shipper()
        time.sleep(chance.uniform(0.02, 0.9))
        end(running)
        kills += 1
    writer.join()
    drain()

    assert kills >= 4
    assert stored(actor.tenant_id) == (total, total, total)


def test_times_that_clickhouse_cannot_hold_do_not_stop_the_rest(actor):
    for number, year in enumerate((1, 1969, 2026, 2299, 9999)):
        fact = PageViewed(visitor_id=1, message_id=f"y{number}", url="https://example.test/", title="页")
        append_facts([pending(fact, at=datetime(year, 12, 30, tzinfo=UTC), chain=())])
    drain()
    assert stored(actor.tenant_id)[0] == 5


def test_facts_of_very_many_months_arrive_in_one_batch(actor):
    for number in range(240):
        fact = PageViewed(visitor_id=1, message_id=f"o{number}", url="https://example.test/", title="页")
        append_facts([pending(fact, at=NOON - timedelta(days=31 * number), chain=())])
    drain()
    assert stored(actor.tenant_id) == (240, 240, 240)


def test_columns_and_cause_are_taken_from_the_fact(actor):
    from cove.kernel.actor import Link

    fact = PageViewed(
        visitor_id=5,
        message_id="c",
        url="https://example.test/x?y",
        title="标题",
        utm_source="baidu",
        referrer="https://r.test/",
    )
    append_facts([pending(fact, at=NOON, chain=(Link(3, "a.b", "r1"), Link(4, "c.d", "r2")))])
    drain()

    found = rows(actor.tenant_id, "SELECT * FROM timeline_fact WHERE tenant_id = {tenant:UInt64}")[0]

    assert found["person_id"] == 5 | 1 << 63
    assert (found["url"], found["title"], found["utm_source"]) == ("https://example.test/x?y", "标题", "baidu")
    assert (found["cause_kind"], found["cause_position"], found["cause_rule"]) == ("c.d", 4, "r2")
    assert found["at"] == NOON


def test_an_actor_of_one_tenant_cannot_ask_clickhouse_without_it():
    from cove.kernel.clickhouse.client import NoTenantInQuery

    with pytest.raises(NoTenantInQuery):
        rows(Actor.system(1).tenant_id, "SELECT count() FROM timeline_fact")
