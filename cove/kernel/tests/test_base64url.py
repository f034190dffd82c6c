from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cove.kernel.base64url import decode, encode


@given(st.binary())
def test_what_was_written_is_read(raw):
    assert decode(encode(raw)) == raw


@given(st.binary(min_size=1), st.data())
def test_no_other_text_is_read_as_the_same(raw, data):
    text = encode(raw)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("ABCXYZabcxyz0189-_=+/ 字"))
    other = text[:at] + letter + text[at + 1 :]
    assert other == text or decode(other) != raw


def test_what_is_no_base64_is_nothing():
    assert [decode(text) for text in ("A", "=", "QQ==", "a b", "字", "Q" * 5)] == [None] * 6
