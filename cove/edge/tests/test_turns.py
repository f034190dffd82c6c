"""Turns: two chunks of a spool on their way into the log at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from django.conf import settings

from cove.edge.spool.folder import Place, claim
from cove.edge.spool.reading import chunk_after
from cove.edge.spool.turn import BrokenOffError, Turn, place_of
from cove.edge.tests.spools import entry, filled, logged, pour_all


async def chunks(tenant, root, count=30):
    """Return the folder of a spool with several chunks, and the chunks; each fact is followed by a repetition under the same key."""
    big = "长" * 150_000
    spool = await filled(root, [])
    for number in range(count):
        one = replace(entry(tenant.id, number), payload={"visitor_id": number, "title": big}, dedupe_key=f"k{number}")
        await spool.append(one)
        await spool.append(replace(one, payload={"visitor_id": -1}))
    spool.stop()
    folder, place, found = claim(spool.folder.path), Place(), []
    while (chunk := chunk_after(folder, place, None)).after != place:
        found.append(chunk)
        place = chunk.after
    return folder, found


async def test_two_turns_overlap_and_keep_the_order(tenant, tmp_path, database):
    folder, found = await chunks(tenant, tmp_path)
    assert len(found) >= 3
    place_of(database, folder.name)
    with psycopg.connect(settings.DATABASE_DSN, autocommit=True) as other, ThreadPoolExecutor(2) as executor:
        for late, early in zip(found[1::2], found[::2], strict=False):
            first = Turn(folder, early)
            second = Turn(folder, late, first)
            behind = executor.submit(second.run, other)
            executor.submit(first.run, database).result()
            behind.result()
        if len(found) % 2:
            Turn(folder, found[-1]).run(database)
    assert logged(tenant.id) == list(range(30))
    folder.release()


async def test_a_turn_whose_forerunner_fails_keeps_nothing(tenant, tmp_path, database):
    folder, found = await chunks(tenant, tmp_path)
    place_of(database, folder.name)
    closed = psycopg.connect(settings.DATABASE_DSN, autocommit=True)
    closed.close()
    first = Turn(folder, found[0])
    second = Turn(folder, found[1], first)
    with pytest.raises(psycopg.OperationalError):
        first.run(closed)
    with pytest.raises(BrokenOffError):
        second.run(database)
    assert logged(tenant.id) == []
    pour_all(database, folder)
    assert logged(tenant.id) == list(range(30))
    folder.release()


async def test_a_chunk_that_somebody_else_took_is_not_taken_again(tenant, tmp_path, database):
    folder, found = await chunks(tenant, tmp_path, count=3)
    pour_all(database, folder)
    with pytest.raises(BrokenOffError):
        Turn(folder, found[0]).run(database)
    assert logged(tenant.id) == [0, 1, 2]
    folder.release()
