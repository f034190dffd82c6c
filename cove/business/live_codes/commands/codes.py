from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction

from cove.business.live_codes.commands.signposts import post_code
from cove.business.live_codes.commands.ways import ask_for_standing_ways
from cove.business.live_codes.commands.welcomes import (
    attachments_of,
    check_welcome,
    hold_welcome,
    kept_of,
    let_welcome_go,
)
from cove.business.live_codes.errors import NameTaken, UnknownMember, UnknownTag
from cove.business.live_codes.models import LiveCode, LiveCodeMember, LiveCodeTag
from cove.business.live_codes.permissions import CHANGE_CODE, CREATE_CODE, DELETE_CODE
from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.wecom.contracts.contents import Attachment
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.ids import new_slug
from cove.kernel.operations import Operation

UTM_KEYS = ("source", "medium", "campaign", "content", "term")


@command(CREATE_CODE)
def create_code(
    actor: Actor,
    *,
    name: str,
    members: Mapping[int, int],
    tag_ids: Sequence[int] = (),
    welcome_text: str = "",
    welcome_attachments: Sequence[Attachment] = (),
    utm: Mapping[str, str] | None = None,
) -> LiveCode:
    """Make a code; it can be scanned at once, and WeCom's pictures follow as the platform makes them.

    `members` maps member id to weight (1 to 100); `utm` may hold source, medium, campaign, content, term.
    Raises NameTaken, UnknownMember, UnknownTag, WelcomeTooLong, and InvalidInput for what a welcome cannot carry.
    """
    check_welcome(actor, welcome_text, welcome_attachments, had=())
    code = LiveCode(
        name=name,
        slug=new_slug(),
        welcome_text=welcome_text,
        welcome_attachments=kept_of(welcome_attachments),
        created_at=clock.now(),
        created_by_id=actor.member_id,
        **_utm_columns(utm or {}),
    )
    _save(code)
    hold_welcome(actor, code, had=())
    _set_members(actor, code, members)
    _set_tags(actor, code, tag_ids)
    ask_for_standing_ways(actor, code)
    post_code(actor, code)
    return code


@command(CHANGE_CODE)
def change_code(
    actor: Actor,
    *,
    code_id: int,
    name: str | None = None,
    members: Mapping[int, int] | None = None,
    tag_ids: Sequence[int] | None = None,
    welcome_text: str | None = None,
    welcome_attachments: Sequence[Attachment] | None = None,
    utm: Mapping[str, str] | None = None,
) -> LiveCode:
    """Change what is given, leave the rest; printed codes follow within a moment. Raises NotFound and what `create_code` raises."""
    code = _locked(actor, code_id, CHANGE_CODE)
    if name is not None:
        code.name = name
    had = code.welcome_attachments
    if welcome_text is not None or welcome_attachments is not None:
        code.welcome_text = code.welcome_text if welcome_text is None else welcome_text
        wanted = attachments_of(had) if welcome_attachments is None else welcome_attachments
        check_welcome(actor, code.welcome_text, wanted, had=had)
        code.welcome_attachments = kept_of(wanted)
    for column, value in _utm_columns(utm).items() if utm is not None else ():
        setattr(code, column, value)
    _save(code)
    hold_welcome(actor, code, had=had)
    if members is not None:
        _set_members(actor, code, members)
    if tag_ids is not None:
        _set_tags(actor, code, tag_ids)
    ask_for_standing_ways(actor, code)
    post_code(actor, code)
    return code


@command(DELETE_CODE)
def delete_code(actor: Actor, *, code_id: int) -> LiveCode:
    """Put a code into the recycle bin: its link shows a friendly page, its figures stay. Raises NotFound."""
    code = _locked(actor, code_id, DELETE_CODE)
    if code.deleted_at is None:
        code.deleted_at = clock.now()
        code.save(update_fields=["deleted_at"])
        let_welcome_go(actor, code)
        post_code(actor, code)
    return code


@command(DELETE_CODE)
def restore_code(actor: Actor, *, code_id: int) -> LiveCode:
    """Take a code out of the recycle bin; its link works as before. Raises NotFound, NameTaken."""
    code = _locked(actor, code_id, DELETE_CODE)
    if code.deleted_at is not None:
        code.deleted_at = None
        _save(code)
        hold_welcome(actor, code, had=())
        post_code(actor, code)
    return code


def _locked(actor: Actor, code_id: int, operation: Operation) -> LiveCode:
    found = LiveCode.visible_to(actor, operation).select_for_update().filter(id=code_id).first()
    if found is None:
        raise NotFound
    return found


def _save(code: LiveCode) -> None:
    try:
        with transaction.atomic():
            code.save()
    except IntegrityError as error:
        if "live_codes_code_name_once" not in str(error):
            raise
        raise NameTaken(name=code.name, fields={"name": NameTaken.words}) from error


def _utm_columns(utm: Mapping[str, str]) -> dict[str, str]:
    return {f"utm_{key}": utm.get(key, "") for key in UTM_KEYS}


def _set_members(actor: Actor, code: LiveCode, members: Mapping[int, int]) -> None:
    has = set(LiveCodeMember.objects.filter(code=code).values_list("member_id", flat=True))
    cards = org.members_by_id(actor, members)
    # Somebody who has left may stay behind a code until an operator takes him off, but cannot be put there.
    if any(key not in cards or not (cards[key].active or key in has) for key in members):
        raise UnknownMember(fields={"members": UnknownMember.words})
    LiveCodeMember.objects.filter(code=code).exclude(member_id__in=members).delete()
    for member_id, weight in members.items():
        LiveCodeMember.objects.update_or_create(code=code, member_id=member_id, defaults={"weight": weight})


def _set_tags(actor: Actor, code: LiveCode, tag_ids: Sequence[int]) -> None:
    wanted = list(dict.fromkeys(tag_ids))
    if len(people.tags_by_id(actor, wanted)) != len(wanted):
        raise UnknownTag(fields={"tag_ids": UnknownTag.words})
    LiveCodeTag.objects.filter(code=code).exclude(tag_id__in=wanted).delete()
    for tag_id in wanted:
        LiveCodeTag.objects.get_or_create(code=code, tag_id=tag_id)
