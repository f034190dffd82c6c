"""What is known of accounts and of those who follow them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from cove.engine.channels.wechat.contracts.cards import Credentials
from cove.engine.channels.wechat.errors import AccountIncomplete
from cove.engine.channels.wechat.models import WechatAccount, WechatCode, WechatFollower, WechatMenu, WechatReply
from cove.engine.channels.wechat.permissions import SEE_ACCOUNTS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words


def accounts(actor: Actor) -> list[WechatAccount]:
    """Return the tenant's accounts, official ones first. Raises Forbidden."""
    actor.require(SEE_ACCOUNTS)
    return list(WechatAccount.visible_to(actor).order_by("-kind", "id"))


def account(actor: Actor, account_id: int) -> WechatAccount:
    """Return one account. Raises Forbidden, NotFound."""
    actor.require(SEE_ACCOUNTS)
    row = WechatAccount.visible_to(actor).filter(id=account_id).first()
    if row is None:
        raise NotFound
    return row


def credentials(actor: Actor, account_id: int) -> Credentials:
    """Return what is needed to call the platform for an account. Raises AccountIncomplete, also for one that is gone."""
    with tenant_scope(actor.tenant_id):
        row = WechatAccount.visible_to(actor).filter(id=account_id).first()
    if row is None or not row.secret:
        raise AccountIncomplete
    return Credentials(actor.tenant_id, row.id, row.base_url, row.app_id, row.secret)


def in_use(actor: Actor) -> list[WechatAccount]:
    """Return the accounts that have a secret, for the channel itself."""
    return [row for row in WechatAccount.visible_to(actor).order_by("id") if row.secret]


def follower(actor: Actor, *, account_id: int, openid: str) -> WechatFollower | None:
    """Return somebody as an account knows him, or None."""
    rows = WechatFollower.visible_to(actor).select_related("account")
    return rows.filter(account_id=account_id, openid=openid).first()


def followings_of(actor: Actor, contact_ids: Iterable[int], *, account_id: int | None = None) -> list[WechatFollower]:
    """Return as whom accounts know these numbers of one person, the one that he wrote to last first."""
    rows = WechatFollower.visible_to(actor).select_related("account").filter(contact_id__in=list(contact_ids))
    rows = rows.filter(Q(following=True) | Q(account__kind=WechatAccount.Kind.MINI))
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    return sorted(rows, key=_heard_of, reverse=True)


def _heard_of(row: WechatFollower) -> float:
    last = row.talk_until or row.touch_until or row.followed_at
    return last.timestamp() if last else 0.0


@dataclass(frozen=True, slots=True)
class AccountState:
    """How an account is doing: followers now, people known in all, and what keeps it from working."""

    followers: int
    people: int
    problem: Words | None


def states(actor: Actor, rows: Sequence[WechatAccount]) -> dict[int, AccountState]:
    """Return how accounts are doing, by id; one query for all."""
    counted = (
        WechatFollower.visible_to(actor)
        .filter(account_id__in=[row.id for row in rows])
        .values("account_id")
        .annotate(people=Count("id"), followers=Count("id", filter=Q(following=True)))
    )
    numbers = {one["account_id"]: one for one in counted}
    nothing = {"followers": 0, "people": 0}
    found = ((row, numbers.get(row.id, nothing)) for row in rows)
    return {row.id: AccountState(one["followers"], one["people"], problem(row)) for row, one in found}


def problem(row: WechatAccount) -> Words | None:
    """Return what keeps an account from working, in words; None if nothing is known to."""
    if not row.secret:
        return Words("尚未填写 AppSecret，无法调用微信接口", "Without an AppSecret nothing can be asked of WeChat")
    if row.kind == WechatAccount.Kind.MINI:
        return None
    if not row.callback_token or (row.sealed_only and not row.aes_key):
        return Words(
            "尚未填写回调 Token 与 EncodingAESKey，收不到关注与消息", "Without token and EncodingAESKey no news arrives"
        )
    if row.verified_at is None and row.last_callback_at is None:
        return Words("微信尚未验证回调地址", "WeChat has not verified the callback address yet")
    if row.synced_at is None:
        return Words("尚未同步粉丝", "Followers have not been synced yet")
    return None


def replies(actor: Actor, account_id: int) -> list[WechatReply]:
    """Return an account's replies in the order in which they were made. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return list(WechatReply.visible_to(actor).filter(account=row).order_by("id"))


def codes(actor: Actor, account_id: int) -> QuerySet[WechatCode]:
    """Return an account's codes, the newest first. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return WechatCode.visible_to(actor).select_related("account").filter(account=row).order_by("-id")


def menu(actor: Actor, account_id: int) -> WechatMenu:
    """Return an account's menu; one that is not saved yet is empty. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return WechatMenu.visible_to(actor).filter(account=row).first() or WechatMenu(account=row)


def account_in_use(actor: Actor, account_id: int, kind: WechatAccount.Kind) -> WechatAccount | None:
    """Return an account of a kind that can be called, or None; for the channel's own public doors."""
    row = WechatAccount.visible_to(actor).filter(id=account_id, kind=kind).first()
    return row if row is not None and row.secret else None
