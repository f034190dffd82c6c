from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction

from cove.business.live_codes.commands.signposts import post_code
from cove.business.live_codes.commands.ways import ask_for_standing_ways
from cove.business.live_codes.errors import NameTaken, UnknownMember, UnknownTag, WelcomeTooLong
from cove.business.live_codes.models import LiveCode, LiveCodeMember, LiveCodeTag
from cove.business.live_codes.permissions import CHANGE_CODE, CREATE_CODE, DELETE_CODE
from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.ids import new_slug
from cove.kernel.operations import Operation

WELCOME_BYTES = 4000
"""WeCom document 92137: text.content of a welcome, UTF-8."""

UTM_KEYS = ("source", "medium", "campaign", "content", "term")


@command(CREATE_CODE)
def create_code(
    actor: Actor,
    *,
    name: str,
    members: Mapping[int, int],
    tag_ids: Sequence[int] = (),
    welcome_text: str = "",
    utm: Mapping[str, str] | None = None,
) -> LiveCode:
    """Make a code; it can be scanned at once, and WeCom's pictures follow as the platform makes them.

    `members` maps member id to weight (1 to 100); `utm` may hold source, medium, campaign, content, term.
    Raises NameTaken, UnknownMember, UnknownTag, WelcomeTooLong.
    """
    _check_welcome(welcome_text)
    code = LiveCode(
        name=name,
        slug=new_slug(),
        welcome_text=welcome_text,
        created_at=clock.now(),
        created_by_id=actor.member_id,
        **_utm_columns(utm or {}),
    )
    _save(code)
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
    utm: Mapping[str, str] | None = None,
) -> LiveCode:
    """Change what is given, leave the rest; printed codes follow within a moment. Raises NotFound and what `create_code` raises."""
    code = _locked(actor, code_id, CHANGE_CODE)
    if name is not None:
        code.name = name
    if welcome_text is not None:
        _check_welcome(welcome_text)
        code.welcome_text = welcome_text
    for column, value in _utm_columns(utm).items() if utm is not None else ():
        setattr(code, column, value)
    _save(code)
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
        post_code(actor, code)
    return code


@command(DELETE_CODE)
def restore_code(actor: Actor, *, code_id: int) -> LiveCode:
    """Take a code out of the recycle bin; its link works as before. Raises NotFound, NameTaken."""
    code = _locked(actor, code_id, DELETE_CODE)
    if code.deleted_at is not None:
        code.deleted_at = None
        _save(code)
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


def _check_welcome(text: str) -> None:
    size = len(text.encode())
    if size > WELCOME_BYTES:
        raise WelcomeTooLong(bytes=size, limit=WELCOME_BYTES, fields={"welcome_text": WelcomeTooLong.words})


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
