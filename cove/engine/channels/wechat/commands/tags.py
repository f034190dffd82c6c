"""Tags that the platform keeps on followers: read from there, made and put on from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Func, Value

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.contracts.answers import UserTag
from cove.engine.channels.wechat.contracts.tags import A_CALL, CALLS_AN_ORDER, FIRST_OWN, MOST, name_fault
from cove.engine.channels.wechat.errors import NobodyToReach, TagInUse, TagNameTaken, TooManyTags
from cove.engine.channels.wechat.models import WechatFollower, WechatSpecialMenu, WechatTag
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, TAKE_OVER
from cove.engine.channels.wechat.queries.publishing import official
from cove.engine.channels.wechat.queries.tags import to_tag
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug

AN_ORDER = A_CALL * CALLS_AN_ORDER
UNKNOWN_TAG = "unknown_tag"


@command(KEEP_REPLIES)
def create_tag(actor: Actor, *, account_id: int, name: str) -> WechatTag:
    """Have a tag made at the platform. Raises NotFound, InvalidInput, TagNameTaken, TooManyTags."""
    account = official(actor, account_id)
    rows = WechatTag.visible_to(actor).filter(account=account)
    if rows.count() >= MOST:
        raise TooManyTags
    row = WechatTag.objects.create(account=account, name=_checked(actor, account_id, name))
    _order(actor, row, "wechat.make_tag", {"name": row.name})
    return row


@command(KEEP_REPLIES)
def rename_tag(actor: Actor, *, account_id: int, wechat_tag_id: int, name: str) -> WechatTag:
    """Give a tag another name, over there as well. Raises NotFound, InvalidInput, TagNameTaken."""
    row = _locked(actor, account_id, wechat_tag_id)
    row.name, row.problem = _checked(actor, account_id, name, but=row.id), ""
    row.save(update_fields=["name", "problem"])
    # What the platform never made is made now, by its new name.
    kind = "wechat.make_tag" if row.number is None else "wechat.rename_tag"
    _order(actor, row, kind, {"name": row.name})
    return row


@command(KEEP_REPLIES)
def remove_tag(actor: Actor, *, account_id: int, wechat_tag_id: int) -> None:
    """Take a tag away, from all its followers too. Raises NotFound, TagInUse."""
    row = _locked(actor, account_id, wechat_tag_id)
    if WechatSpecialMenu.visible_to(actor).filter(tag=row, leaving=False).exists():
        raise TagInUse
    if row.number is None:
        row.delete()
        return
    row.leaving, row.problem = True, ""
    row.save(update_fields=["leaving", "problem"])
    _order(actor, row, "wechat.remove_tag", {})


@command(KEEP_REPLIES)
def tag_followers(actor: Actor, *, account_id: int, wechat_tag_id: int, target: Mapping[str, Any], put: bool) -> int:
    """Put a tag on followers (`put`) or take it off; `target` is as in `contracts/tags.py`. Return how many are concerned.

    Raises NotFound, InvalidInput, NobodyToReach.
    """
    row = _locked(actor, account_id, wechat_tag_id)
    contact_ids = to_tag(actor, account_id, target, number=row.number, put=put)
    if not contact_ids:
        raise NobodyToReach
    for start in range(0, len(contact_ids), AN_ORDER):
        said = {"contact_ids": contact_ids[start : start + AN_ORDER], "put": put}
        _order(actor, row, "wechat.tag_followers", said)
    return len(contact_ids)


@command(TAKE_OVER)
def take_over_tags(actor: Actor, *, account_id: int, tags: Sequence[UserTag]) -> int:
    """Make an account's tags equal to the platform's; return how many there are. What is under way stays."""
    there = [one for one in tags if one.id >= FIRST_OWN]
    rows = WechatTag.visible_to(actor).filter(account_id=account_id, number__isnull=False)
    gone = list(rows.exclude(number__in=[one.id for one in there]).values_list("id", flat=True))
    if gone:
        WechatSpecialMenu.visible_to(actor).filter(tag__in=gone).update(problem=UNKNOWN_TAG)
        WechatTag.visible_to(actor).filter(id__in=gone).delete()
    WechatTag.objects.bulk_create(
        [WechatTag(account_id=account_id, number=one.id, name=one.name, people=one.count) for one in there],
        update_conflicts=True,
        unique_fields=["account", "number"],
        update_fields=["name", "people"],
    )
    return len(there)


@command(TAKE_OVER)
def note_tag_made(actor: Actor, *, wechat_tag_id: int, number: int | None, problem: str) -> None:
    """Note that the platform made a tag, or why not."""
    row = WechatTag.visible_to(actor).select_for_update().filter(id=wechat_tag_id).first()
    if row is None:
        return
    if number is not None:
        # A synchronisation may have come first.
        WechatTag.visible_to(actor).filter(account_id=row.account_id, number=number).exclude(id=row.id).delete()
        row.number = number
    row.problem = problem
    row.save(update_fields=["number", "problem"])


@command(TAKE_OVER)
def note_tag_renamed(actor: Actor, *, wechat_tag_id: int, problem: str) -> None:
    """Note why the platform did not rename a tag, nothing if it did; a synchronisation brings the old name back."""
    WechatTag.visible_to(actor).filter(id=wechat_tag_id).update(problem=problem)


@command(TAKE_OVER)
def note_tag_removed(actor: Actor, *, wechat_tag_id: int, problem: str) -> None:
    """Note that the platform took a tag away, or why not."""
    row = WechatTag.visible_to(actor).select_for_update().filter(id=wechat_tag_id).first()
    if row is None:
        return
    if problem:
        row.leaving, row.problem = False, problem
        row.save(update_fields=["leaving", "problem"])
        return
    _mark(actor, row, None, put=False)
    row.delete()


@command(TAKE_OVER)
def note_tagged(actor: Actor, *, wechat_tag_id: int, contact_ids: Sequence[int], put: bool, problem: str) -> None:
    """Note that followers have a tag now, or no longer, or why not."""
    row = WechatTag.visible_to(actor).select_for_update().filter(id=wechat_tag_id).first()
    if row is None:
        return
    changed = 0 if problem or row.number is None else _mark(actor, row, contact_ids, put=put)
    row.people = max(row.people + (changed if put else -changed), 0)
    row.problem = problem
    row.save(update_fields=["people", "problem"])


def _mark(actor: Actor, row: WechatTag, contact_ids: Sequence[int] | None, *, put: bool) -> int:
    rows = WechatFollower.visible_to(actor).filter(account_id=row.account_id)
    rows = rows if contact_ids is None else rows.filter(contact_id__in=contact_ids, following=True)
    having = {"tag_ids__contains": [row.number]}
    rows = rows.exclude(**having) if put else rows.filter(**having)
    function = "array_append" if put else "array_remove"
    return rows.update(tag_ids=Func(F("tag_ids"), Value(row.number), function=function))


def _locked(actor: Actor, account_id: int, wechat_tag_id: int) -> WechatTag:
    rows = WechatTag.visible_to(actor).select_for_update().filter(account_id=account_id, leaving=False)
    row = rows.filter(id=wechat_tag_id).first()
    if row is None:
        raise NotFound
    return row


def _checked(actor: Actor, account_id: int, name: str, *, but: int = 0) -> str:
    wanted = name.strip()
    fault = name_fault(wanted)
    if fault is not None:
        raise InvalidInput(fields={"name": fault})
    if WechatTag.visible_to(actor).filter(account_id=account_id, name=wanted).exclude(id=but).exists():
        raise TagNameTaken(fields={"name": TagNameTaken.words})
    return wanted


def _order(actor: Actor, row: WechatTag, kind: str, said: Mapping[str, Any]) -> None:
    payload = {"account_id": row.account_id, "tag_row_id": row.id, **said}
    # One after the other: a tag is put on people after it was made.
    delivery.deliver(actor, kind, f"{kind}:{row.id}:{new_slug(12)}", payload, lane=f"wechat.tags:{row.account_id}")
