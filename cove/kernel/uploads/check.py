"""Taking a file in: its size, its name, its kind by content; containers are looked into before anybody opens them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cove.kernel.uploads.archive import check_archive
from cove.kernel.uploads.errors import Locked, UploadEmpty, UploadTooLarge, WrongKind
from cove.kernel.uploads.kinds import ZIPPED, Kind, is_locked, kind_of
from cove.kernel.words import Words

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
# Braces would be taken for places to fill in when a message is worded.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*{}]')


class Uploaded(Protocol):
    """A file as a form brings it (Django's UploadedFile, or an open file with a name)."""

    name: str | None

    def read(self, num_bytes: int, /) -> bytes:
        """Return up to `num_bytes` bytes."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a place takes: kinds of content, and how much of it."""

    kinds: Sequence[Kind]
    max_bytes: int = 20 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is what it should be: a clean name (for showing, never for a path), its kind and its content."""

    name: str
    kind: Kind
    content: bytes


def check_upload(upload: Uploaded, allowed: Allowed) -> Checked:
    """Return the file's content if the place may take it; reads at most `allowed.max_bytes`.

    Raises an UploadRefused with the remedy: empty, too large, another kind, locked, damaged, unsafe.
    """
    name = clean_name(upload.name or "")
    content = upload.read(allowed.max_bytes + 1)
    if not content:
        raise UploadEmpty(name=name)
    if len(content) > allowed.max_bytes:
        raise UploadTooLarge(name=name, limit=shown_size(allowed.max_bytes))
    kind = kind_of(content)
    if kind not in allowed.kinds:
        if is_locked(content):
            raise Locked(name=name)
        raise WrongKind(name=name, wanted=_listed(allowed.kinds))
    if kind in ZIPPED:
        check_archive(name, content)
    assert kind is not None
    return Checked(name, kind, content)


def clean_name(name: str) -> str:
    """Return a file's name without folders, control characters and writing-direction tricks, shortened before its ending."""
    last = re.split(r"[\\/]", name)[-1]
    clean = _NOT_IN_NAMES.sub("", last).strip(". ") or "file"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) > LONGEST_NAME and dot and len(ending) <= 10:  # noqa: PLR2004 -- longer is no ending
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return clean[:LONGEST_NAME]


def shown_size(count: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{count // MEGABYTE} MB" if count >= MEGABYTE else f"{max(1, count // 1024)} KB"


def _listed(kinds: Sequence[Kind]) -> Words:
    return Words("、".join(kind.label.zh for kind in kinds), " or ".join(kind.label.en for kind in kinds))
