"""A person's data as a file: complete, readable, and gone after a week."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

from cove.directory.people import facade as people
from cove.directory.privacy.commands.data_files import EXPORT_JOB, ask_data_file
from cove.directory.privacy.queries import archive
from cove.directory.privacy.tests.world import Somebody, run_jobs, settle_in
from cove.kernel import clock
from cove.kernel.personal_data import holders


def test_everything_is_in_it_for_people_and_for_programs(browser_client, actor, administrator, drain):
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    asked = browser_client.post(f"/api/contacts/{contact_id}/data-files")
    assert asked.status_code == 202
    [run] = run_jobs(actor, EXPORT_JOB)
    assert (run.state, run.message) == ("done", "")
    [shown] = browser_client.get(f"/api/contacts/{contact_id}/privacy").json()["files"]
    answer = browser_client.get(f"/api/files/{shown['file_id']}")
    data = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    names = set(data.namelist())
    assert {f"json/{holder.key}.json" for holder in holders} | {"index.html"} <= names
    [profile] = json.loads(data.read("json/people.contact.json"))
    assert (profile["name"], profile["phone"]) == (who.name, who.phone)
    told = json.loads(data.read("json/timeline.facts.json"))
    assert {"tracking.page_viewed", "people.note_written", "wecom.callback_accepted"} <= {one["kind"] for one in told}
    assert who.note in data.read("pages/timeline.facts-0001.html").decode()
    assert "People" not in data.read("index.html").decode()
    with clock.shifted(timedelta(days=8)):
        assert browser_client.get(f"/api/files/{shown['file_id']}").status_code in (401, 404)


def test_facts_that_were_not_shipped_are_in_it_once(actor, drain):
    from cove.directory.people.commands.notes import write_note

    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    write_note(actor, contact_id=contact_id, text="刚刚写的")
    person = people.person_of(actor, contact_id)
    facts = list(holders["timeline.facts"].collect(actor, person))
    assert sum("刚刚写的" in str(one) for one in facts) == 1
    drain()
    again = list(holders["timeline.facts"].collect(actor, person))
    assert len(again) == len(facts)


def test_pages_are_cut_so_that_memory_is_bounded(actor, monkeypatch, drain):
    monkeypatch.setattr(archive, "ROWS_A_PAGE", 3)
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    ask_data_file(actor, contact_id=contact_id)
    [run] = run_jobs(actor, EXPORT_JOB)
    assert run.state == "done"
    target = io.BytesIO()
    person = people.person_of(actor, contact_id)
    archive.write_archive(target, actor, person, company="港湾", report=lambda _done: None)
    pages = [name for name in zipfile.ZipFile(target).namelist() if name.startswith("pages/timeline.facts")]
    assert len(pages) > 3


def test_text_of_a_person_cannot_become_markup(actor, drain):
    from cove.directory.people.commands.notes import write_note

    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    write_note(actor, contact_id=contact_id, text="<script>alert(1)</script>")
    drain()
    target = io.BytesIO()
    person = people.person_of(actor, contact_id)
    archive.write_archive(target, actor, person, company="<b>", report=lambda _done: None)
    with zipfile.ZipFile(target) as data:
        for name in data.namelist():
            if name.endswith(".html"):
                assert b"<script>" not in data.read(name)
                assert b"<b></b>" not in data.read(name)
