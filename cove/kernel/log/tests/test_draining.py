"""`drain`: everybody catches up, whoever else writes meanwhile."""

from __future__ import annotations

import threading

import psycopg
import pytest
from django.conf import settings

from cove.facts.people import NoteWritten
from cove.kernel.log import consume
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.reactions import consumers, sinks
from cove.kernel.log.read import caught_up, facts_are_hidden


@pytest.fixture
def writer(databases):
    """Somebody else, in the midst of a transaction that writes."""
    with psycopg.connect(settings.DATABASE_DSN) as connected:
        connected.execute("SELECT pg_current_xact_id()")
        yield connected


def everybody():
    return {*consumers(), *(one.name for one in sinks)}


def note():
    append_facts([pending(NoteWritten(contact_id=1, text="x"), at=None, chain=())])


def test_what_another_transaction_hides_is_waited_for(actor, writer):
    note()
    assert facts_are_hidden()
    committing = threading.Timer(0.3, writer.commit)
    committing.start()
    assert consume.drain() >= 1
    assert caught_up() >= everybody()
    committing.join()


def test_who_goes_on_writing_is_not_waited_for_ever(actor, writer, monkeypatch):
    monkeypatch.setattr(consume, "PATIENCE_SECONDS", 0.2)
    consume.drain()
    note()
    consume.drain()
    assert facts_are_hidden()
    writer.rollback()
    monkeypatch.undo()
    assert consume.drain() >= 1
    assert consume.drain() == 0
