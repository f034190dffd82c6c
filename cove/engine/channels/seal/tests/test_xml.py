"""XML from platforms: what is read quickly means what a whole parser says, and nothing breaks either of them."""

from __future__ import annotations

import tracemalloc
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cove.engine.channels.seal.xml import DEEPEST, BadXml, flat, parse, whole

# The letters that XML allows, without the carriage return, which every parser turns into a new line.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
    lambda one: one in "\t\n" or one >= " "
)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,12}", fullmatch=True)
TEXTS = st.text(LETTERS, max_size=40)
PIECES = st.sampled_from(
    [
        *(
            "<xml>",
            "</xml>",
            "<A>",
            "</A>",
            "<B>",
            "</B>",
            "<A/>",
            "<![CDATA[",
            "]]>",
            "]]",
            "]",
            ">",
            "<",
            "&amp;",
            "&a;",
            "&#0;",
        ),
        *("<!DOCTYPE xml>", "<!--", "-->", "<?x?>", "\r\n", "\n", " ", "\0", "\ufffe", "A", "云岫", "\ufeff", ' a="1"'),
    ]
)


def read(text):
    try:
        return whole(text)
    except BadXml:
        return None


@given(st.dictionaries(NAMES, TEXTS, min_size=1, max_size=6), st.sampled_from(["", "\n", " \t\n"]), st.booleans())
def test_what_is_written_is_read(fields, between, marked):
    said = "".join(
        f"<{name}>{f'<![CDATA[{text}]]>' if marked and ']]>' not in text else escape(text)}</{name}>{between}"
        for name, text in fields.items()
    )
    text = f"<xml>{between}{said}</xml>".encode()
    assert parse(text) == whole(text) == fields
    assert {child.tag: child.text or "" for child in ET.fromstring(text)} == fields


@given(st.lists(PIECES | TEXTS, max_size=12).map("".join))
@example("<xml><A>1</A><A>2</A></xml>")
@example("<xml><A></A><A></A></xml>")
@example("<xml><A>1</B></xml>")
@example("<xml><A><![CDATA[1]]]]></A></xml>")
@example("<xml><A>]]></A></xml>")
@example("<xml><A>1</A></xml><xml><A>2</A></xml>")
def test_the_quick_way_says_what_the_whole_parser_says_or_nothing(inside):
    for text in (
        inside,
        f"<xml>{inside}</xml>",
        f"<xml><A>{inside}</A></xml>",
        f"<xml><A><![CDATA[{inside}]]></A></xml>",
    ):
        found = flat(text.encode("utf-8", "surrogatepass"))
        assert found is None or found == read(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_bytes_that_are_no_text_are_a_verdict(before, inside):
    for text in (before, before + b"<xml><A>1</A></xml>", b"<xml><A>" + inside + b"</A></xml>"):
        found = flat(text)
        assert found is None or found == read(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE xml SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE xml [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]>',
        "<!DOCTYPE xml>",
    ],
    ids=["bomb", "outside", "parameter", "empty"],
)
def test_no_encoding_hides_a_document_type(encoding, declared):
    name = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    for head in ("", f'<?xml version="1.0" encoding="{name}"?>'):
        with pytest.raises(BadXml):
            parse(f"{head}{declared}<xml><A>1</A></xml>".encode(encoding))


def test_other_encodings_and_a_mark_at_the_beginning_are_understood():
    assert parse("\ufeff<xml><A>云岫</A></xml>".encode()) == {"A": "云岫"}
    assert parse('<?xml version="1.0" encoding="utf-16"?><xml><A>云岫</A></xml>'.encode("utf-16")) == {"A": "云岫"}


def test_depth_has_an_end():
    around, inside = b"<a>" * (DEEPEST - 1), b"</a>" * (DEEPEST - 1)
    assert parse(b"<xml>" + around + b"1" + inside + b"</xml>")
    with pytest.raises(BadXml):
        parse(b"<xml><b>" + around + b"1" + inside + b"</b></xml>")


def test_a_huge_body_takes_no_more_room_than_some_times_its_size():
    for text in (b"<xml>" + b"<A>1</A>" * 30_000 + b"</xml>", b"<xml><A>" + b"x" * 240_000, b"<" * 240_000):
        tracemalloc.start()
        read(text)
        assert tracemalloc.get_traced_memory()[1] < 60 * len(text)
        tracemalloc.stop()
