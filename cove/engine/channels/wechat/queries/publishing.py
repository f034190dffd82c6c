"""Drafts, mass messages, and whom they would reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.contracts.mass import Reach
from cove.engine.channels.wechat.contracts.quotas import MASS_A_PERSON_A_MONTH
from cove.engine.channels.wechat.models import (
    WechatAccount,
    WechatDraft,
    WechatFollower,
    WechatMass,
    WechatTemplate,
)
from cove.engine.channels.wechat.permissions import SEND
from cove.engine.channels.wechat.queries.accounts import account
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

ZONE = ZoneInfo("Asia/Shanghai")


def official(actor: Actor, account_id: int) -> WechatAccount:
    """Return an official account. Raises NotFound."""
    row = WechatAccount.visible_to(actor).filter(id=account_id, kind=WechatAccount.Kind.OFFICIAL).first()
    if row is None:
        raise NotFound
    return row


def aimed(actor: Actor, target: Mapping[str, Any]) -> dict[str, Any]:
    """Return a target as it is kept. Raises InvalidInput for a tag that is gone."""
    if target.get("kind") != "tag":
        return {"kind": "all"}
    tag_id = int(target.get("tag_id") or 0)
    card = people.tags_by_id(actor, [tag_id]).get(tag_id)
    if card is None:
        raise InvalidInput(fields={"target": Words("请选择标签", "Choose a tag")})
    return {"kind": "tag", "tag_id": tag_id, "name": card.name}


def drafts(actor: Actor, account_id: int) -> QuerySet[WechatDraft]:
    """Return an account's drafts and what was published, the newest first. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return WechatDraft.visible_to(actor).filter(account=row).order_by("-updated_at", "-id")


def masses(actor: Actor, account_id: int) -> QuerySet[WechatMass]:
    """Return an account's mass messages with their parts, the newest first. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return WechatMass.visible_to(actor).filter(account=row).prefetch_related("parts").order_by("-id")


def templates(actor: Actor, account_id: int) -> list[WechatTemplate]:
    """Return an account's message templates as last read, template messages first. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return list(WechatTemplate.visible_to(actor).filter(account=row).order_by("-form", "id"))


def reach(actor: Actor, row: WechatAccount, target: Mapping[str, Any]) -> Reach:
    """Return whom a mass message would reach now, and for whom not, why; asked again when it leaves. Raises Forbidden."""
    actor.require(SEND)
    rows = WechatFollower.visible_to(actor).filter(account=row, following=True, contact__isnull=False)
    if target["kind"] == "tag":
        tagged = people.contact_ids(Actor.system(actor.tenant_id), Q(contact_tags__tag_id=target["tag_id"]))
        rows = rows.filter(contact_id__in=tagged)
    found = dict(rows.order_by("id").values_list("contact_id", "id"))
    held: dict[int, str] = dict(delivery.held_back(actor, list(found), channel="official_account"))
    had = rows.filter(mass_month=month(), mass_count__gte=MASS_A_PERSON_A_MONTH)
    held = {**dict.fromkeys(had.values_list("contact_id", flat=True), "had_the_most"), **held}
    going = tuple(one for one in found if one is not None and one not in held)
    return Reach(len(found), going, dict(Counter(held.values())))


def month() -> Any:
    """Return the first day of the platform's month."""
    return clock.now().astimezone(ZONE).date().replace(day=1)


def openids(actor: Actor, account_id: int, contact_ids: Sequence[int]) -> list[str]:
    """Return as whom an account knows those of the contacts who follow it."""
    with tenant_scope(actor.tenant_id):
        rows = WechatFollower.visible_to(actor).filter(
            account_id=account_id, contact_id__in=contact_ids, following=True
        )
        return list(rows.order_by("id").values_list("openid", flat=True))
