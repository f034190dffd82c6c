from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import NotConfigured, SignInOff
from cove.engine.channels.wecom.models import WecomChannel, WecomRelation, WecomTag
from cove.engine.channels.wecom.permissions import SEE_CHANNEL
from cove.kernel.actor import Actor
from cove.kernel.scope import every_tenant, tenant_scope
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class TagLink:
    """A tag of ours and its platform id, empty where it has none yet."""

    tag_id: int
    name: str
    group_name: str
    platform_id: str


def channel(actor: Actor) -> WecomChannel | None:
    """Return the tenant's channel, or None before it is set up. Raises Forbidden."""
    actor.require(SEE_CHANNEL)
    return WecomChannel.visible_to(actor).first()


def credentials(actor: Actor) -> Credentials:
    """Return what is needed to call the platform. Raises NotConfigured."""
    with tenant_scope(actor.tenant_id):
        row = WecomChannel.visible_to(actor).first()
    if row is None or not row.corp_id or not row.secret:
        raise NotConfigured
    return Credentials(actor.tenant_id, row.id, row.base_url, row.corp_id, row.agent_id, row.secret)


def sign_in_credentials(actor: Actor) -> Credentials:
    """Return what is needed to sign members in. Raises SignInOff where that is switched off or not set up."""
    with tenant_scope(actor.tenant_id):
        row = WecomChannel.visible_to(actor).filter(sign_in=True).exclude(corp_id="").exclude(secret="").first()
    if row is None:
        raise SignInOff
    return Credentials(actor.tenant_id, row.id, row.base_url, row.corp_id, row.agent_id, row.secret)


def signs_in(actor: Actor) -> bool:
    """Tell whether members of the actor's tenant may sign in by WeCom."""
    try:
        sign_in_credentials(actor)
    except SignInOff:
        return False
    return True


def tag_links(actor: Actor, tag_ids: Iterable[int]) -> list[TagLink]:
    """Return what the platform calls these tags."""
    with tenant_scope(actor.tenant_id):
        cards = people.tags_by_id(actor, tag_ids)
        rows = WecomTag.objects.filter(tag_id__in=cards)
        platform = dict(rows.values_list("tag_id", "platform_id"))
    return [TagLink(card.id, card.name, card.group_name, platform.get(card.id, "")) for card in cards.values()]


def linked_tags(actor: Actor) -> list[str]:
    """Return the platform's ids of all tags that are linked with ours."""
    with tenant_scope(actor.tenant_id):
        return list(WecomTag.objects.values_list("platform_id", flat=True))


def friends_of_contact(actor: Actor, contact_id: int) -> list[WecomRelation]:
    """Return the living friendships of a contact, and of those who were merged into him."""
    family = people.family_of(actor, contact_id)
    return list(WecomRelation.visible_to(actor).filter(contact_id__in=family, friend=True).order_by("id"))


def relation(actor: Actor, *, userid: str, external_userid: str) -> WecomRelation | None:
    """Return what is known between a member and a customer, or None."""
    rows = WecomRelation.visible_to(actor).filter(userid__iexact=userid, external_userid=external_userid)
    return rows.first()


def tenants_with_channel() -> list[int]:
    """Return the tenants whose channel is set up."""
    with every_tenant("channels that are to be looked after are found"):
        rows = WecomChannel.unsealed.exclude(corp_id="").exclude(secret="")
        return list(rows.order_by("tenant_id").values_list("tenant_id", flat=True))


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How the channel is doing: active members with a userid, customers who are friends, and what keeps it from working."""

    members: int
    customers: int
    problem: Words | None


def state(actor: Actor, row: WecomChannel | None) -> ChannelState:
    """Return how the channel is doing."""
    friends = WecomRelation.visible_to(actor).filter(friend=True)
    customers = friends.aggregate(people=Count("contact_id", distinct=True))["people"]
    return ChannelState(org.wecom_members(actor), customers, _problem(row))


def _problem(row: WecomChannel | None) -> Words | None:
    if row is None or not row.corp_id or not row.secret:
        return None
    if not row.callback_token or not row.aes_key:
        return Words(
            "尚未填写回调 Token 与 EncodingAESKey，收不到添加好友的通知",
            "Without token and EncodingAESKey no news arrives",
        )
    if row.verified_at is None and row.last_callback_at is None:
        return Words("企业微信尚未验证回调地址", "WeCom has not verified the callback address yet")
    if row.synced_at is None:
        return Words("尚未同步成员与客户", "Members and customers have not been synced yet")
    return None
