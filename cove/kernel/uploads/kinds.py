"""Kinds of files, told apart by content. What a browser or a name says about a file is never asked."""

from __future__ import annotations

from dataclasses import dataclass

import puremagic

from cove.kernel.words import Words

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: `key`, its media type, and its name in words."""

    key: str
    media_type: str
    label: Words


CSV = Kind("csv", "text/csv", Words("CSV", "CSV"))
XLSX = Kind(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Words("XLSX 表格", "an XLSX sheet")
)
PNG = Kind("png", "image/png", Words("PNG 图片", "a PNG picture"))
JPEG = Kind("jpeg", "image/jpeg", Words("JPEG 图片", "a JPEG picture"))
GIF = Kind("gif", "image/gif", Words("GIF 图片", "a GIF picture"))
WEBP = Kind("webp", "image/webp", Words("WebP 图片", "a WebP picture"))
PDF = Kind("pdf", "application/pdf", Words("PDF", "a PDF"))
MP4 = Kind("mp4", "video/mp4", Words("MP4 视频", "an MP4 video"))
DOCX = Kind(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Words("DOCX 文档", "a DOCX document"),
)
PPTX = Kind(
    "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Words("PPTX 演示文稿", "a PPTX presentation"),
)

TABLES = (XLSX, CSV)
PICTURES = (PNG, JPEG, GIF, WEBP)
DOCUMENTS = (PDF, DOCX, XLSX, PPTX, CSV)
ZIPPED = {XLSX: b"xl/workbook", DOCX: b"word/document", PPTX: b"ppt/presentation"}
"""Kinds that are zips, by the part each has."""

_BY_MEDIA_TYPE = {kind.media_type: kind for kind in (PNG, JPEG, GIF, WEBP, PDF)}


def kind_of(content: bytes) -> Kind | None:
    """Return what `content` is, or None for what is none of our kinds. Text that is nothing else counts as CSV."""
    if content.startswith(_ZIP):
        return next((kind for kind, part in ZIPPED.items() if part in content), None)
    if content[4:8] == b"ftyp" and content[8:12] in _MP4_BRANDS:
        return MP4
    try:
        guesses = puremagic.magic_string(content[:_HEAD])
    except (puremagic.PureError, ValueError):
        guesses = []
    for guess in guesses:
        # A picture or a document begins with its mark; further in, it is only something that another file contains.
        if guess.mime_type in _BY_MEDIA_TYPE and (guess.offset == 0 or guess.mime_type == WEBP.media_type):
            return _BY_MEDIA_TYPE[guess.mime_type]
    return CSV if _reads_as_text(content[:_HEAD]) else None


def is_locked(content: bytes) -> bool:
    """Tell whether this is an Office file from before 2007, or one behind a password: both come in the same container."""
    return content.startswith(_OLE)


def _reads_as_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 32 and byte not in (9, 10, 13) for byte in head)  # noqa: PLR2004 -- ASCII
    return control == 0 and not head.lstrip().lower().startswith(
        (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script")
    )
