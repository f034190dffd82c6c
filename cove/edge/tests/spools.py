"""Spools filled and drained by hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import psycopg
from django.conf import settings

from cove.edge.spool import Entry, Spool
from cove.edge.spool.drain import pour

AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def entry(tenant_id: int, number: int, key: str | None = None) -> Entry:
    payload = {"visitor_id": number, "source": "web", "message_id": str(number), "url": "https://a.test", "title": "甲"}
    return Entry(tenant_id, "tracking.page_viewed", AT, payload, key)


def logged(tenant_id: int) -> list[int]:
    with psycopg.connect(settings.DATABASE_DSN) as looking:
        looking.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(tenant_id)])
        return [row[0] for row in looking.execute("SELECT visitor_id FROM log_fact ORDER BY xid, position")]


async def filled(root, entries) -> Spool:
    spool = Spool(root)
    spool.start()
    await asyncio.gather(*(spool.append(one) for one in entries))
    return spool


def pour_all(database, folder, until=None) -> None:
    while pour(database, folder, until):
        pass
