"""What a message to customers consists of, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cove.engine.channels.wecom.contracts.shown import ShownAttachment, WecomFile
from cove.kernel.files.models import StoredFile


def shown_attachments(content: Mapping[str, Any], files: Mapping[int, StoredFile]) -> list[ShownAttachment]:
    """Return what a stored message carries beside its text, with those of its files that still are there."""
    return [_shown(part, files.get(part.get("file_id") or 0)) for part in content.get("attachments") or []]


def _shown(part: Mapping[str, Any], file: StoredFile | None) -> ShownAttachment:
    found = WecomFile(id=file.id, name=file.name, media_type=file.media_type, size=file.size) if file else None
    said = {name: value for name, value in part.items() if name != "file_id" and value is not None}
    return ShownAttachment.model_validate({**said, "file": found})
