"""Pages of customers as the platform lists them: most of a company's are as they were, and are found so by a few questions for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile, Told
from cove.engine.channels.wecom.contracts.answers import ExternalContact, Followed, FollowUser
from cove.engine.channels.wecom.models import WecomRelation
from cove.kernel.actor import Actor


def profile_of(said: ExternalContact) -> Profile:
    """Return what the platform says of a customer as others take it."""
    return Profile(
        name=said.name or None,
        avatar_url=said.avatar or None,
        gender=said.gender or None,
        company_name=said.corp_full_name or said.corp_name or None,
        position=said.position or None,
    )


def news_among(actor: Actor, rows: Sequence[Followed], *, read_at: datetime) -> list[Followed]:
    """Return those of the rows, read at `read_at`, that say anything we do not know; as many questions for one as for a page."""
    external = {row.external_contact.external_userid for row in rows}
    numbers = people.numbers_by_identity(actor, "wecom_external", sorted(external))
    found = WecomRelation.visible_to(actor).filter(external_userid__in=external)
    relations = {(row.userid.lower(), row.external_userid): row for row in found}
    told: dict[int, Told] = {}
    for place, row in enumerate(rows):
        key = (row.follow_info.userid.lower(), row.external_contact.external_userid)
        relation, number = relations.get(key), numbers.get(key[1])
        if relation and relation.friend and relation.contact_id == number and _same_tags(relation, row, read_at):
            told[place] = _told(
                relation.contact_id or 0, relation.member_id or 0, row.external_contact, row.follow_info
            )
    places = list(told)
    known = {places[one] for one in people.told_before(actor, list(told.values()))}
    return [row for place, row in enumerate(rows) if place not in known]


def _same_tags(relation: WecomRelation, row: Followed, read_at: datetime) -> bool:
    late = relation.tags_at is not None and relation.tags_at >= read_at
    return late or set(relation.tag_ids) == set(row.follow_info.corp_tag_ids())


def _told(contact_id: int, member_id: int, said: ExternalContact, follow: FollowUser) -> Told:
    names = (Identity("unionid", said.unionid),) if said.unionid else ()
    return Told(contact_id, profile_of(said), names, member_id, follow.add_way, follow.remark)
