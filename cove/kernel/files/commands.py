"""Rows of files: written when the file lies safe, deleted before it goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.files.models import StoredFile
from cove.kernel.files.permissions import KEEP_FILES


@command(KEEP_FILES)
def keep_file(  # noqa: PLR0913 -- each is a column
    actor: Actor,
    *,
    key: str,
    name: str,
    media_type: str,
    size: int,
    sha256: str,
    purpose: str,
    made_by: int | None,
    expires_at: datetime | None,
) -> StoredFile:
    """Write down a file that lies in the storage under `key`."""
    return StoredFile.objects.create(
        key=key,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        purpose=purpose,
        made_by=made_by,
        made_at=clock.now(),
        expires_at=expires_at,
    )


@command(KEEP_FILES)
def forget_file(actor: Actor, *, file_id: int) -> str:
    """Delete a file's row; return the key under which its bytes lie, empty if it is gone already."""
    row = StoredFile.visible_to(actor).select_for_update().filter(id=file_id).first()
    if row is None:
        return ""
    row.delete()
    return row.key


@command(KEEP_FILES)
def keep_until(actor: Actor, *, file_ids: Collection[int], expires_at: datetime | None) -> None:
    """Keep files until then, or until somebody forgets them (None); those that are gone stay gone."""
    for row in StoredFile.visible_to(actor).select_for_update().filter(id__in=file_ids).order_by("id"):
        row.expires_at = expires_at
        row.save(update_fields=["expires_at"])
