"""Who customers are, as the platform tells when asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend, remove_friend
from cove.engine.channels.wecom.commands.tags import take_over_relation_tags
from cove.engine.channels.wecom.contracts.answers import Customer, ExternalContact, Followed, FollowUser
from cove.engine.channels.wecom.errors import NotYourCustomer
from cove.engine.channels.wecom.models import WecomRelation
from cove.engine.channels.wecom.permissions import MEET_CUSTOMER, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(TAKE_OVER)
def take_over_customer(actor: Actor, *, customer: Customer, read_at: datetime) -> None:
    """Take over who a known customer is, and for each member who follows him the way, remark and tags, as read at `read_at`."""
    known = Identity("wecom_external", customer.external_contact.external_userid)
    contact_id = people.number_by_identity(actor, known)
    if contact_id is None:
        return
    _take_over_profile(actor, contact_id, customer.external_contact)
    for follow in customer.follow_user:
        _take_over_follow(actor, customer.external_contact.external_userid, follow, read_at)


@command(TAKE_OVER)
def take_over_followed(actor: Actor, *, rows: Sequence[Followed], read_at: datetime) -> int:
    """Take over a page of customers in full, friendships that no callback told us included; return how many were new."""
    found = 0
    news_rows = queries.news_among(actor, rows, read_at=read_at)
    members = org.members_by_wecom_userids(actor, {row.follow_info.userid for row in news_rows})
    for row in news_rows:
        member = members.get(row.follow_info.userid.lower())
        if member is None:
            continue
        news = FriendNews(
            userid=row.follow_info.userid,
            external_userid=row.external_contact.external_userid,
            at=datetime.fromtimestamp(row.follow_info.createtime, UTC),
            state=row.follow_info.state,
        )
        known = queries.relation(actor, userid=news.userid, external_userid=news.external_userid)
        if known is None or not known.friend:
            # What ended after this page was read is not begun again by it.
            if known is not None and known.changed_at > read_at:
                continue
            # Who he is stands in the same row.
            found += add_friend(actor, news=news, member=member, ask=False)
        contact_id = people.number_by_identity(actor, Identity("wecom_external", news.external_userid))
        if contact_id is not None:
            _take_over_profile(actor, contact_id, row.external_contact)
            _take_over_follow(actor, news.external_userid, row.follow_info, read_at)
    return found


@command(MEET_CUSTOMER)
def meet_customer(actor: Actor, *, customer: Customer, read_at: datetime) -> None:
    """Take over a customer whom the acting member follows, as read at `read_at`. Raises NotYourCustomer."""
    member = org.members_by_id(actor, [actor.member_id or 0]).get(actor.member_id or 0)
    mine = (member.wecom_userid or "").lower() if member else ""
    if not mine or mine not in {follow.userid.lower() for follow in customer.follow_user}:
        raise NotYourCustomer
    rows = [Followed(external_contact=customer.external_contact, follow_info=one) for one in customer.follow_user]
    # The platform's word of who follows him is taken over whole, also where it concerns what the member may not see.
    take_over_followed(Actor.system(actor.tenant_id, chain=actor.chain), rows=rows, read_at=read_at)


@command(TAKE_OVER)
def end_missing(actor: Actor, *, userids: Sequence[str], seen: set[tuple[str, str]], before: datetime) -> int:
    """End the friendships of these members that the platform no longer lists; return how many.

    `seen` holds (userid, external_userid) in lower case and as is. What changed after `before`, when reading began, is left alone.
    """
    rows = WecomRelation.visible_to(actor).filter(friend=True, changed_at__lt=before, userid__in=list(userids))
    known = rows.values_list("userid", "external_userid")
    gone = [(userid, external) for userid, external in known if (userid.lower(), external) not in seen]
    members = org.members_by_wecom_userids(actor, {userid for userid, _ in gone})
    for userid, external in gone:
        remove_friend(
            actor,
            userid=userid,
            external_userid=external,
            by="unknown",
            at=clock.now(),
            member=members.get(userid.lower()),
        )
    return len(gone)


def _take_over_profile(actor: Actor, contact_id: int, said: ExternalContact) -> None:
    people.fill_profile(actor, contact_id=contact_id, profile=queries.profile_of(said))
    if said.unionid:
        people.add_identity(actor, contact_id=contact_id, identity=Identity("unionid", said.unionid))


def _take_over_follow(actor: Actor, external_userid: str, follow: FollowUser, read_at: datetime) -> None:
    row = queries.relation(actor, userid=follow.userid, external_userid=external_userid)
    if row is None or not row.friend or row.contact_id is None or row.member_id is None:
        return
    people.describe_ownership(
        actor, contact_id=row.contact_id, member_id=row.member_id, way=follow.add_way, remark=follow.remark
    )
    take_over_relation_tags(actor, relation=row, platform_ids=follow.corp_tag_ids(), named=follow.tags, read_at=read_at)
