"""Stored files: whole or not at all, for whom they are, as long as they are kept."""

import csv
import hashlib
import io
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cove.directory.org.models import Member
from cove.directory.org.queries.actors import actor_of_member
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.files.models import StoredFile
from cove.kernel.files.purpose import FilePurpose
from cove.kernel.files.storage import incoming_folder, storage
from cove.kernel.files.store import open_file, store_file
from cove.kernel.files.sweep import sweep_files
from cove.kernel.files.tables import safe_text, write_table
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

EXPORT = FilePurpose("files.test", Words("测试", "Test"))


def keep(actor, pieces=(b"one ", b"two"), name="名单.csv", keep_for=timedelta(days=1)):
    return store_file(actor, name=name, media_type="text/csv", write=pieces, purpose=EXPORT, keep_for=keep_for)


def read_back(actor, row):
    with open_file(actor, row.id)[1] as handle:
        return handle.read()


def lying():
    root = Path(storage().location)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_a_file_comes_back_as_it_was(browser_client, administrator):
    row = keep(actor_of_member(administrator))
    answer = browser_client.get(f"/api/files/{row.id}")
    assert (answer.status_code, b"".join(answer)) == (200, b"one two")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert (row.size, row.sha256[:8]) == (7, hashlib.sha256(b"one two").hexdigest()[:8])


def test_somebody_elses_file_does_not_exist(browser_client, actor):
    other = Member.objects.create(name="别人")
    row = keep(actor_of_member(other))
    assert browser_client.get(f"/api/files/{row.id}").status_code == 404
    assert browser_client.get("/api/files/999999999").status_code == 404
    # Files of Cove itself have no maker, and neither has a visitor: they do not meet.
    own = keep(actor)
    assert open_file(Actor(tenant_id=actor.tenant_id, kind="visitor"), own.id) is None
    assert browser_client.get(f"/api/files/{own.id}").status_code == 404


def test_a_file_of_another_tenant_does_not_exist(browser_client, actor):
    from cove.directory.org.commands.tenants import create_tenant

    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        row = keep(Actor.system(other.id))
    assert browser_client.get(f"/api/files/{row.id}").status_code == 404
    assert open_file(actor, row.id) is None


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "..", "a\x00b\r\nX-Evil: 1", "x" * 400 + ".csv", ""]
)
def test_a_name_is_never_a_path(actor, administrator, browser_client, name):
    row = keep(actor_of_member(administrator), name=name)
    inside = Path(storage().path(row.key)).resolve()
    assert inside.is_relative_to(Path(storage().location).resolve())
    assert not {"/", "\\", "\r", "\n", "\x00"} & set(row.name)
    assert 0 < len(row.name) <= 150
    answer = browser_client.get(f"/api/files/{row.id}")
    assert b"".join(answer) == b"one two"
    assert "X-Evil" not in answer.headers


def test_a_write_that_fails_leaves_nothing(actor):
    before = lying()

    def pieces():
        yield b"half"
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="full"):
        keep(actor, pieces())
    assert lying() == before
    assert not StoredFile.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_bytes(actor, monkeypatch):
    before = lying()
    monkeypatch.setattr(
        "cove.kernel.files.store.keep_file", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("away"))
    )
    with pytest.raises(RuntimeError, match="away"):
        keep(actor)
    assert lying() == before


def test_what_expired_is_gone_at_once_and_swept_later(actor, monkeypatch):
    row, stays = keep(actor, keep_for=timedelta(hours=1)), keep(actor, keep_for=None)
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert open_file(actor, row.id) is None
    assert row.key in lying()
    assert sweep_files() >= 1
    assert row.key not in lying()
    assert set(StoredFile.objects.values_list("id", flat=True)) == {stays.id}
    assert read_back(actor, stays) == b"one two"


def test_what_a_crash_left_is_swept(actor, monkeypatch):
    stays = keep(actor, keep_for=None)
    half = incoming_folder() / "half"
    half.write_bytes(b"half")
    fresh = incoming_folder() / "fresh"
    fresh.write_bytes(b"still being written")
    old = time.time() - 3 * 86_400
    os.utime(half, (old, old))
    # Moved in, and the process died before the row was written.
    stray = Path(storage().location) / Path(stays.key).parent / ("f" * 32)
    stray.write_bytes(b"stray")
    sweep_files()
    assert stray.exists()
    later = clock.now() + timedelta(days=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    sweep_files()
    assert (half.exists(), fresh.exists(), stray.exists()) == (False, True, False)
    assert read_back(actor, stays) == b"one two"
    fresh.unlink()


ROWS = [
    ["=1+1", 5, datetime(2026, 3, 1, 16, 30, tzinfo=UTC), None],
    ["-2+3", 1.5, datetime(2026, 3, 1, 17, tzinfo=UTC), "李雷"],
    ['=HYPERLINK("http://evil")', 0, None, "a\nb"],
]


def test_no_text_becomes_a_formula():
    out = io.BytesIO()
    assert write_table(out, "csv", headings=["@名", "数", "时间", "备注"], rows=ROWS, timezone="Asia/Shanghai") == 3
    text = out.getvalue().decode()
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert read[0][0] == "'@名"
    assert read[1] == ["'=1+1", "5", "2026-03-02 00:30:00", ""]
    assert (read[2][0], read[2][3]) == ("'-2+3", "李雷")
    assert safe_text("普通") == "普通"


def test_a_sheet_keeps_kinds_and_texts_stay_texts():
    out = io.BytesIO()
    assert write_table(out, "xlsx", headings=["名", "数", "时间", "备注"], rows=ROWS, timezone="Asia/Shanghai") == 3
    sheet = openpyxl.load_workbook(out).active
    assert [cell.value for cell in sheet[2]] == ["=1+1", 5, datetime.fromisoformat("2026-03-02T00:30:00"), None]
    assert sheet["A2"].data_type == "s"
    assert sheet["A4"].hyperlink is None


def test_a_table_longer_than_a_sheet_goes_on(monkeypatch):
    monkeypatch.setattr("cove.kernel.files.tables.SHEET_ROWS", 3)
    out = io.BytesIO()
    write_table(out, "xlsx", headings=["n"], rows=([n] for n in range(5)), sheet="客户")
    book = openpyxl.load_workbook(out)
    assert [[cell[0].value for cell in page] for page in book] == [["n", 0, 1], ["n", 2, 3], ["n", 4]]
    assert book.sheetnames == ["客户", "客户 2", "客户 3"]
