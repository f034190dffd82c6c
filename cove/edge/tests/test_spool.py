from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from cove.directory.org.commands.tenants import create_tenant
from cove.edge.spool import Entry, SpoolUnavailableError, writer
from cove.edge.spool.drain import Drainer, pour
from cove.edge.spool.entry import CommonRow, frame_of, read_frames, row_of
from cove.edge.spool.folder import claim, claim_any
from cove.edge.tests.spools import AT, entry, filled, logged, pour_all


async def test_appended_entries_reach_the_log_once_and_in_order(tmp_path, tenant, database):
    spool = await filled(tmp_path, [entry(tenant.id, n) for n in range(300)])
    pour_all(database, spool.folder, spool.durable)
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == list(range(300))
    spool.stop()


async def test_a_key_that_was_seen_is_dropped_in_one_batch_and_later(tmp_path, tenant, database):
    spool = await filled(tmp_path, [entry(tenant.id, n, "same") for n in range(5)])
    pour_all(database, spool.folder, spool.durable)
    await spool.append(entry(tenant.id, 9, "same"))
    await spool.append(entry(tenant.id, 10, "other"))
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [0, 10]
    spool.stop()


@pytest.fixture
def other(databases):
    return create_tenant(name="另一家")


async def test_two_tenants_in_one_batch(tmp_path, tenant, other, database):
    mixed = [entry((tenant.id, other.id)[n % 2], n) for n in range(10)]
    spool = await filled(tmp_path, mixed)
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [0, 2, 4, 6, 8]
    assert logged(other.id) == [1, 3, 5, 7, 9]
    spool.stop()


async def test_a_torn_tail_is_passed_over(tmp_path, tenant, database):
    spool = await filled(tmp_path, [entry(tenant.id, n) for n in range(3)])
    spool.stop()
    path = spool.folder.segment(spool.durable.segment)
    with path.open("ab") as file:
        file.write(frame_of(entry(tenant.id, 99))[:-4])
    again = await filled(tmp_path, [entry(tenant.id, 3)])
    assert again.folder.name == spool.folder.name
    pour_all(database, again.folder, again.durable)
    assert logged(tenant.id) == [0, 1, 2, 3]
    assert again.folder.segments() == [again.durable.segment], "drained segments are removed"
    again.stop()


def test_a_damaged_frame_ends_the_reading():
    good = frame_of(entry(1, 1))
    bad = bytearray(frame_of(entry(1, 2)))
    bad[-3] ^= 1
    records, taken = read_frames(good + bytes(bad) + good)
    assert len(records) == 1
    assert taken == len(good)


async def test_what_postgresql_refuses_does_not_hold_up_the_rest(tmp_path, tenant, database):
    odd = Entry(
        tenant.id, "tracking.page_viewed", AT, {"visitor_id": 2**70, "url": "https://example.test/?phone=13912345678"}
    )
    spool = await filled(tmp_path, [entry(tenant.id, 1), odd, entry(tenant.id, 2)])
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [1, 2]
    (line,) = (tmp_path / "refused.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "tenant_id": tenant.id,
        "kind": "tracking.page_viewed",
        "at": AT.isoformat(),
        "code": "22003",
        "fields": {"visitor_id": "int", "url": "str"},
    }
    spool.stop()


async def test_what_was_refused_is_refused_again_and_taken_when_it_is_mended(tmp_path, tenant, database):
    odd = Entry(tenant.id, "tracking.page_viewed", AT, {"visitor_id": 2**70}, "again")
    spool = await filled(tmp_path, [entry(tenant.id, 1, "one"), odd])
    pour_all(database, spool.folder, spool.durable)
    await spool.append(odd)
    pour_all(database, spool.folder, spool.durable)
    assert len((tmp_path / "refused.jsonl").read_text().splitlines()) == 2
    for number in (2, 3):
        await spool.append(entry(tenant.id, number, "again"))
        pour_all(database, spool.folder, spool.durable)
    await spool.append(entry(tenant.id, 4, "one"))
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [1, 2], "a neighbour's key is still known"
    spool.stop()


async def test_the_character_zero_is_left_out(tmp_path, tenant, database):
    one = Entry(tenant.id, "tracking.page_viewed", AT, {"visitor_id": 5, "title": "a\0b \\u0000"})
    spool = await filled(tmp_path, [one])
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [5]
    spool.stop()


