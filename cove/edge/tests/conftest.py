from __future__ import annotations

from contextlib import asynccontextmanager

import httpx
import psycopg
import pytest
import pytest_asyncio
from django.conf import settings

from cove.edge import mirror
from cove.edge.hot import edge_only, edge_parts
from cove.edge.mirror import Signpost


@pytest.fixture
def posts(databases):
    """Signposts that this test's edge sees beside those of the database: a dict to fill."""
    return {}


@pytest_asyncio.fixture
async def edge(databases, posts, tmp_path, monkeypatch):
    """A client of the edge alone, running with mirror, spool and drainer of its own."""
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    async with edge_parts():
        known = mirror.running[0]
        monkeypatch.setattr(known, "signpost", lambda kind, key: posts.get((kind, key)))
        async with browser() as client:
            yield client


@asynccontextmanager
async def browser(application=edge_only):
    """A browser that follows no redirect and keeps cookies."""
    transport = httpx.ASGITransport(app=application, client=("203.0.113.7", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://cove.test") as client:
        yield client


def post(kind, key, tenant_id, document):
    return Signpost(kind, key, tenant_id, document)


@pytest.fixture
def database(databases):
    with psycopg.connect(settings.DATABASE_DSN, autocommit=True) as connected:
        yield connected
