"""Who uses a mini-program."""

from __future__ import annotations

from collections.abc import Mapping

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import Evidence
from cove.engine.channels.wechat.commands.followers import admit, meet
from cove.engine.channels.wechat.contracts.cards import FollowerCard
from cove.engine.channels.wechat.permissions import TAKE_OVER
from cove.facts.wechat import MiniProgramOpened, PhoneGiven
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.ids import visitor_id


@command(TAKE_OVER)
def take_session(actor: Actor, *, account_id: int, openid: str, unionid: str, anonymous_id: str = "") -> FollowerCard:
    """Take somebody who signed in to a mini-program: a contact, told of once a day, with the past of his phone (`anonymous_id`).

    Raises NotFound for an account that is gone.
    """
    row = meet(actor, account_id=account_id, openid=openid)
    if row is None:
        raise NotFound
    now, new = clock.now(), False
    if row.contact_id is None or (unionid and unionid != row.unionid):
        new = admit(actor, row=row, unionid=unionid, at=now)
    if anonymous_id:
        # What proves it is WeChat's word to us about the very code that came with the number (docs/identity.md, rule 2).
        visitor = visitor_id(actor.tenant_id, anonymous_id)
        people.join_visitor(actor, contact_id=row.contact_id or 0, visitor_id=visitor, how="miniprogram")
    if row.seen_on != now.date():
        row.seen_on = now.date()
        row.save(update_fields=["seen_on"])
        publish(
            MiniProgramOpened(
                contact_id=row.contact_id or 0,
                account_id=row.account_id,
                account_name=row.account.name,
                openid=openid,
                new_contact=new,
            )
        )
    return FollowerCard(row.account_id, row.openid, row.contact_id, row.following)


@command(TAKE_OVER)
def take_phone(
    actor: Actor,
    *,
    account_id: int,
    openid: str,
    phone: str,
    purposes: Mapping[str, bool] | None = None,
    evidence: Evidence | None = None,
) -> None:
    """Take the number that somebody gave in a mini-program: into his profile, and as a way in which he is known, with his consents.

    Raises NotFound, UnknownPurpose.
    """
    row = meet(actor, account_id=account_id, openid=openid)
    if row is None or row.contact_id is None:
        raise NotFound
    people.fill_profile(actor, contact_id=row.contact_id, profile=Profile(phone=phone))
    people.add_identity(actor, contact_id=row.contact_id, identity=Identity("phone", phone))
    if purposes:
        privacy.keep_choices(
            actor,
            contact_id=row.contact_id,
            source="form",
            purposes=purposes,
            channels={},
            reason=row.account.name,
            evidence=evidence,
        )
    publish(
        PhoneGiven(contact_id=row.contact_id, account_id=row.account_id, account_name=row.account.name, phone=phone)
    )
