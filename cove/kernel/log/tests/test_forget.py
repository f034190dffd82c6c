"""A person taken out of facts: the facts stay, can still be read, and say nothing of him."""

from __future__ import annotations

import json
from typing import Literal, get_args, get_origin

import pytest
from django.db import connection

from cove.facts.people import ContactTagged, NoteWritten
from cove.facts.tracking import EventTracked, PageViewed
from cove.kernel import clock
from cove.kernel.log.fact import catalogue
from cove.kernel.log.forget import blank, drop_facts, empty_text, forget_facts
from cove.kernel.log.publish import append_facts, pending

LI = ("李明", "13912345678", "li@example.test")


def sample(annotation):
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if type(None) in get_args(annotation):
        return None
    if get_origin(annotation) is list:
        return [sample(get_args(annotation)[0])]
    return {int: 7, str: "李明", bool: True}.get(annotation, {"a": "李明"})


@pytest.mark.parametrize("kind", list(catalogue), ids=lambda kind: kind.kind)
def test_a_blanked_fact_is_still_a_fact_and_twice_is_once(kind):
    told = {name: sample(field.annotation) for name, field in kind.model_fields.items() if field.is_required()}
    payload = kind.model_validate(told).model_dump(mode="json")
    once = blank(kind.kind, payload, texts=LI, visitor=5)
    assert kind.model_validate(once)
    assert blank(kind.kind, once, texts=LI, visitor=5) == once
    assert "李明" not in str({name: value for name, value in once.items() if name != "source"})


def test_what_is_counted_by_stays_and_what_tells_goes():
    event = EventTracked(
        visitor_id=9,
        message_id="m-1",
        event="下单",
        url="https://example.test/order?phone=13912345678",
        user_agent="Mozilla",
        address="10.0.0.1",
        properties={"plan": "pro", "amount": 99.5, "paid": True, "phone": 13912345678, "to": "李明", "no": "A1234567"},
    ).model_dump(mode="json")
    left = blank(EventTracked.kind, event, texts=LI, visitor=5)
    assert left["properties"] == {"plan": "pro", "amount": 99.5, "paid": True, "phone": 0, "to": "", "no": ""}
    assert (left["event"], left["url"], left["visitor_id"]) == ("下单", "https://example.test/order", 5)
    assert (left["message_id"], left["user_agent"], left["address"]) == ("", "", "")
    tagged = ContactTagged(contact_id=3, source="console", tag_ids=[4], tag_names=["重点"]).model_dump(mode="json")
    assert blank(ContactTagged.kind, tagged)["tag_ids"] == [4]
    note = NoteWritten(contact_id=3, member_id=2, text="很满意").model_dump(mode="json")
    assert blank(NoteWritten.kind, note) == {"contact_id": 0, "member_id": 2, "source": "console", "text": ""}


def _facts(actor):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, contact_id, visitor_id, payload FROM log_fact WHERE tenant_id = %s ORDER BY position",
            [actor.tenant_id],
        )
        return cursor.fetchall()


def _write(fact):
    append_facts([pending(fact, at=clock.now(), chain=())])


def test_the_log_forgets_in_its_own_tenant_only(actor):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.scope import tenant_scope

    _write(NoteWritten(contact_id=3, text="秘密"))
    [(position, *_)] = _facts(actor)
    with tenant_scope(create_tenant(name="邻居").id):
        assert forget_facts([(position, 8, {})]) == 0
        assert drop_facts([position]) == 0
    assert forget_facts([(position, 8, {"contact_id": 0, "text": ""})]) == 1
    [(_, contact, visitor, payload)] = _facts(actor)
    assert (contact, visitor) == (None, 8)
    assert "秘密" not in str(payload)


def test_a_text_is_emptied_once_and_in_its_own_tenant_only(actor):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.scope import tenant_scope

    _write(NoteWritten(contact_id=3, member_id=2, text="秘密"))
    [(position, *_)] = _facts(actor)
    with tenant_scope(create_tenant(name="邻居").id):
        assert not empty_text(position, "text")
    assert not empty_text(position, "contact_id")
    assert not empty_text(position, "nothing")
    assert empty_text(position, "text")
    assert not empty_text(position, "text")
    [(_, contact, _, payload)] = _facts(actor)
    left = {"contact_id": 3, "member_id": 2, "source": "console", "text": ""}
    assert (contact, json.loads(payload)) == (3, left)


def test_only_what_every_consumer_has_passed_is_dropped(actor, drain):
    _write(PageViewed(visitor_id=1, message_id="old", url="https://example.test/", title="页"))
    drain()
    [(passed, *_)] = _facts(actor)
    _write(PageViewed(visitor_id=1, message_id="new", url="https://example.test/", title="页"))
    waiting = _facts(actor)[-1][0]
    assert drop_facts([passed, waiting]) == 1
    assert [row[0] for row in _facts(actor)] == [waiting]


def test_a_consumer_that_is_no_more_holds_nothing_up(actor, drain):
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO log_cursor (consumer) VALUES ('tests.of_an_older_version') ON CONFLICT DO NOTHING")
    _write(PageViewed(visitor_id=1, message_id="old", url="https://example.test/", title="页"))
    drain()
    assert drop_facts([row[0] for row in _facts(actor)]) == 1


def test_the_application_itself_may_neither_change_nor_delete_a_fact(actor):
    from django.db import ProgrammingError

    _write(NoteWritten(contact_id=3, text="秘密"))
    for sql in ("UPDATE log_fact SET payload = '{}'", "DELETE FROM log_fact"):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(sql)
