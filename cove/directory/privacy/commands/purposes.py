from __future__ import annotations

from django.db import IntegrityError, transaction

from cove.directory.privacy.contracts import USUAL_PURPOSES
from cove.directory.privacy.errors import PurposeNameTaken
from cove.directory.privacy.models import Purpose, PurposeText
from cove.directory.privacy.permissions import KEEP_PRIVACY, MANAGE_PRIVACY
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.ids import new_slug


@command(KEEP_PRIVACY)
def lay_usual_purposes(actor: Actor) -> None:
    """Give a tenant the purposes everybody begins with; what is there stays."""
    if Purpose.objects.exists():
        return
    for usual in USUAL_PURPOSES:
        row, made = Purpose.objects.get_or_create(
            key=usual.key, defaults={"name": usual.name.zh, "name_en": usual.name.en, "opt_in": usual.opt_in}
        )
        if made:
            _write(row, actor, usual.text.zh, usual.text.en)


@command(MANAGE_PRIVACY)
def create_purpose(actor: Actor, *, name: str, name_en: str, text: str, text_en: str, opt_in: bool) -> Purpose:
    """Add a purpose with the first version of its text. Raises PurposeNameTaken."""
    row = Purpose(key=f"own-{new_slug(10)}", name=name, name_en=name_en, opt_in=opt_in)
    _save(row)
    _write(row, actor, text, text_en)
    return row


@command(MANAGE_PRIVACY)
def change_purpose(
    actor: Actor, *, purpose_id: int, name: str, name_en: str, text: str, text_en: str, opt_in: bool, active: bool
) -> Purpose:
    """Change a purpose; a text that differs from the newest becomes the next version. Raises NotFound, PurposeNameTaken."""
    row = Purpose.objects.select_for_update().filter(id=purpose_id).first()
    if row is None:
        raise NotFound
    row.name, row.name_en, row.opt_in, row.active = name, name_en, opt_in, active
    _save(row)
    newest = row.texts.order_by("-version").first()
    if newest is None or (newest.text, newest.text_en) != (text, text_en):
        _write(row, actor, text, text_en)
    return row


def _save(row: Purpose) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise PurposeNameTaken(name=row.name, fields={"name": PurposeNameTaken.words}) from error


def _write(row: Purpose, actor: Actor, text: str, text_en: str) -> None:
    newest = PurposeText.objects.filter(purpose=row).order_by("-version").first()
    PurposeText.objects.create(
        purpose=row,
        version=newest.version + 1 if newest else 1,
        text=text,
        text_en=text_en,
        member_id=actor.member_id,
        at=clock.now(),
    )
