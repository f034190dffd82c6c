from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cove.kernel.documents import DEEPEST, NotJson, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=10), inside, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_json_is_read_as_it_was_written(value):
    assert read_json(json.dumps(value)) == value
    assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=60))
def test_what_is_no_json_is_a_verdict(text):
    try:
        found = read_json(text)
    except NotJson:
        return
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "1e999", "[" * 10_000, "9" * 5_000, '{"a":}', b"\xff\xff"])
def test_what_no_store_takes_is_refused(text):
    with pytest.raises(NotJson):
        read_json(text)


def test_halves_of_letters_are_replaced_and_depth_has_an_end():
    assert read_json('{"a\\ud800":["\\udc00b", "\\ud83d\\ude00"]}') == {"a\ufffd": ["\ufffdb", "😀"]}
    assert read_json("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(NotJson):
        read_json("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
