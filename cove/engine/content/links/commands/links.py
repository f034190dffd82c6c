from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from cove.directory.org import facade as org
from cove.engine.content.links.contracts import (
    PATH,
    SIGNPOST,
    UTM_KEYS,
    PostedLink,
    is_good_target,
    location_of,
)
from cove.engine.content.links.errors import BadTarget, ExpiresInThePast, LeadsToItself, NameTaken
from cove.engine.content.links.models import Link
from cove.engine.content.links.permissions import CHANGE_LINK, CREATE_LINK, DELETE_LINK
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.ids import new_slug
from cove.kernel.operations import Operation
from cove.kernel.signposts.commands import put_signpost


@command(CREATE_LINK)
def create_link(
    actor: Actor, *, name: str, target: str, utm: Mapping[str, str] | None = None, expires_at: datetime | None = None
) -> Link:
    """Make a link; it can be followed at once. `utm` may hold source, medium, campaign, content, term.

    Raises NameTaken, BadTarget, LeadsToItself, ExpiresInThePast.
    """
    _check_target(target)
    _check_expiry(expires_at)
    link = Link(
        name=name,
        slug=new_slug(),
        target=target,
        expires_at=expires_at,
        created_at=clock.now(),
        created_by_id=actor.member_id,
        **_utm_columns(utm or {}),
    )
    _save(link)
    post_link(actor, link)
    return link


@command(CHANGE_LINK)
def change_link(
    actor: Actor,
    *,
    link_id: int,
    name: str | None = None,
    target: str | None = None,
    utm: Mapping[str, str] | None = None,
    off: bool | None = None,
) -> Link:
    """Change what is given, leave the rest; links that were printed and sent follow within a moment.

    Raises NotFound and what `create_link` raises.
    """
    link = _locked(actor, link_id, CHANGE_LINK)
    if name is not None:
        link.name = name
    if target is not None and target != link.target:
        _check_target(target)
        link.target = target
    if off is not None:
        link.off = off
    for column, value in _utm_columns(utm).items() if utm is not None else ():
        setattr(link, column, value)
    _save(link)
    post_link(actor, link)
    return link


@command(CHANGE_LINK)
def set_expiry(actor: Actor, *, link_id: int, expires_at: datetime | None) -> Link:
    """Say until when a link may be followed; None means for ever. Raises NotFound, ExpiresInThePast."""
    link = _locked(actor, link_id, CHANGE_LINK)
    if expires_at != link.expires_at:
        _check_expiry(expires_at)
        link.expires_at = expires_at
        link.save(update_fields=["expires_at"])
        post_link(actor, link)
    return link


@command(DELETE_LINK)
def delete_link(actor: Actor, *, link_id: int) -> Link:
    """Put a link into the recycle bin: who follows it sees a friendly page, its figures stay. Raises NotFound."""
    link = _locked(actor, link_id, DELETE_LINK)
    if link.deleted_at is None:
        link.deleted_at = clock.now()
        link.save(update_fields=["deleted_at"])
        post_link(actor, link)
    return link


@command(DELETE_LINK)
def restore_link(actor: Actor, *, link_id: int) -> Link:
    """Take a link out of the recycle bin; it leads where it led. Raises NotFound, NameTaken."""
    link = _locked(actor, link_id, DELETE_LINK)
    if link.deleted_at is not None:
        link.deleted_at = None
        _save(link)
        post_link(actor, link)
    return link


def post_link(actor: Actor, link: Link) -> None:
    """Tell the edges what they need of a link to answer without a database. Within a command."""
    posted = PostedLink(
        link_id=link.id,
        name=link.name,
        company=org.tenant(actor).name,
        location=location_of(link.target, link.utm),
        off=link.off or link.deleted_at is not None,
        expires=link.expires_at.timestamp() if link.expires_at else None,
        utm={f"utm_{key}": value for key, value in link.utm.items()},
    )
    put_signpost(SIGNPOST, link.slug, posted.document())


def _locked(actor: Actor, link_id: int, operation: Operation) -> Link:
    found = Link.visible_to(actor, operation).select_for_update().filter(id=link_id).first()
    if found is None:
        raise NotFound
    return found


def _save(link: Link) -> None:
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError as error:
        if "links_link_name_once" not in str(error):
            raise
        raise NameTaken(name=link.name, fields={"name": NameTaken.words}) from error


def _check_target(target: str) -> None:
    if not is_good_target(target):
        raise BadTarget(fields={"target": BadTarget.words})
    parts, ours = urlsplit(target), urlsplit(settings.PUBLIC_URL)
    if parts.netloc.lower() == ours.netloc.lower() and parts.path.startswith(PATH):
        raise LeadsToItself(fields={"target": LeadsToItself.words})


def _check_expiry(expires_at: datetime | None) -> None:
    if expires_at is not None and expires_at <= clock.now():
        raise ExpiresInThePast(fields={"expires_at": ExpiresInThePast.words})


def _utm_columns(utm: Mapping[str, str]) -> dict[str, str]:
    return {f"utm_{key}": utm.get(key, "") for key in UTM_KEYS}
