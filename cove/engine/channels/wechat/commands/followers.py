"""Who follows or uses an account: how they become contacts, and how following begins and ends in whatever order it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.commands.windows import opened
from cove.engine.channels.wechat.contracts.answers import UserInfo
from cove.engine.channels.wechat.models import WechatAccount, WechatCode, WechatFollower
from cove.engine.channels.wechat.permissions import TAKE_OVER
from cove.facts.wechat import AccountFollowed, AccountUnfollowed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

INFO = ["remark", "tag_ids", "scene", "qr_scene"]
SOURCE = {"official": "official_account", "mini": "miniprogram"}


@dataclass(frozen=True, slots=True)
class Begun:
    """That somebody began to follow: by which of the platform's scenes and which of our codes; `told_late` as in the fact."""

    at: datetime
    scene: str = ""
    code: WechatCode | None = None
    told_late: bool = False


@command(TAKE_OVER)
def meet(actor: Actor, *, account_id: int, openid: str) -> WechatFollower | None:
    """Return the row of somebody whom an account meets, locked; None if the account is gone."""
    if not WechatAccount.visible_to(actor).filter(id=account_id).exists():
        return None
    WechatFollower.objects.get_or_create(account_id=account_id, openid=openid)
    rows = WechatFollower.visible_to(actor).select_related("account").select_for_update(of=("self",))
    return rows.get(account_id=account_id, openid=openid)


