"""Moments of the company: asked for here, published by members in WeCom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.contents import Content, Link
from cove.engine.channels.wecom.contracts.states import MomentState
from cove.engine.channels.wecom.contracts.tasks import MomentMember, MomentReactions
from cove.engine.channels.wecom.models import WecomMoment, WecomMomentMember, WecomMomentReaction
from cove.engine.channels.wecom.permissions import SEND_MASS, TAKE_OVER
from cove.engine.channels.wecom.queries.materials import check_files
from cove.facts.wecom import MomentCommented, MomentLiked, MomentPublished
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.live.publish import tell_live
from cove.kernel.words import Words

READ_FOR = timedelta(days=7)
MOST_PICTURES = 9
LINK_TITLE_BYTES = 64
TEXT_CHARACTERS = 2000
KEY_LENGTH = 16
_NO_USERID = Words(
    "所选成员都没有关联企业微信账号，请先同步企业微信或改选其他成员",
    "None of these members has a WeCom account here; sync from WeCom first, or choose others",
)
_NO_TAG = Words("有标签已不存在，请重新选择", "A tag does not exist any more; choose again")
_TOO_LONG = Words("朋友圈文字最多 2000 个字，请缩短", "A moment has at most 2000 characters; make it shorter")
_NO_COVER = Words(
    "朋友圈链接需要上传封面图，标题不超过 64 字节（约 21 个汉字）",
    "A link in a moment needs an uploaded picture, and a title of at most 64 bytes",
)
_ATTACHMENTS = Words(
    "朋友圈可带 9 张图片、1 个视频或 1 个链接，不能混用",
    "A moment has up to nine pictures, or one video, or one link; never several kinds",
)


@command(SEND_MASS)
def order_moment(
    actor: Actor, *, name: str, content: Content, member_ids: Collection[int] = (), tag_ids: Collection[int] = ()
) -> WecomMoment:
    """Have members publish a moment, as a page asks for it: `member_ids` and `tag_ids` as in `ask_moment`.

    Raises NotConfigured, and InvalidInput naming `attachments`, `text`, `member_ids` or `tag_ids`.
    """
    queries.credentials(actor)
    check_files(actor, content)
    cards = org.members_by_id(actor, member_ids)
    if member_ids and not any(card.wecom_userid for card in cards.values()):
        raise InvalidInput(fields={"member_ids": _NO_USERID})
    if set(tag_ids) - people.tags_by_id(actor, tag_ids).keys():
        raise InvalidInput(fields={"tag_ids": _NO_TAG})
    key = f"console:{new_slug(KEY_LENGTH)}"
    row_id = ask_moment(actor, key=key, content=content, member_ids=member_ids, tag_ids=tag_ids, subject=name)
    return queries.moment(actor, row_id)


@command(SEND_MASS)
def ask_moment(
    actor: Actor,
    *,
    key: str,
    content: Content,
    member_ids: Collection[int] = (),
    tag_ids: Collection[int] = (),
    subject: str = "",
) -> int:
    """Have members publish a moment, once for `key`; return its number. Without members everybody who has customers gets it.

    With tags, only customers who have one of them see it. Raises InvalidInput for attachments that a moment cannot have.
    """
    _check(content)
    cards = org.members_by_id(actor, member_ids)
    now = clock.now()
    row, new = WecomMoment.objects.get_or_create(
        key=key,
        defaults={
            "content": content.model_dump(mode="json"),
            "userids": sorted(card.wecom_userid for card in cards.values() if card.wecom_userid),
            "tag_ids": sorted(tag_ids),
            "asked_by_id": actor.member_id,
            "subject": subject,
            "asked_at": now,
            "ends_at": now + READ_FOR,
        },
    )
    if new:
        tell_moment(actor, row.id)
        delivery.deliver(actor, "wecom.make_moment", f"wecom.make_moment:{key}", {"row_id": row.id})
    return int(row.id)


@command(SEND_MASS)
def cancel_moment(actor: Actor, *, moment_id: int) -> bool:
    """Take a moment from members who did not publish it yet; False if it is not with them. Raises NotFound."""
    row = _living(actor, moment_id)
    if row.state != MomentState.MADE:
        return False
    row.state = MomentState.CANCELLED
    row.save(update_fields=["state"])
    tell_moment(actor, row.id)
    # Who published it until now is still to be told.
    _read(actor, row)
    return delivery.deliver(actor, "wecom.cancel_moment", f"wecom.cancel_moment:{row.id}", {"moment_id": row.moment_id})


@command(SEND_MASS)
def reread_moment(actor: Actor, *, moment_id: int) -> bool:
    """Ask the platform now who published a moment, liked it or commented on it; False while there is none. Raises NotFound."""
    row = _living(actor, moment_id)
    return bool(row.moment_id) and _read(actor, row)


def tell_moment(actor: Actor, row_id: int) -> None:
    """Tell open browsers that something about a moment is new."""
    tell_live(actor.tenant_id, "wecom_moment", {"id": row_id}, needs=SEND_MASS)


def _read(actor: Actor, row: WecomMoment) -> bool:
    payload = {"row_id": row.id, "moment_id": row.moment_id}
    name = f"wecom.read_moment:{row.id}:asked:{int(clock.now().timestamp())}"
    return delivery.deliver(actor, "wecom.read_moment", name, payload)


def _living(actor: Actor, moment_id: int) -> WecomMoment:
    row = WecomMoment.visible_to(actor).select_for_update().filter(id=moment_id).first()
    if row is None:
        raise NotFound
    return row


@command(TAKE_OVER)
def note_moment_asked(actor: Actor, *, row_id: int, verdict: Verdict) -> None:
    """Note that the platform makes a moment, or why it does not."""
    row = WecomMoment.objects.select_for_update().get(id=row_id)
    if verdict.state is State.SENT:
        row.state, row.jobid = MomentState.ASKED, verdict.result["jobid"]
    else:
        row.state, row.reason, row.errcode = MomentState.FAILED, verdict.reason, verdict.errcode
    row.save(update_fields=["state", "jobid", "reason", "errcode"])
    tell_moment(actor, row.id)


@command(TAKE_OVER)
def note_moment_made(actor: Actor, *, row_id: int, moment_id: str, reason: str, errcode: int | None) -> None:
    """Note what came of the platform's job."""
    row = WecomMoment.objects.select_for_update().get(id=row_id)
    row.state, row.moment_id = (MomentState.MADE, moment_id) if moment_id else (MomentState.FAILED, "")
    row.reason, row.errcode, row.read_at = reason, errcode, clock.now()
    row.save(update_fields=["state", "moment_id", "reason", "errcode", "read_at"])
    tell_moment(actor, row.id)


