"""Whoever wrote a note may delete it: no timeline shows it from then on, its text leaves the log at once and ClickHouse at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.people import facade as people
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.commands.notes import delete_note, write_note
from cove.directory.people.contracts import Identity
from cove.directory.people.errors import NotYourNote
from cove.directory.people.models import DeletedNote
from cove.engine.timeline.commands.personal_data import TIMELINE
from cove.engine.timeline.contracts import Wanted
from cove.engine.timeline.jobs import remove_deleted_notes
from cove.engine.timeline.queries.page import one_fact, timeline
from cove.facts.people import NoteDeleted, NoteWritten
from cove.kernel import clock
from cove.kernel.audit.models import AuditEntry
from cove.kernel.clickhouse.client import rows
from cove.kernel.errors import NotFound
from cove.kernel.log.read import read_one

SECRET = "写错了的秘密"
_TEXTS = "SELECT position FROM timeline_fact WHERE tenant_id = {tenant:UInt64} AND position = {position:UInt64}"


@pytest.fixture
def writer(administrator):
    """A member who may see and write everywhere."""
    return actor_of_member(administrator)


@pytest.fixture
def contact(actor):
    found, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm-noted"), source="wecom")
    return found.id


@pytest.fixture(params=["fresh", "shipped"])
def settled(request, drain):
    """Every reading holds for what is still in the log alone, and for what ClickHouse has."""
    return drain if request.param == "shipped" else lambda: None


def noted(writer, contact, text=SECRET):
    write_note(writer, contact_id=contact, text=text)
    return timeline(writer, contact, Wanted(kinds=[NoteWritten.kind])).items[0].position


def texts_of(actor, contact, **wanted):
    return [one.payload["text"] for one in timeline(actor, contact, Wanted(kinds=[NoteWritten.kind], **wanted)).items]


def test_it_is_seen_no_more_and_its_text_is_gone_from_the_log(writer, contact, settled):
    note = noted(writer, contact)
    noted(writer, contact, "留下的")
    settled()
    delete_note(writer, contact_id=contact, note_id=note)
    assert texts_of(writer, contact) == ["留下的"]
    assert texts_of(writer, contact, text="秘密") == []
    with pytest.raises(NotFound):
        one_fact(writer, contact, note)
    assert read_one(note).payload["text"] == ""
    settled()
    assert texts_of(writer, contact) == ["留下的"]
    [told] = timeline(writer, contact, Wanted(kinds=[NoteDeleted.kind])).items
    assert (told.payload["note_id"], told.member_id) == (note, writer.member_id)
    [entry] = AuditEntry.objects.filter(operation="people.write_note", command__endswith="delete_note")
    assert entry.member_id == writer.member_id


def test_it_is_not_handed_out_with_a_persons_data(actor, writer, contact, settled):
    note = noted(writer, contact)
    settled()
    delete_note(writer, contact_id=contact, note_id=note)
    person = people.person_of(actor, contact)
    assert SECRET not in str(list(TIMELINE.collect(actor, person)))


def test_a_page_is_filled_past_what_was_deleted(writer, contact, settled):
    notes = [noted(writer, contact, f"第{number}条") for number in range(6)]
    settled()
    for note in notes[2:5]:
        delete_note(writer, contact_id=contact, note_id=note)
    first = timeline(writer, contact, Wanted(kinds=[NoteWritten.kind]), limit=2)
    assert [one.payload["text"] for one in first.items] == ["第5条", "第1条"]
    last = timeline(writer, contact, Wanted(kinds=[NoteWritten.kind]), limit=2, cursor=first.older)
    assert [one.payload["text"] for one in last.items] == ["第0条"]


def test_only_ones_own_and_only_once(actor, writer, contact):
    note = noted(writer, contact)
    colleague = actor_of_member(_member("同事", {"people.write_note": "all", "timeline.see": "all"}))
    with pytest.raises(NotYourNote):
        delete_note(colleague, contact_id=contact, note_id=note)
    stranger = actor_of_member(_member("外人", {"people.write_note": "own"}))
    with pytest.raises(NotFound):
        delete_note(stranger, contact_id=contact, note_id=note)
    other, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm-other"), source="wecom")
    with pytest.raises(NotFound):
        delete_note(writer, contact_id=other.id, note_id=note)
    delete_note(writer, contact_id=contact, note_id=note)
    with pytest.raises(NotFound):
        delete_note(writer, contact_id=contact, note_id=note)
    assert texts_of(writer, contact) == []


def test_only_a_note_can_be_deleted(writer, contact):
    [admitted] = timeline(writer, contact).items
    for number in (admitted.position, 2**62):
        with pytest.raises(NotFound):
            delete_note(writer, contact_id=contact, note_id=number)


def test_a_note_of_nobody_is_nobodys_to_delete(actor, writer, contact):
    note = noted(actor, contact)
    for somebody in (writer, actor, replace(writer, member_id=None)):
        with pytest.raises(NotYourNote):
            delete_note(somebody, contact_id=contact, note_id=note)


def test_a_note_on_whom_he_was_merged_with_is_his(actor, writer, contact):
    other, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm-twin"), source="wecom")
    note = noted(writer, other.id)
    merge_contacts(writer, contact_id=contact, merged_id=other.id)
    delete_note(writer, contact_id=contact, note_id=note)
    assert texts_of(writer, contact) == []


def test_at_night_it_leaves_clickhouse(actor, writer, contact, drain, monkeypatch):
    note = noted(writer, contact)
    drain()
    delete_note(writer, contact_id=contact, note_id=note)
    drain()
    remove_deleted_notes()
    assert rows(actor.tenant_id, _TEXTS, position=note), "what was deleted within the hour may still be on its way"
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    remove_deleted_notes()
    assert rows(actor.tenant_id, _TEXTS, position=note) == []
    assert not DeletedNote.objects.exists()
    with pytest.raises(NotFound):
        delete_note(writer, contact_id=contact, note_id=note)
    assert texts_of(writer, contact) == []


def test_the_console_asks_and_is_told(browser_client, administrator, contact):
    def notes():
        answer = browser_client.get(f"/api/contacts/{contact}/timeline", {"kind": NoteWritten.kind})
        return answer.json()["items"]

    url = f"/api/contacts/{contact}/notes"
    assert browser_client.post(url, {"text": SECRET}, content_type="application/json").status_code == 204
    [note] = notes()
    assert note["member"]["id"] == administrator.id
    assert browser_client.delete(f"{url}/{note['id']}").status_code == 204
    assert notes() == []
    assert browser_client.delete(f"{url}/{note['id']}").status_code == 404


def _member(name, rights):
    member = Member.objects.create(name=name)
    role = Role.objects.create(name=name, rights=rights)
    RoleGrant.objects.create(member=member, role=role)
    return member
