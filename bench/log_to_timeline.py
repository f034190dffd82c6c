"""Facts a second from the log in PostgreSQL into the timeline in ClickHouse, against a bare insert of the same blocks.

Ours is the consumer as it runs in the work process: plan the batch, fetch it, ship it under its token, move the cursor. The reference
has nothing to read: blocks of the same rows, with every column already worked out, in ClickHouse's own format, are posted with the same
driver to a table of the same definition that feeds nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.frame import Result, by_turns, more, say, seconds, servers

FACTS = 240_000
"""In a round; a whole number of batches, enough of them that the first one, which nothing overlaps, weighs little."""
ROUNDS = 5
WARM_UP = 1
VISITORS = 20_000
TENANT = 1
WHAT = (
    "a bare insert of the same blocks: the rows with every column ready, in Native format, posted with the same driver and a token "
    "to a table of the same definition without materialized views; nothing is read from PostgreSQL"
)

# About 600 bytes of payload, as the collector writes them: 55 page views, 20 pages left and 25 events with properties of a hundred.
_LOAD = """
INSERT INTO log_fact (tenant_id, kind, at, visitor_id, source, payload)
SELECT {tenant}, CASE WHEN dice < 55 THEN 'tracking.page_viewed' WHEN dice < 75 THEN 'tracking.page_left' ELSE 'tracking.event_tracked' END,
  timestamptz '2026-10-01 00:00:00+00' + place * interval '1 second', visitor, 'web',
  jsonb_build_object('visitor_id', visitor, 'source', 'web', 'source_id', 3, 'message_id', gen_random_uuid(),
    'session_id', md5((place / 12)::text), 'account', '', 'url', 'https://shop.example/products/' || hash % 500,
    'title', '商品详情 ' || hash % 500, 'address', '203.0.113.' || visitor % 250, 'suspicion', 0, 'suspicion_reasons', '[]'::jsonb,
    'user_agent', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50 NetType/5G')
  || CASE WHEN dice < 55 THEN jsonb_build_object('properties', '{{}}'::jsonb, 'referrer', 'https://www.baidu.com/', 'channel', 'search',
    'click_ids', '{{}}'::jsonb, 'utm_source', 'baidu', 'utm_medium', 'cpc', 'utm_campaign', 'campaign-' || hash % 20,
    'utm_content', '', 'utm_term', '')
  WHEN dice < 75 THEN jsonb_build_object('properties', '{{}}'::jsonb, 'seconds', hash % 90, 'depth', hash % 100)
  ELSE jsonb_build_object('event', 'event-' || hash % 30, 'properties', jsonb_build_object('plan', 'pro', 'seats', hash % 50,
    'trial', hash % 2 = 0, 'detail_' || hash % 40, 'value ' || hash % 1000)) END
FROM (SELECT place, hash, hash % 100 AS dice, hashint8(place / 12 % {visitors})::bigint & 2147483647 AS visitor
  FROM (SELECT place, hashint8(place)::bigint & 2147483647 AS hash FROM generate_series(1, {facts}) AS place) a) b
"""


def run() -> Result:
    """Fill the log, then ship it slice by slice, by turns with the reference."""
    with servers():
        total = FACTS * (1 + WARM_UP + ROUNDS)
        say(f"writing {total:,} facts into the log")
        say(f"written in {seconds(lambda: _fill(total)):.0f} s; measuring {ROUNDS} rounds of {FACTS:,}")
        _ours()  # the slice of which the blocks of the reference are made
        reference = _Reference()
        figures = by_turns(ours=_ours, reference=reference.rate, rounds=ROUNDS, warm_up=WARM_UP)
        _check(total)
        return more("log-to-timeline", *figures, unit="facts/s", what_reference_is=WHAT)


def _ours() -> float:
    """Ship the next slice of the log."""
    from cove.kernel.log.consume import pour
    from cove.kernel.log.reactions import sinks

    started, left = time.perf_counter(), FACTS
    while left > 0:
        left -= pour(sinks["timeline"])
    return FACTS / (time.perf_counter() - started)


class _Reference:
    """Prepared blocks; each call posts all of them under new tokens."""

    def __init__(self) -> None:
        from cove.kernel.clickhouse import client

        self._blocks = list(_blocks())
        self._number = 0
        client.command("CREATE TABLE bench_reference AS timeline_fact")

    def rate(self) -> float:
        from cove.kernel.clickhouse import client

        started = time.perf_counter()
        for block in self._blocks:
            self._number += 1
            settings = {"insert_deduplication_token": f"reference-{self._number}"}
            client.client().raw_insert("bench_reference", None, block, fmt="Native", settings=settings)
        return FACTS / (time.perf_counter() - started)


def _blocks() -> Iterator[bytes]:
    """Give back the first slice that was shipped, in blocks as large as a batch."""
    from cove.engine.timeline.reactions.carrying import BATCH
    from cove.kernel.clickhouse import client

    first = f"SELECT * FROM timeline_fact WHERE tenant_id = {TENANT} ORDER BY position LIMIT {BATCH} OFFSET {{}}"
    for start in range(0, FACTS, BATCH):
        yield client.client().raw_query(first.format(start), fmt="Native", settings={"max_block_size": BATCH})


def _fill(facts: int) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(_LOAD.format(tenant=TENANT, visitors=VISITORS, facts=facts))
        cursor.execute("VACUUM ANALYZE log_fact")


def _check(total: int) -> None:
    """Refuse a figure if anything was lost or doubled."""
    from cove.kernel.clickhouse import client

    sql = f"SELECT count(), uniqExact(position) FROM timeline_fact WHERE tenant_id = {TENANT}"
    stored = client.client().query(sql).result_rows[0]
    if stored != (total, total):
        raise AssertionError(f"{total} facts told, {stored} stored")
