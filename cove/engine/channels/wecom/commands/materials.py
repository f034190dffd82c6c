"""Files for messages: checked, pictures painted anew, kept as long as a message may want them. Sizes: document 90253."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from cove.engine.channels.wecom.permissions import MATERIAL, SEND_MASS, TAKE_OVER
from cove.engine.channels.wecom.queries.materials import Use
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.files.commands import keep_until
from cove.kernel.files.models import StoredFile
from cove.kernel.files.store import store_file
from cove.kernel.uploads import DOCUMENTS, MP4, PICTURES, Allowed, Checked, Uploaded, check_upload, picture_of
from cove.kernel.uploads.check import MEGABYTE, shown_size
from cove.kernel.uploads.errors import UploadTooLarge

KEPT = timedelta(days=180)
ALLOWED: Mapping[str, Allowed] = {
    "image": Allowed(PICTURES, 10 * MEGABYTE),
    "video": Allowed((MP4,), 10 * MEGABYTE),
    "file": Allowed(DOCUMENTS, 20 * MEGABYTE),
}


@command(SEND_MASS)
def keep_material(actor: Actor, *, upload: Uploaded, use: Use) -> StoredFile:
    """Keep an uploaded file for messages for half a year; pictures become PNG or JPEG, with pixels only.

    Whoever may send mass messages may have it. Raises an UploadRefused with the remedy.
    """
    file = _checked(upload, use)
    return store_file(
        actor,
        name=file.name,
        media_type=file.kind.media_type,
        write=[file.content],
        purpose=MATERIAL,
        keep_for=KEPT,
    )


@command(TAKE_OVER)
def hold_files(actor: Actor, *, file_ids: Collection[int]) -> None:
    """Keep files as long as something says that it needs them, however old they grow."""
    keep_until(actor, file_ids=file_ids, expires_at=None)


@command(TAKE_OVER)
def let_files_go(actor: Actor, *, file_ids: Collection[int]) -> None:
    """Give files that nothing needs any more the time that any other has."""
    keep_until(actor, file_ids=file_ids, expires_at=clock.now() + KEPT)


def _checked(upload: Uploaded, use: Use) -> Checked:
    checked = check_upload(upload, ALLOWED[use])
    if use != "image":
        return checked
    picture = picture_of(checked)
    if len(picture.content) > ALLOWED[use].max_bytes:
        raise UploadTooLarge(name=checked.name, limit=shown_size(ALLOWED[use].max_bytes))
    return Checked(_named(checked.name, picture.kind.key), picture.kind, picture.content)


def _named(name: str, ending: str) -> str:
    """Give a painted picture the ending of what it became: WeCom asks names for it."""
    return f"{name.rpartition('.')[0] or name}.{'jpg' if ending == 'jpeg' else ending}"
