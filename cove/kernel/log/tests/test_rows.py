"""Rows of the next stretch: which facts they are, where they end, and how much of memory they take."""

import pytest
from django.db import connection
from psycopg.errors import DivisionByZero

from cove.facts.people import NoteWritten
from cove.kernel.log import rows
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.read import Mark, read_between
from cove.kernel.log.rows import copy_next, copy_stretch
from cove.kernel.log.stretch import next_stretch

COLUMNS = ["tenant_id", "kind", "payload->>'text'"]
PLENTY = 10**9


@pytest.fixture
def start(actor):
    """The place in the log before what the test writes."""
    append_facts(notes("before"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid::text::bigint, position FROM log_fact ORDER BY position DESC LIMIT 1")
        return Mark(*cursor.fetchone())


def notes(*texts):
    return [pending(NoteWritten(contact_id=1, text=text), at=None, chain=()) for text in texts]


def pieces(after, **limits):
    found = []
    while piece := copy_next(after, COLUMNS, **{"limit": 100, "most_bytes": PLENTY, **limits}):
        found.append(piece)
        after = piece.stretch.to
    return found


def texts(piece):
    return [line.split(b"\t")[3].decode() for line in piece.text.splitlines()]


def test_the_rows_are_those_of_the_stretch_that_they_name(actor, start):
    append_facts(notes(*"abcde"))
    append_facts(notes("f", "tab\t", "line\n", "\\", "行"))
    piece = copy_next(start, COLUMNS, limit=100, most_bytes=PLENTY)

    facts = read_between(start, piece.stretch.to)

    assert piece.stretch == next_stretch(start, limit=100, most_bytes=PLENTY)
    assert copy_stretch(piece.stretch, COLUMNS) == piece
    assert piece.facts == len(facts) == 10
    assert not piece.cut
    assert texts(piece) == [*"abcdef", "tab\\t", "line\\n", "\\\\", "行"]
    assert [int(line.split(b"\t")[0]) for line in piece.text.splitlines()] == [fact.position for fact in facts]


def test_nothing_new_is_no_stretch(start):
    assert copy_next(start, COLUMNS, limit=100, most_bytes=PLENTY) is None


@pytest.mark.parametrize("first_look", [1, 4, 1_000])
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_however_it_is_cut_each_fact_comes_once_in_order(start, monkeypatch, first_look, limit):
    monkeypatch.setattr(rows, "FIRST_LOOK", first_look)
    append_facts(notes(*map(str, range(13))))
    append_facts(notes(*map(str, range(13, 20))))

    found = pieces(start, limit=limit)

    assert [text for piece in found for text in texts(piece)] == [str(number) for number in range(20)]
    assert all(piece.facts <= limit for piece in found)
    assert [piece.cut for piece in found[:-1]] == [True] * (len(found) - 1)


@pytest.mark.parametrize("first_look", [2, 1_000])
def test_long_facts_are_cut_by_their_bytes_and_one_that_is_longer_goes_alone(start, monkeypatch, first_look):
    monkeypatch.setattr(rows, "FIRST_LOOK", first_look)
    told = ["short"] * 6 + ["x" * 900] * 6 + ["y" * 5_000, "last"]
    append_facts(notes(*told))

    found = pieces(start, most_bytes=2_000)

    assert [text for piece in found for text in texts(piece)] == told
    # What is begun is finished, so a piece is longer by one fact at most.
    assert all(len(piece.text) - len(piece.text.splitlines()[-1]) <= 2_000 for piece in found)
    assert 4 <= len(found) < len(told)


def test_an_error_of_postgresql_is_told_and_the_connection_goes_on(start):
    append_facts(notes("a"))
    with pytest.raises(DivisionByZero):
        copy_next(start, ["1 / (position - position)"], limit=100, most_bytes=PLENTY)
    assert copy_next(start, COLUMNS, limit=100, most_bytes=PLENTY).facts == 1
