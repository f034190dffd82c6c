"""Keeping a file: written beside the storage, made durable, moved in whole, then written down. A crash midway leaves nothing to be seen."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.db.models import Q

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.files.commands import forget_file, keep_file
from cove.kernel.files.models import StoredFile
from cove.kernel.files.purpose import FilePurpose
from cove.kernel.files.storage import Written, incoming_folder, storage
from cove.kernel.scope import tenant_scope

_CHUNK = 1024 * 1024
_LONGEST_NAME = 150
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def store_file(
    actor: Actor,
    *,
    name: str,
    media_type: str,
    write: Callable[[IO[bytes]], None] | Iterable[bytes],
    purpose: FilePurpose,
    keep_for: timedelta | None,
) -> StoredFile:
    """Keep a file that the actor made, for `keep_for` (None: until somebody forgets it), and return its row.

    `write` fills an open file, or is the file's pieces. It runs outside of any transaction: call this from a job, not in a command,
    when the file may be large. What `write` raises passes through, and nothing is kept.
    """
    path = incoming_folder() / secrets.token_hex(16)
    try:
        size, digest = _fill(path, write)
        key = _move_in(actor.tenant_id, path)
    finally:
        path.unlink(missing_ok=True)
    try:
        return keep_file(
            # The file belongs to the actor; writing it down is Cove's own doing.
            Actor.system(actor.tenant_id, chain=actor.chain),
            key=key,
            name=_plain_name(name),
            media_type=media_type,
            size=size,
            sha256=digest,
            purpose=purpose.key,
            made_by=actor.member_id,
            expires_at=None if keep_for is None else clock.now() + keep_for,
        )
    except BaseException:
        storage().delete(key)
        raise


def files_by_id(actor: Actor, ids: Iterable[int], purpose: FilePurpose) -> dict[int, StoredFile]:
    """Return those of these files of a purpose that the actor may have now; one question however many."""
    wanted = set(ids)
    if not wanted:
        return {}
    with tenant_scope(actor.tenant_id):
        rows = StoredFile.visible_to(actor).filter(id__in=wanted, purpose=purpose.key)
        living = rows.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        return {row.id: row for row in living}


def open_file(actor: Actor, file_id: int) -> tuple[StoredFile, IO[bytes]] | None:
    """Return a file the actor may have, opened for reading; None if there is none, if it expired, or if it is somebody else's."""
    with tenant_scope(actor.tenant_id):
        row = StoredFile.visible_to(actor).filter(id=file_id).first()
    if row is None or (row.expires_at is not None and row.expires_at <= clock.now()):
        return None
    try:
        return row, storage().open(row.key, "rb")
    except FileNotFoundError:
        return None


def delete_file(actor: Actor, file_id: int) -> None:
    """Forget a file and delete its bytes: the system's doing, such as when a person is erased."""
    if key := forget_file(actor, file_id=file_id):
        storage().delete(key)


def _fill(path: Path, write: Callable[[IO[bytes]], None] | Iterable[bytes]) -> tuple[int, str]:
    with path.open("xb") as handle:
        if callable(write):
            write(handle)
        else:
            for piece in write:
                handle.write(piece)
        handle.flush()
        os.fsync(handle.fileno())
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        # Read again rather than counted while writing: a writer of archives goes back to what it wrote before.
        while piece := handle.read(_CHUNK):
            digest.update(piece)
    return path.stat().st_size, digest.hexdigest()


def _move_in(tenant_id: int, path: Path) -> str:
    # The name is ours alone: nothing that anybody typed becomes a path.
    key = f"{tenant_id}/{clock.now():%Y-%m-%d}/{secrets.token_hex(16)}"
    with path.open("rb") as handle:
        return storage().save(key, Written(handle, path))


def _plain_name(name: str) -> str:
    kept = _UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, ending = kept.rpartition(".")
    return kept if len(kept) <= _LONGEST_NAME else f"{(stem or ending)[: _LONGEST_NAME - 20]}{dot}{ending[:15]}"
