"""Who opens the company's pages inside WeChat."""

from __future__ import annotations

from cove.directory.people import facade as people
from cove.directory.people.contracts import Profile
from cove.engine.channels.wechat.commands.followers import admit, meet
from cove.engine.channels.wechat.contracts.answers import Granted, Person
from cove.engine.channels.wechat.contracts.cards import FollowerCard
from cove.engine.channels.wechat.permissions import TAKE_OVER
from cove.facts.wechat import PageOpened
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.ids import visitor_id

LONGEST_NAME, LONGEST_PICTURE = 64, 500


@command(TAKE_OVER)
def take_page_visitor(
    actor: Actor, *, account_id: int, granted: Granted, person: Person | None, anonymous_id: str
) -> FollowerCard:
    """Take somebody of whom WeChat said who he is: a contact, told of once a day, and the browser's past is his.

    A browser that is another contact's already stays that one's (docs/identity.md, rule 4). Raises NotFound for an account that is gone.
    """
    row = meet(actor, account_id=account_id, openid=granted.openid)
    if row is None:
        raise NotFound
    now, new = clock.now(), False
    unionid = granted.unionid or (person.unionid if person else "")
    if row.contact_id is None or (unionid and unionid != row.unionid):
        new = admit(actor, row=row, unionid=unionid, at=now)
    contact_id = row.contact_id or 0
    if person is not None:
        people.fill_profile(actor, contact_id=contact_id, profile=_profile(person), source="official_account")
    people.join_visitor(
        actor, contact_id=contact_id, visitor_id=visitor_id(actor.tenant_id, anonymous_id), how="wechat"
    )
    if row.seen_on != now.date():
        row.seen_on = now.date()
        row.save(update_fields=["seen_on"])
        publish(
            PageOpened(
                contact_id=contact_id,
                account_id=row.account_id,
                account_name=row.account.name,
                openid=row.openid,
                agreed=person is not None,
                new_contact=new,
            )
        )
    return FollowerCard(row.account_id, row.openid, row.contact_id, row.following)


def _profile(person: Person) -> Profile:
    picture = person.headimgurl if person.headimgurl.startswith("https://") else ""
    return Profile(
        name=person.nickname.strip()[:LONGEST_NAME] or None,
        avatar_url=picture if picture and len(picture) <= LONGEST_PICTURE else None,
    )
