"""Console: moments of the company, who has to publish them, and what customers did with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.directory.org.contracts import MemberCard
from cove.directory.people import facade as people
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.moments import cancel_moment, order_moment, reread_moment
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.models import WecomMoment
from cove.engine.channels.wecom.permissions import SEND_MASS
from cove.engine.channels.wecom.schemas.contents import shown_attachments
from cove.engine.channels.wecom.schemas.moments import (
    MomentActed,
    MomentAnswer,
    MomentMemberAnswer,
    MomentReactionAnswer,
    NewMoment,
)
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["channels"])

_SAYS_NOTHING = Words("请填写文字，或添加图片、视频或链接", "Write a text, or add pictures, a video or a link")


@console.get("/moments", response={200: Page[MomentAnswer], **refusals(Forbidden)}, **needs(SEND_MASS))
def list_moments(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=60)] = "",
    state: Literal["", "waiting", "asked", "made", "done", "cancelled", "failed"] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[MomentAnswer]:
    """List moments with how far each has come, the newest first."""
    who = actor(request)
    rows = queries.moments(who, search=search, state=state)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=_shown(who, found), next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/moments", response={201: MomentAnswer, **refusals(Forbidden, InvalidInput, NotConfigured)}, **needs(SEND_MASS)
)
def publish_moment(request: HttpRequest, payload: NewMoment) -> Status[MomentAnswer]:
    """Have members publish a moment; each confirms it in WeCom."""
    who = actor(request)
    if not payload.text and not payload.attachments:
        raise InvalidInput(fields={"text": _SAYS_NOTHING})
    content = Content(text=payload.text, attachments=tuple(payload.attachments))
    row = order_moment(who, name=payload.name, content=content, member_ids=payload.member_ids, tag_ids=payload.tag_ids)
    return Status(201, _shown(who, [row])[0])


@console.get("/moments/{moment_id}", response={200: MomentAnswer, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS))
def read_moment(request: HttpRequest, moment_id: int) -> MomentAnswer:
    """Show one moment and how far it has come."""
    who = actor(request)
    return _shown(who, [queries.shown_moment(who, moment_id)])[0]


@console.get(
    "/moments/{moment_id}/members",
    response={200: Page[MomentMemberAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEND_MASS),
)
def list_moment_members(
    request: HttpRequest, moment_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[MomentMemberAnswer]:
    """List who has it to publish, and who did."""
    who = actor(request)
    rows = queries.moment_members(who, moment_id)
    found, following = slice_after(rows, sort="id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    cards = org.members_by_wecom_userids(who, {row.userid.lower() for row in found})
    items = [
        MomentMemberAnswer(
            id=row.id,
            userid=row.userid,
            member=_named(cards, row.userid),
            published_at=row.published_at,
            likes=row.likes,
            comments=row.comments,
        )
        for row in found
    ]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.get(
    "/moments/{moment_id}/reactions",
    response={200: Page[MomentReactionAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEND_MASS),
)
def list_moment_reactions(
    request: HttpRequest,
    moment_id: int,
    form: Literal["", "like", "comment"] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[MomentReactionAnswer]:
    """List which customers liked it or commented on it, the newest told first."""
    who = actor(request)
    rows = queries.moment_reactions(who, moment_id, form=form)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    contacts = people.contacts_by_id(who, [row.contact_id for row in found])
    cards = org.members_by_wecom_userids(who, {row.userid.lower() for row in found})
    items = []
    for row in found:
        contact = contacts.get(row.contact_id)
        items.append(
            MomentReactionAnswer(
                id=row.id,
                contact=NamedId(id=contact.id, name=contact.name) if contact else None,
                member=_named(cards, row.userid),
                form=row.form,
                at=row.at,
            )
        )
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/moments/{moment_id}/cancel", response={200: MomentActed, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS)
)
def stop_moment(request: HttpRequest, moment_id: int) -> MomentActed:
    """Take it from members who did not publish it yet; what is published stays."""
    return MomentActed(done=cancel_moment(actor(request), moment_id=moment_id))


@console.post(
    "/moments/{moment_id}/refresh", response={200: MomentActed, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS)
)
def refresh_moment(request: HttpRequest, moment_id: int) -> MomentActed:
    """Ask WeCom now how it stands; what it says comes a moment later."""
    return MomentActed(done=reread_moment(actor(request), moment_id=moment_id))


def _shown(who: Actor, rows: Iterable[WecomMoment]) -> list[MomentAnswer]:
    found = list(rows)
    figures = queries.moment_figures(who, [row.id for row in found])
    files = queries.files_of_contents(who, [row.content for row in found])
    tags = people.tags_by_id(who, {tag_id for row in found for tag_id in row.tag_ids})
    cards = org.members_by_wecom_userids(who, {userid.lower() for row in found for userid in row.userids})
    answers = []
    for row in found:
        named = [cards.get(userid.lower()) for userid in row.userids]
        counted = figures[row.id]
        answers.append(
            MomentAnswer(
                id=row.id,
                name=row.subject or str(row.id),
                state=row.state,  # type: ignore[arg-type]  # one of the states
                reason=REASONS[row.reason].here() if row.reason in REASONS else row.reason,
                errcode=row.errcode,
                text=str(row.content.get("text") or ""),
                attachments=shown_attachments(row.content, files),
                senders=[card.name if card else userid for card, userid in zip(named, row.userids, strict=True)],
                tags=[NamedId(id=tag_id, name=tags[tag_id].name) for tag_id in row.tag_ids if tag_id in tags],
                asked_by=NamedId(id=row.asked_by.id, name=row.asked_by.name) if row.asked_by else None,
                asked_at=row.asked_at,
                read_at=row.read_at,
                ends_at=row.ends_at,
                members=counted.members,
                published=counted.published,
                likes=counted.likes,
                comments=counted.comments,
            )
        )
    return answers


def _named(cards: Mapping[str, MemberCard], userid: str) -> NamedId | None:
    card = cards.get(userid.lower())
    return NamedId(id=card.id, name=card.name) if card else None
