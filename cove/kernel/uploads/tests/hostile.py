"""Files made to harm: bombs, lies, disguises."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


class File(io.BytesIO):
    """An uploaded file."""

    def __init__(self, content: bytes, name: str = "成员.xlsx") -> None:
        super().__init__(content)
        self.name = name


def book(*rows: list[object]) -> bytes:
    """Return an XLSX of one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def with_member(content: bytes, name: str, inner: bytes, *, level: int = 9) -> bytes:
    """Return a zip in which one member is put in, or put in place of the one of that name."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member.filename))
        new.writestr(name, inner, compresslevel=level)
    return target.getvalue()


def sheet_of(rows: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'.encode()


def zeros(gigabytes: int) -> bytes:
    """Return a zip with one member of that many gigabytes of zeros, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # Packed with a full flush, a megabyte does not look back, so the same bytes can follow each other.
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = megabyte * (gigabytes << 10) + packer.flush()
    return _zip("xl/workbook.xml", packed, size=(gigabytes << 30) - 1, check=0)


def lying(content: bytes, claimed: int) -> bytes:
    """Return a zip whose headers say that its one member has `claimed` bytes, with the checksum of just these."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return _zip("xl/workbook.xml", packed, size=claimed, check=zlib.crc32(content[:claimed]))


def overlapping(members: int) -> bytes:
    """Return a zip in which every member is the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(1 << 20)) + packer.flush()
    return _zip("xl/workbook.xml", packed, size=1 << 20, check=zlib.crc32(bytes(1 << 20)), copies=members)


def _zip(name: str, packed: bytes, *, size: int, check: int, copies: int = 1) -> bytes:
    raw = name.encode()
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, check & 0xFFFFFFFF, len(packed), size & 0xFFFFFFFF)
    local = b"PK\x03\x04" + facts + struct.pack("<HH", len(raw), 0) + raw + packed
    directory = b""
    for number in range(copies):
        inner = raw if copies == 1 else f"{name}{number}".encode()
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts
        directory += struct.pack("<HHHHHII", len(inner), 0, 0, 0, 0, 0, 0) + inner
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(directory), len(local), 0)
    return local + directory + end