@command(TAKE_OVER)
def fetch_follower(
    actor: Actor,
    *,
    account_id: int,
    openid: str,
    key: str,
    event: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Ask the platform who somebody is; when it has answered, or never will, `event` of `at` is taken as well."""
    payload = {
        "account_id": account_id,
        "openid": openid,
        "event": event,
        "at": at.isoformat() if at else None,
    }
    lane = f"wechat.person:{openid}"
    delivery.deliver(actor, "wechat.fetch_follower", f"wechat.fetch_follower:{account_id}:{key}", payload, lane=lane)


@command(TAKE_OVER)
def admit(actor: Actor, *, row: WechatFollower, unionid: str, at: datetime) -> bool:
    """Make somebody a contact, or find the one he is already by his unionid; return whether the contact is new."""
    known, new = Identity("wechat_openid", row.openid), False
    contact_id = people.number_by_identity(actor, known)
    if contact_id is None and unionid:
        contact_id = people.number_by_identity(actor, Identity("unionid", unionid))
        if contact_id is not None:
            people.add_identity(actor, contact_id=contact_id, identity=known)
    if contact_id is None:
        card, new = people.admit_contact(actor, identity=known, source=SOURCE[row.account.kind], at=at)
        contact_id = card.id
    if unionid:
        people.add_identity(actor, contact_id=contact_id, identity=Identity("unionid", unionid))
    row.contact_id, row.unionid = contact_id, unionid or row.unionid
    row.save(update_fields=["contact", "unionid"])
    return new


@command(TAKE_OVER)
def take_over_info(actor: Actor, *, row: WechatFollower, info: UserInfo) -> None:
    """Keep what the platform says of a follower beside his following: remark, tags, how he came."""
    _copy(row, info)
    row.save(update_fields=INFO)


def _copy(row: WechatFollower, info: UserInfo) -> None:
    row.remark, row.tag_ids = info.remark, info.tagid_list
    row.scene, row.qr_scene = info.subscribe_scene or row.scene, info.scene or row.qr_scene


@command(TAKE_OVER)
def begin_following(actor: Actor, *, row: WechatFollower, begun: Begun, new_contact: bool) -> bool:
    """Note that a known person follows from `begun.at` on, and tell it; False if that was known or is older than what is known."""
    ended_at = row.changed_at
    overtaken = ended_at is not None and ended_at > begun.at
    if row.following or (overtaken and row.followed_at is not None):
        return False
    again = row.followed_at is not None
    row.following, row.followed_at = True, begun.at
    row.changed_at = begun.at
    row.scene = begun.scene or row.scene
    changed = opened(row, "touch", begun.at)
    row.save(update_fields=["following", "followed_at", "changed_at", "scene", *changed])
    publish(
        AccountFollowed(
            contact_id=row.contact_id or 0,
            account_id=row.account_id,
            account_name=row.account.name,
            openid=row.openid,
            scene=row.scene,
            code_id=begun.code.id if begun.code else None,
            code_name=begun.code.name if begun.code else "",
            new_contact=new_contact,
            again=again,
            told_late=begun.told_late,
        ),
        at=begun.at,
    )
    if overtaken and ended_at is not None:
        _end(row, ended_at)
    return True


@command(TAKE_OVER)
def end_following(actor: Actor, *, row: WechatFollower, at: datetime) -> bool:
    """Note that somebody follows no longer and tell it; False if nothing ended.

    An end that overtook its beginning waits for it in the row.
    """
    if row.changed_at is not None and at < row.changed_at:
        return False
    if row.following and row.contact_id is not None:
        _end(row, at)
        return True
    row.following, row.changed_at = False, at
    row.save(update_fields=["following", "changed_at"])
    return False


def _end(row: WechatFollower, at: datetime) -> None:
    row.following, row.changed_at = False, at
    row.talk_until, row.touch_until = None, None
    row.save(update_fields=["following", "changed_at", "talk_until", "touch_until"])
    publish(
        AccountUnfollowed(contact_id=row.contact_id or 0, account_id=row.account_id, account_name=row.account.name),
        at=at,
    )


@command(TAKE_OVER)
def take_over_followers(actor: Actor, *, account_id: int, infos: Sequence[UserInfo], read_at: datetime) -> int:
    """Take over a page of followers as read at `read_at`, those that no callback told us included; return how many were new."""
    following = {info.openid: info for info in infos if info.subscribe}
    news = _keep_known(actor, account_id, following)
    scenes = {info.scene for info in news if info.scene}
    codes = {code.scene: code for code in WechatCode.visible_to(actor).filter(account_id=account_id, scene__in=scenes)}
    found = 0
    for info in news:
        at = datetime.fromtimestamp(info.subscribe_time, UTC) if info.subscribe_time else read_at
        row = meet(actor, account_id=account_id, openid=info.openid)
        if row is None:
            return found
        new = row.contact_id is None and admit(actor, row=row, unionid=info.unionid, at=at)
        if row.contact_id is not None and info.unionid and row.unionid != info.unionid:
            admit(actor, row=row, unionid=info.unionid, at=at)
        take_over_info(actor, row=row, info=info)
        # What ended after this page was read is not begun again by it: the end is younger than the beginning that the page tells.
        if not row.following:
            begun = Begun(at, info.subscribe_scene, codes.get(info.scene), told_late=True)
            found += begin_following(actor, row=row, begun=begun, new_contact=new)
    return found


def _keep_known(actor: Actor, account_id: int, following: Mapping[str, UserInfo]) -> list[UserInfo]:
    """Keep what is said of those who follow as it was known, in two statements for all; return the others, of whom there is news."""
    rows = WechatFollower.visible_to(actor).select_for_update().filter(account_id=account_id, following=True)
    rows = rows.filter(contact__isnull=False, openid__in=following).order_by("id")
    changed, known = [], set()
    for row in rows:
        info = following[row.openid]
        if info.unionid and info.unionid != row.unionid:
            continue
        known.add(row.openid)
        before = (row.remark, row.tag_ids, row.scene, row.qr_scene)
        _copy(row, info)
        if before != (row.remark, row.tag_ids, row.scene, row.qr_scene):
            changed.append(row)
    WechatFollower.objects.bulk_update(changed, INFO)
    return [info for openid, info in following.items() if openid not in known]


@command(TAKE_OVER)
def end_missing(actor: Actor, *, account_id: int, openids: set[str], before: datetime) -> int:
    """End the following of those whom the platform no longer lists; return how many. What changed after `before` is left alone."""
    rows = WechatFollower.visible_to(actor).filter(account_id=account_id, following=True, changed_at__lt=before)
    listed = rows.values_list("id", "openid").iterator(chunk_size=10_000)
    missing = [row_id for row_id, openid in listed if openid not in openids]
    # Who follows anew meanwhile is not among them any more.
    gone = list(rows.select_related("account").select_for_update(of=("self",)).filter(id__in=missing).order_by("id"))
    for row in gone:
        end_following(actor, row=row, at=clock.now())
    return len(gone)
