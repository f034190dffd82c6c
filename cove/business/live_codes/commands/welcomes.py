"""What a code's welcome says and carries: checked, and its files held as long as a code needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from pydantic import TypeAdapter

from cove.business.live_codes.errors import WelcomeTooLong
from cove.business.live_codes.models import LiveCode
from cove.engine.channels.wecom import facade as wecom
from cove.engine.channels.wecom.contracts.contents import TEXT_BYTES, Attachment
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

Kept = Sequence[Mapping[str, Any]]
"""Parts of a message as the row keeps them."""
_TEXT_NEEDED = Words("请填写欢迎语文字，附件随文字一起发送", "Write a text; attachments are sent along with it")
_PARTS: TypeAdapter[list[Attachment]] = TypeAdapter(list[Attachment])


def attachments_of(kept: Kept) -> list[Attachment]:
    """Return what a row keeps as parts of a message."""
    return _PARTS.validate_python(kept)


def kept_of(parts: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Return parts of a message as the row keeps them."""
    return [part.model_dump(mode="json") for part in parts]


def check_welcome(actor: Actor, text: str, parts: Sequence[Attachment], *, had: Kept) -> None:
    """Refuse what cannot be sent; what the code `had` already is not asked about again.

    Raises WelcomeTooLong, and InvalidInput naming `welcome_text` or `welcome_attachments`.
    """
    size = len(text.encode())
    if size > TEXT_BYTES:
        raise WelcomeTooLong(bytes=size, limit=TEXT_BYTES, fields={"welcome_text": WelcomeTooLong.words})
    if parts and not text:
        raise InvalidInput(fields={"welcome_text": _TEXT_NEEDED})
    before = attachments_of(had)
    if new := [part for part in parts if part not in before]:
        wecom.check_welcome(actor, text=text, new=new)


def hold_welcome(actor: Actor, code: LiveCode, *, had: Kept) -> None:
    """Hold the files that a code came to need, and let go of those that it `had` and no code needs now."""
    now, before = _files(code.welcome_attachments), _files(had)
    wecom.hold_files(actor, now - before)
    wecom.let_files_go(actor, _needed_by_nobody(actor, code, before - now))


def let_welcome_go(actor: Actor, code: LiveCode) -> None:
    """Let go of a deleted code's files, as far as no other code needs them; for half a year it may be restored with them."""
    wecom.let_files_go(actor, _needed_by_nobody(actor, code, _files(code.welcome_attachments)))


def _files(kept: Kept) -> set[int]:
    return {part["file_id"] for part in kept if part.get("file_id") is not None}


def _needed_by_nobody(actor: Actor, code: LiveCode, file_ids: set[int]) -> set[int]:
    if not file_ids:
        return set()
    needs = (Q(welcome_attachments__contains=[{"file_id": one}]) for one in file_ids)
    others = LiveCode.objects.filter(reduce(or_, needs), tenant_id=actor.tenant_id, deleted_at=None).exclude(id=code.id)
    return file_ids.difference(*map(_files, others.values_list("welcome_attachments", flat=True)))
