"""What messages carry beside their text, with the files behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from cove.engine.channels.wecom.contracts.contents import Attachment, Content, Document, Video
from cove.engine.channels.wecom.permissions import MATERIAL
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput
from cove.kernel.files.models import StoredFile
from cove.kernel.files.store import files_by_id
from cove.kernel.words import Words

Use = Literal["image", "video", "file"]
_GONE = Words(
    "有文件已不存在或已过期，请移除后重新上传", "A file is gone or over its time; take it out and upload it again"
)
_OTHER_KIND = Words(
    "有附件与文件类型不符，请移除后按图片、视频或文件重新上传",
    "An attachment and its file are of different kinds; take it out and upload it again as picture, video or file",
)
_NO_FILE = Words(
    "链接封面请填写图片网址，不能使用上传的文件",
    "The picture of a link is an address; an uploaded file cannot be used",
)


def files_of_contents(actor: Actor, contents: Iterable[Mapping[str, Any]]) -> dict[int, StoredFile]:
    """Return the files that these messages (as they are stored) name and that still are there; one question for all."""
    parts = [part for content in contents for part in content.get("attachments") or []]
    return files_by_id(actor, [part["file_id"] for part in parts if part.get("file_id")], MATERIAL)


def check_files(actor: Actor, content: Content, *, field: str = "attachments") -> None:
    """Refuse a message that names a file which is gone, somebody else's, or of another kind: InvalidInput naming `field`."""
    found = files_by_id(actor, content.file_ids(), MATERIAL)
    for part in content.attachments:
        if part.file_id is None:
            continue
        file = found.get(part.file_id)
        if file is None:
            raise InvalidInput(fields={field: _GONE})
        if _use(file.media_type) != _wanted(part):
            raise InvalidInput(fields={field: _OTHER_KIND})


def check_welcome(actor: Actor, text: str, new: Sequence[Attachment]) -> None:
    """Refuse what cannot be sent with a welcome: InvalidInput naming `welcome_attachments`. Only what is `new` in it is looked at.

    What a colleague put there stays, also where its files are not the actor's to take.
    """
    content = Content(text=text, attachments=tuple(new))
    check_files(actor, content, field="welcome_attachments")
    if any(part.kind == "link" and part.file_id is not None for part in content.attachments):
        raise InvalidInput(fields={"welcome_attachments": _NO_FILE})


def _wanted(part: object) -> Use:
    if isinstance(part, Document):
        return "file"
    return "video" if isinstance(part, Video) else "image"


def _use(media_type: str) -> Use:
    if media_type.startswith("image/"):
        return "image"
    return "video" if media_type.startswith("video/") else "file"
