"""Friendships as the platform tells them, in whatever order it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from cove.directory.org.contracts import MemberCard
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.models import WecomRelation
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.facts.wecom import FriendAdded, FriendConfirmed, FriendRemoved
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

By = Literal["customer", "member", "transfer", "unknown"]


@dataclass(frozen=True, slots=True)
class FriendNews:
    """The platform's news that a customer and a member became friends at `at`."""

    userid: str
    external_userid: str
    at: datetime
    state: str = ""
    welcome_code: str = ""

    def as_payload(self) -> dict[str, Any]:
        """Return the news as JSON values."""
        return {
            "userid": self.userid,
            "external_userid": self.external_userid,
            "at": self.at.isoformat(),
            "state": self.state,
            "welcome_code": self.welcome_code,
        }

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Return the news that `as_payload` gave."""
        return cls(**(payload | {"at": datetime.fromisoformat(payload["at"])}))


@command(TAKE_OVER)
def add_friend(actor: Actor, *, news: FriendNews, member: MemberCard, ask: bool = True) -> bool:
    """Take over a new friendship: contact, owner, facts, and with `ask` asking the platform who he is. Returns False for what was known.

    A second event of one friendship (add_half, then add) counts once; if only the second brings a welcome code, that is told.
    """
    card, new = people.admit_contact(
        actor, identity=Identity("wecom_external", news.external_userid), source="wecom", at=news.at
    )
    row = _locked(news.userid, news.external_userid, news.at)
    early = row.ended_early_by
    row.contact_id, row.member_id = card.id, member.id
    if row.friend or (news.at < row.changed_at and not early):
        _second_news(row, news, member)
        return False
    row.friend, row.state, row.greeted, row.ended_early_by = True, news.state, bool(news.welcome_code), ""
    ended_at, row.changed_at = row.changed_at, max(row.changed_at, news.at)
    row.save()
    way = queries.way_names(actor, [news.state]).get(news.state, "")
    if way and new:
        people.set_source(actor, contact_id=card.id, source="wecom", detail=way, ref=None)
    people.begin_ownership(actor, contact_id=card.id, member_id=member.id, since=news.at)
    publish(
        FriendAdded(
            contact_id=card.id,
            member_id=member.id,
            member_name=member.name,
            external_userid=news.external_userid,
            userid=row.userid,
            state=news.state,
            way_name=way,
            welcome_code=news.welcome_code,
            new_contact=new,
        ),
        at=news.at,
    )
    if early and news.at <= ended_at:
        _end(actor, row, member, by=early, at=ended_at)
        return True
    if ask:
        fetch_contact(actor, external_userid=news.external_userid, key=f"{row.id}:{int(news.at.timestamp())}")
    if not new:
        _carry_tags_over(actor, row, key=f"carry:{row.id}:{int(news.at.timestamp())}")
    return True


@command(TAKE_OVER)
def remove_friend(
    actor: Actor, *, userid: str, external_userid: str, by: str, at: datetime, member: MemberCard | None
) -> bool:
    """Take over the end of a friendship; return False if there was none. An end that overtook its beginning waits for it."""
    row = _locked(userid, external_userid, at)
    if row.friend and member is not None:
        if at < row.changed_at:
            return False
        _end(actor, row, member, by=by, at=at)
        return True
    if at >= row.changed_at:
        row.ended_early_by, row.changed_at = by, at
        row.save()
    return False


@command(TAKE_OVER)
def fetch_contact(actor: Actor, *, external_userid: str, key: str, not_before: datetime | None = None) -> None:
    """Ask the platform who a customer is, not before `not_before`; what it says is taken over when it answers."""
    delivery.deliver(
        actor,
        "wecom.fetch_contact",
        f"wecom.fetch_contact:{external_userid}:{key}",
        {"external_userid": external_userid},
        not_before=not_before,
        lane=f"wecom.contact:{external_userid}",
    )


def _locked(userid: str, external_userid: str, at: datetime) -> WecomRelation:
    known = WecomRelation.objects.filter(userid__iexact=userid, external_userid=external_userid)
    if not known.exists():
        WecomRelation.objects.get_or_create(userid=userid, external_userid=external_userid, defaults={"changed_at": at})
    return known.select_for_update().get()


def _second_news(row: WecomRelation, news: FriendNews, member: MemberCard) -> None:
    if not row.friend:
        return
    row.changed_at = max(row.changed_at, news.at)
    row.state = row.state or news.state
    if news.welcome_code and not row.greeted:
        row.greeted = True
        publish(
            FriendConfirmed(
                contact_id=row.contact_id or 0,
                member_id=member.id,
                member_name=member.name,
                external_userid=news.external_userid,
                userid=row.userid,
                state=row.state,
                welcome_code=news.welcome_code,
            ),
            at=news.at,
        )
    row.save()


def _end(actor: Actor, row: WecomRelation, member: MemberCard, *, by: str, at: datetime) -> None:
    contact_id = row.contact_id or 0
    row.friend, row.changed_at, row.tag_ids, row.ended_early_by = False, at, [], ""
    row.save()
    people.end_ownership(actor, contact_id=contact_id, member_id=member.id, until=at)
    publish(
        FriendRemoved(contact_id=contact_id, member_id=member.id, member_name=member.name, by=by),  # type: ignore[arg-type]  # validated there
        at=at,
    )


def _carry_tags_over(actor: Actor, row: WecomRelation, *, key: str) -> None:
    tag_ids = people.tag_ids_of(actor, row.contact_id or 0)
    if tag_ids:
        mark_tags(actor, relation=row, add=sorted(tag_ids), remove=[], key=key)


@command(TAKE_OVER)
def mark_tags(actor: Actor, *, relation: WecomRelation, add: list[int], remove: list[int], key: str) -> None:
    """Ask the platform to put tags of ours on a relation and take some off, in the order of asking."""
    payload = {
        "relation_id": relation.id,
        "contact_id": relation.contact_id,
        "userid": relation.userid,
        "external_userid": relation.external_userid,
        "add": add,
        "remove": remove,
    }
    lane = f"wecom.tags:{relation.id}"
    delivery.deliver(actor, "wecom.mark_tag", f"wecom.mark_tag:{key}:{relation.id}", payload, lane=lane)