@command(TAKE_OVER)
def note_moment_members(
    actor: Actor, *, row_id: int, members: Sequence[MomentMember], reactions: Mapping[str, MomentReactions]
) -> None:
    """Note who published a moment and who liked it or commented on it, and tell each once. Strangers are only counted."""
    row = WecomMoment.objects.select_for_update().get(id=row_id)
    cards = org.members_by_wecom_userids(actor, {one.userid.lower() for one in members})
    known = {one.userid: one for one in WecomMomentMember.objects.filter(moment=row)}
    rows = []
    for one in members:
        mine = known.get(one.userid) or WecomMomentMember(moment=row, userid=one.userid)
        news = bool(one.publish_status) and mine.published_at is None
        mine.published_at = clock.now() if news else mine.published_at
        told, card = reactions.get(one.userid) or MomentReactions(), cards.get(one.userid.lower())
        mine.likes, mine.comments = len(told.like_list), len(told.comment_list)
        rows.append(mine)
        if news:
            publish(MomentPublished(member_id=card.id if card else None, moment_id=row.id, subject=row.subject))
    WecomMomentMember.objects.bulk_create([one for one in rows if one.id is None])
    WecomMomentMember.objects.bulk_update(known.values(), ["published_at", "likes", "comments"])
    _tell_reactions(actor, row, reactions, {userid: card.id for userid, card in cards.items()})
    over = row.ends_at <= clock.now() or all(one.publish_status for one in members)
    row.read_at = clock.now()
    row.state = MomentState.DONE if over and row.state == MomentState.MADE else row.state
    row.save(update_fields=["read_at", "state"])
    tell_moment(actor, row.id)


def _tell_reactions(
    actor: Actor, row: WecomMoment, reactions: Mapping[str, MomentReactions], member_ids: Mapping[str, int]
) -> None:
    """Tell what was not told before; the moment is locked, so that nobody tells it at the same time."""
    said = [(userid, "like", one) for userid, told in reactions.items() for one in told.like_list]
    said += [(userid, "comment", one) for userid, told in reactions.items() for one in told.comment_list]
    contacts = queries.contacts_known_as(actor, {one.external_userid for *_, one in said if one.external_userid})
    before = set(row.reactions.values_list("contact_id", "userid", "form", "at"))
    news: dict[tuple[int, str, str, datetime], None] = {}
    for userid, form, one in said:
        if (contact_id := contacts.get(one.external_userid)) is not None:
            news[contact_id, userid, form, datetime.fromtimestamp(one.create_time, UTC)] = None
    fresh = [place for place in news if place not in before]
    WecomMomentReaction.objects.bulk_create(
        WecomMomentReaction(moment=row, contact_id=contact_id, userid=userid, form=form, at=at)
        for contact_id, userid, form, at in fresh
    )
    for contact_id, userid, form, at in fresh:
        fact = MomentLiked if form == "like" else MomentCommented
        who: dict[str, Any] = {"contact_id": contact_id, "member_id": member_ids.get(userid.lower())}
        publish(fact(**who, moment_id=row.id, subject=row.subject), at=at)


def _check(content: Content) -> None:
    kinds = [part.kind for part in content.attachments]
    pictures = set(kinds) == {"image"} and len(kinds) <= MOST_PICTURES
    if kinds and not pictures and kinds not in (["video"], ["link"]):
        raise InvalidInput(fields={"attachments": _ATTACHMENTS})
    if len(content.text) > TEXT_CHARACTERS:
        raise InvalidInput(fields={"text": _TOO_LONG})
    for part in content.attachments:
        if isinstance(part, Link) and (part.file_id is None or len(part.title.encode()) > LINK_TITLE_BYTES):
            raise InvalidInput(fields={"attachments": _NO_COVER})
