"""Marks name the messages of one call, and whatever comes back as one is read without harm."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cove.engine.channels.sms.contracts.marks import LONGEST, MOST, mark_of, named_in, whose


@given(st.sets(st.integers(1, 2**40), min_size=1, max_size=150))
def test_a_mark_names_its_messages_as_far_as_there_is_room(ids):
    mark = mark_of(ids)
    assert len(mark) <= LONGEST
    found = named_in(mark)
    assert found == sorted(ids)[: len(found)]
    assert found


def test_sixty_four_messages_that_were_ordered_together_fit():
    ids = range(10**9, 10**9 + 64 * 9, 9)
    assert named_in(mark_of(ids)) == list(ids)


@given(st.text(max_size=400))
def test_what_is_no_mark_names_nothing_or_numbers(text):
    found = named_in(text)
    assert len(found) <= MOST
    assert all(0 <= one < 2**63 for one in found)


def test_a_phone_is_one_however_its_country_is_written():
    assert whose("+8613900001111") == whose("13900001111") == whose("0086 139 0000 1111")
    assert whose("13900001112") != whose("13900001111")
    assert whose("") == ""
