"""Looking into a zip before anybody opens it: really unpacked once, in small pieces, so that nothing depends on what its headers say."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from cove.kernel.uploads.errors import Damaged, Locked, Unsafe
from cove.kernel.words import Words

_PIECE = 256 * 1024
_FED = 16 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_RATIO_FREE = 1024 * 1024  # small members may be packed as tightly as they like

_MANY = Words("包含过多内部文件", "holds too many files inside")
_PATHS = Words("包含指向外部路径的内部文件名", "holds file names that lead outside")
_TWICE = Words("包含重复或重叠的内部文件", "holds files that repeat or overlap")
_BOMB = Words("解压后过大（疑似压缩炸弹）", "unpacks to far too much (a zip bomb)")
_NESTED = Words("内部还有压缩包、宏或嵌入对象", "holds archives, macros or embedded objects")
_ENTITIES = Words("包含 XML 实体声明", "declares XML entities")
_OUTSIDE = Words("引用了外部文件", "refers to outside files")
_METHOD = Words("使用了少见的压缩方式", "is packed in an unusual way")

_NESTED_NAMES = ("vbaproject.bin", "/embeddings/", "/activex/", "/ctrlprops/", "/macrosheets/", "oleobject")
_PACKED = (b"PK\x03\x04", b"\x1f\x8b\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much a zip may hold: members, bytes when unpacked, times its packed size, and XML tags (what a parser pays for)."""

    members: int = 2_000
    unpacked: int = 200 * 1024 * 1024
    ratio: int = 150
    tags: int = 20_000_000


def check_archive(name: str, content: bytes, limits: ArchiveLimits | None = None) -> None:
    """Return if the zip `content` of the file `name` is safe to be opened. Raises Damaged, Locked or Unsafe."""
    bounds = limits or ArchiveLimits()
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError) as error:
        raise Damaged(name=name) from error
    if len(members) > bounds.members:
        raise Unsafe(name=name, why=_MANY)
    _check_names(name, members)
    places = _places(name, content, members)
    unpacked = tags = 0
    for member in members:
        size, count = _measured(
            name, member, content[slice(*places[member.filename])], bounds, bounds.unpacked - unpacked
        )
        unpacked, tags = unpacked + size, tags + count
        if tags > bounds.tags:
            raise Unsafe(name=name, why=_BOMB)


def _check_names(name: str, members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        inner = member.orig_filename.replace("\\", "/").lower()
        if inner.startswith("/") or ":" in inner or "\x00" in inner or ".." in inner.split("/"):
            raise Unsafe(name=name, why=_PATHS)
        if inner in seen:
            raise Unsafe(name=name, why=_TWICE)
        seen.add(inner)
        if any(part in f"/{inner}" for part in _NESTED_NAMES):
            raise Unsafe(name=name, why=_NESTED)
        if "/externallinks/" in f"/{inner}":
            raise Unsafe(name=name, why=_OUTSIDE)
        if member.flag_bits & _ENCRYPTED:
            raise Locked(name=name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unsafe(name=name, why=_METHOD)


def _places(name: str, content: bytes, members: list[zipfile.ZipInfo]) -> dict[str, tuple[int, int]]:
    """Return where each member's packed bytes lie; members that share bytes are how small files unpack to huge ones."""
    places: dict[str, tuple[int, int]] = {}
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        start = member.header_offset
        header = content[start : start + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise Damaged(name=name)
        if start < end:
            raise Unsafe(name=name, why=_TWICE)
        begin = start + _LOCAL_HEADER + sum(struct.unpack("<HH", header[26:30]))
        end = begin + member.compress_size
        if end > len(content):
            raise Damaged(name=name)
        places[member.filename] = (begin, end)
    return places


def _measured(name: str, member: zipfile.ZipInfo, packed: bytes, bounds: ArchiveLimits, left: int) -> tuple[int, int]:
    size = tags = 0
    tail = b""
    most = max(_RATIO_FREE, len(packed) * bounds.ratio)
    for piece in _pieces(name, member, packed):
        if not size and piece.startswith(_PACKED):
            raise Unsafe(name=name, why=_NESTED)
        size += len(piece)
        if size > left or size > most:
            raise Unsafe(name=name, why=_BOMB)
        tags += piece.count(b"<")
        # UTF-16 puts a zero beside each letter.
        window = (tail + piece).replace(b"\x00", b"").upper()
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise Unsafe(name=name, why=_ENTITIES)
        if member.filename.lower().endswith(".rels"):
            _check_relations(name, window)
        tail = piece[-1024:]
    if size != member.file_size:
        # Whoever opens it later believes the header.
        raise Damaged(name=name)
    return size, tags


def _check_relations(name: str, window: bytes) -> None:
    # Links in cells (to a site, to a mailbox) are plain texts that nobody follows; everything else outside is refused.
    for relation in window.split(b"<RELATIONSHIP ")[1:]:
        text = relation.partition(b">")[0]
        if b'TARGETMODE="EXTERNAL"' in text.replace(b"'", b'"') and b"/HYPERLINK" not in text:
            raise Unsafe(name=name, why=_OUTSIDE)


def _pieces(name: str, member: zipfile.ZipInfo, packed: bytes) -> Iterator[bytes]:
    if member.compress_type == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _PIECE):
            yield packed[start : start + _PIECE]
        return
    opener = zlib.decompressobj(-15)
    try:
        for start in range(0, len(packed), _FED):
            waiting = packed[start : start + _FED]
            while waiting and not opener.eof:
                yield opener.decompress(waiting, _PIECE)
                waiting = opener.unconsumed_tail
        while not opener.eof and (piece := opener.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise Damaged(name=name) from error
    if not opener.eof:
        raise Damaged(name=name)