async def test_a_full_disk_is_told_and_what_follows_is_whole(tmp_path, tenant, database, monkeypatch):
    spool = await filled(tmp_path, [entry(tenant.id, 1)])
    real = os.write

    def half_then_full(descriptor, data):
        if len(data) > 10:
            return real(descriptor, data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", half_then_full)
    for _ in range(20):
        with pytest.raises(SpoolUnavailableError):
            await spool.append(entry(tenant.id, 2))
    assert len(spool.folder.segments()) == 2, "a disk that stays full does not get a file with every try"
    monkeypatch.undo()
    await spool.append(entry(tenant.id, 3))
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [1, 3]
    spool.stop()


async def test_a_folder_whose_removal_was_broken_off_is_not_written_again(tmp_path, tenant, database):
    spool = await filled(tmp_path, [entry(tenant.id, 1)])
    pour_all(database, spool.folder, spool.durable)
    spool.stop()
    for path in sorted(spool.folder.path.glob("*.segment")):
        path.unlink()
    database.execute("UPDATE spool_cursor SET segment = 9 WHERE spool = %s", [spool.folder.name])
    again = await filled(tmp_path, [entry(tenant.id, 2)])
    pour_all(database, again.folder, again.durable)
    assert logged(tenant.id) == [1, 2]
    assert not spool.folder.path.exists()
    again.stop()


async def test_room_is_left_for_postgresql(tmp_path, tenant, database, monkeypatch):
    """A disk filled to its end by the spool could never be drained: PostgreSQL needs room to take what is in it."""
    spool = await filled(tmp_path, [entry(tenant.id, 1)])
    monkeypatch.setattr(writer, "RESERVE_SHARE", 1)
    monkeypatch.setattr(writer, "RESERVE", 2**60)
    monkeypatch.setattr(writer, "LOOK_BYTES", 1)
    for _ in range(3):
        with pytest.raises(SpoolUnavailableError):
            await spool.append(entry(tenant.id, 2))
    monkeypatch.undo()
    await spool.append(entry(tenant.id, 3))
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [1, 3]
    assert len(spool.folder.segments()) <= 2
    spool.stop()


async def test_a_disk_far_behind_is_told(tmp_path, tenant, monkeypatch):
    spool = await filled(tmp_path, [])
    release = threading.Event()
    monkeypatch.setattr(spool, "_write", lambda _data: release.wait(60) and None)
    half = b"x" * (writer.MOST_WAITING // 2 + 1)
    waiting = [spool.submit_frame(half), spool.submit_frame(half)]
    with pytest.raises(SpoolUnavailableError):
        spool.submit_frame(b"x")
    release.set()
    await asyncio.gather(*waiting)
    await spool.submit_frame(b"x")
    spool.stop()


async def test_a_batch_is_as_many_frames_and_each_is_read(tmp_path, tenant, database):
    spool = await filled(tmp_path, [])
    await spool.submit_frame(b"".join(frame_of(entry(tenant.id, n, f"k{n % 3}")) for n in range(9)))
    pour_all(database, spool.folder, spool.durable)
    assert logged(tenant.id) == [0, 1, 2]
    spool.stop()


async def test_a_spool_in_use_is_not_adopted(tmp_path):
    spool = await filled(tmp_path, [])
    assert claim(spool.folder.path) is None
    other = claim_any(tmp_path)
    assert other.name != spool.folder.name
    other.release()
    spool.stop()


WRITER = """
import asyncio, sys, django
from datetime import UTC, datetime
from pathlib import Path
django.setup()
from cove.edge.spool.entry import Entry
from cove.edge.spool.writer import Spool

async def one(spool, tenant, n):
    await spool.append(Entry(tenant, "tracking.page_viewed", datetime.now(UTC), {"visitor_id": n}))
    sys.stdout.write(f"{n}\\n"); sys.stdout.flush()

async def main():
    spool = Spool(Path(sys.argv[1])); spool.start()
    tenant, n = int(sys.argv[2]), int(sys.argv[3])
    while True:
        await asyncio.gather(*(one(spool, tenant, n + k) for k in range(16)))
        n += 16

asyncio.run(main())
"""


def test_everything_acknowledged_is_in_the_log_once_though_writer_and_drainer_are_killed(tmp_path, tenant, database):
    acknowledged: set[int] = set()
    for turn in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(tenant.id), str(turn * 1_000_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = [writer.stdout.readline() for _ in range(200)]
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.communicate()[0].splitlines()
        acknowledged |= {int(line) for line in [*lines, *rest] if line.strip().isdigit()}
        # A drainer that dies after its inserts and before its commit leaves nothing behind.
        folder = claim_any(tmp_path)
        with database.transaction(force_rollback=True):
            pour(database, folder, None)
        if turn == 1:
            pour(database, folder, None)
        folder.release()
    folder = claim_any(tmp_path)
    pour_all(database, folder)
    folder.release()
    found = logged(tenant.id)
    assert len(found) == len(set(found)), "nothing twice"
    assert acknowledged <= set(found), "nothing lost"
    assert len(acknowledged) >= 600


async def test_the_drainer_adopts_the_spool_of_a_dead_process(tmp_path, tenant, databases):
    dead = await filled(tmp_path, [entry(tenant.id, 1)])
    mine = await filled(tmp_path, [entry(tenant.id, 2)])
    dead.stop()
    drainer = Drainer(settings.DATABASE_DSN, mine, tmp_path)
    drainer.start()
    for _ in range(1200):
        if sorted(logged(tenant.id)) == [1, 2]:
            break
        await asyncio.sleep(0.05)
    drainer.stop()
    assert sorted(logged(tenant.id)) == [1, 2]
    assert not dead.folder.path.exists()
    mine.stop()


async def test_postgresql_away_is_waited_for(tmp_path, tenant, databases):
    spool = await filled(tmp_path, [entry(tenant.id, 7)])
    drainer = Drainer("postgresql://nobody@/nothing?host=/nowhere", spool, tmp_path)
    drainer.start()
    await spool.append(entry(tenant.id, 8))
    await asyncio.sleep(0.2)
    drainer._dsn = settings.DATABASE_DSN
    for _ in range(1200):
        if logged(tenant.id) == [7, 8]:
            break
        await asyncio.sleep(0.05)
    drainer.stop()
    assert logged(tenant.id) == [7, 8]
    spool.stop()


@given(
    common=st.dictionaries(st.sampled_from("abcd"), st.text() | st.integers(-(2**60), 2**60) | st.none()),
    own=st.dictionaries(st.sampled_from("efgh"), st.text() | st.lists(st.text()), min_size=1),
    visitor=st.none() | st.integers(0, 2**60),
)
def test_a_row_made_of_two_parts_is_the_row_of_the_whole(common, own, visitor):
    common = common | {"visitor_id": visitor, "source": "web"}
    whole = row_of("test.fact", AT, common | own).split(b"\t")
    parted = CommonRow.of("test.fact", common).row(AT, own).split(b"\t")
    assert (parted[:-1], json.loads(parted[-1])) == (whole[:-1], json.loads(whole[-1]))
    assert b"\\u0000" not in parted[-1]
