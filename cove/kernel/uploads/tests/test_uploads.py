"""Files are what their content says, and what could harm is refused: quickly, and with little memory."""

from __future__ import annotations

import io
import tracemalloc
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cove.kernel.uploads import (
    CSV,
    PICTURES,
    PNG,
    TABLES,
    XLSX,
    Allowed,
    TableLimits,
    check_upload,
    errors,
    picture_of,
    table_of,
)
from cove.kernel.uploads.check import clean_name
from cove.kernel.uploads.tests.hostile import SHEET, File, book, lying, overlapping, sheet_of, with_member, zeros
from cove.kernel.words import speaking

ALLOWED = Allowed(TABLES)
MEGABYTES = 160


def taken(content: bytes, name: str = "成员.xlsx", allowed: Allowed = ALLOWED):
    return check_upload(File(content, name), allowed)


def rows_of(content: bytes, name: str = "成员.csv", limits: TableLimits | None = None):
    table = table_of(taken(content, name), limits)
    return [list(table.head), *[list(cells) for _, cells in table.rows]]


@contextmanager
def little_memory():
    """Refuse to pass if what is done inside ever holds more than some megabytes: whoever reads all of a bomb does."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEGABYTES << 20


def refused(content: bytes, error: type[errors.UploadRefused]) -> errors.UploadRefused:
    """Have it refused, within megabytes."""
    with little_memory(), pytest.raises(error) as caught:
        table_of(taken(content))
    return caught.value


def test_a_sheet_is_read_as_texts_and_its_formulas_are_never_computed():
    content = book(["姓名", "电话"], ["张三", 13800138000.0], ["=1+1", "@SUM(A1)"], [None, None], ["-2", "+3"])
    assert rows_of(content, "x.bin") == [
        ["姓名", "电话"],
        ["张三", "13800138000"],
        ["=1+1", "@SUM(A1)"],
        ["-2", "+3"],
    ]
    assert [number for number, _ in table_of(taken(content)).rows] == [2, 3, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_usual_encoding(encoding, separator):
    text = "姓名,部门\r\n张三,总部/销售部\r\n李四,市场部门\r\n".replace(",", separator)
    found = rows_of(text.encode(encoding))
    assert found == [["姓名", "部门"], ["张三", "总部/销售部"], ["李四", "市场部门"]]


def test_the_kind_is_the_contents_and_not_the_names():
    assert taken(book(["a"]), "picture.png").kind is XLSX
    assert taken(b"a,b\n", "x.xlsx").kind is CSV
    for content in (
        b"MZ\x90\x00" + bytes(90),
        b"<html><script>",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7",
        b'<svg onload="x">',
    ):
        with pytest.raises(errors.WrongKind):
            taken(content, "members.csv")


def test_refusals_name_file_and_remedy_in_both_languages():
    with pytest.raises(errors.WrongKind) as caught:
        taken(b"%PDF-1.7\n", "名单{0}.pdf")
    error = caught.value
    assert error.in_both()["zh"] == "文件「名单0.pdf」的内容不是 XLSX 表格、CSV，请另存为该格式后再上传"
    with speaking("en"):
        assert error.message() == (
            "The content of “名单0.pdf” is not an XLSX sheet or CSV; save it in that format and upload again"
        )
    assert error.fields["file"].zh == error.in_both()["zh"]
    with pytest.raises(errors.UploadEmpty):
        taken(b"")
    with pytest.raises(errors.UploadTooLarge, match="1 KB"):
        taken(b"a," * 600, allowed=Allowed(TABLES, max_bytes=1024))
    with pytest.raises(errors.Locked):
        taken(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old.xls")


def test_names_are_clean():
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\temp\\a\u202excod.exe") == "axcod.exe"
    assert clean_name("...") == clean_name("") == "file"
    assert clean_name("长" * 300 + ".xlsx").endswith("长.xlsx")
    assert len(clean_name("长" * 300 + ".xlsx")) == 120


def test_four_gigabytes_of_zeros_are_refused():
    assert "压缩炸弹" in refused(zeros(4), errors.Unsafe).message()


def test_headers_that_lie_are_not_believed():
    refused(lying(bytes(100_000), 10), errors.Damaged)
    refused(lying(bytes(50 << 20), 10), errors.Unsafe)


def test_members_that_share_their_bytes_are_refused():
    refused(overlapping(500), errors.Unsafe)


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, QUADRATIC, OUTSIDE], ids=["laughs", "quadratic", "outside"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "docProps/core.xml"])
def test_xml_entities_are_refused(declaration, encoding, member):
    body = sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;&a;</t></is></c></row>').decode()
    xml = body.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding}"?>{declaration}')
    refused(with_member(book(["a"]), member, xml.encode(encoding)), errors.Unsafe)


def test_a_line_that_claims_to_be_the_four_billionth_is_refused():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'
    refused(with_member(book(["a"]), SHEET, sheet_of(rows)), errors.Damaged)


def test_an_empty_line_far_below_costs_little():
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"/>'
    with little_memory():
        assert rows_of(with_member(book(["a"]), SHEET, sheet_of(rows)), "x") == [["7"]]


def test_a_sheet_of_endless_tags_is_refused():
    refused(with_member(book(["a"]), SHEET, sheet_of("<row/>" * 21_000_000)[: 120 << 20]), errors.Unsafe)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("../../../evil.xml", b"<a/>", errors.Unsafe),
        ("/etc/cron.d/evil", b"<a/>", errors.Unsafe),
        ("xl\\..\\..\\evil", b"<a/>", errors.Unsafe),
        ("xl/vbaProject.bin", b"macro", errors.Unsafe),
        ("xl/embeddings/oleObject1.bin", b"x", errors.Unsafe),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", errors.Unsafe),
        ("xl/media/image1.png", book(["inner"]), errors.Unsafe),
        ("xl/_rels/workbook.xml.rels", (b'<Relationships><Relationship Id="a" Type="x/oleObject" '
         b'Target="file://host/share" TargetMode="External"/></Relationships>'), errors.Unsafe),
        (SHEET, b"<worksheet", errors.Damaged),
        ("xl/workbook.xml", b"not xml", errors.Damaged),
    ],
)  # fmt: skip
def test_what_a_list_of_people_never_holds_is_refused(name, content, error):
    refused(with_member(book(["a"]), name, content), error)


def test_links_in_cells_are_texts():
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        b'Target="mailto:a@b.cn" TargetMode="External"/></Relationships>'
    )
    content = with_member(book(["a@b.cn"]), "xl/worksheets/_rels/sheet1.xml.rels", relation)
    assert rows_of(content) == [["a@b.cn"]]


def test_too_much_is_refused_by_number():
    many = b"a\n" + b"1\n" * 11
    with pytest.raises(errors.TooManyRows, match="10"):
        rows_of(many, limits=TableLimits(rows=10))
    assert len(rows_of(many, limits=TableLimits(rows=11))) == 12
    with pytest.raises(errors.TooManyColumns):
        rows_of(b"a,b,c,d", limits=TableLimits(columns=3))
    with pytest.raises(errors.TooManyColumns):
        rows_of(book(["a", "b", "c", "d"]), limits=TableLimits(columns=3))
    with pytest.raises(errors.CellTooLong):
        rows_of(b"a\n" + b"x" * 3_000)
    with pytest.raises(errors.CellTooLong):
        rows_of(b"a\n" + b"x" * 300_000)
    with pytest.raises(errors.Damaged):
        rows_of(b'a,b\n"never closed,1\n')
    with pytest.raises(errors.UploadEmpty):
        rows_of(b"\n\n \n")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(min_value=0, max_value=6_000), st.booleans())
def test_noise_is_read_or_refused_and_never_breaks(noise, place, whole):
    sheet = book(["a", "b"], ["c", "d"])
    content = noise if whole else sheet[:place] + noise + sheet[place + len(noise) :]
    try:
        table = table_of(taken(content))
    except errors.UploadRefused:
        return
    assert all("\x00" not in cell for cell in table.head)


def picture(size=(40, 30), kind="PNG", mode="RGB", **more) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(target, kind, **more)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_are_painted_anew_without_what_they_carried(kind):
    secret = b"<script>secret</script>"
    painted = picture_of(taken(picture(kind=kind) + secret, allowed=Allowed(PICTURES)), max_side=20)
    assert (painted.width, painted.height) == (20, 15)
    assert secret not in painted.content
    with Image.open(io.BytesIO(painted.content)) as again:
        assert again.size == (20, 15)


def test_the_place_where_a_picture_was_taken_is_not_kept_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at home"
    painted = picture_of(taken(picture((40, 20), "JPEG", exif=exif), allowed=Allowed(PICTURES)))
    assert (painted.width, painted.height) == (20, 40)
    assert b"taken at home" not in painted.content


def test_a_picture_that_is_clear_stays_clear():
    assert picture_of(taken(picture(mode="RGBA"), allowed=Allowed(PICTURES))).kind is PNG


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    tracemalloc.start()
    with pytest.raises(errors.TooManyPixels):
        picture_of(taken(picture((20_000, 20_000), mode="L"), allowed=Allowed(PICTURES)))
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()
    for damaged in (picture()[:60], b"GIF89a" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40)):
        with pytest.raises(errors.Damaged):
            picture_of(taken(damaged, allowed=Allowed(PICTURES)))
