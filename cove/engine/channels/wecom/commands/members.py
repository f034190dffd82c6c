from __future__ import annotations

from datetime import datetime, timedelta

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryMember
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend
from cove.engine.channels.wecom.contracts.answers import User
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.kernel.actor import Actor
from cove.kernel.command import command

ACTIVE = 1
# Of the twenty seconds of a welcome code, the time we wait to learn the name of a member we do not know yet.
NAME_PATIENCE = timedelta(seconds=6)


@command(TAKE_OVER)
def fetch_member(
    actor: Actor,
    *,
    userid: str,
    key: str,
    was: str = "",
    then: FriendNews | None = None,
    not_before: datetime | None = None,
) -> None:
    """Ask the platform who a member is, not before `not_before`.

    `then` is the news of a friend he made, taken over afterwards whatever the platform says.
    """
    payload = {"userid": userid, "was": was, "then": then.as_payload() if then else None}
    delivery.deliver(
        actor,
        "wecom.fetch_member",
        f"wecom.fetch_member:{userid}:{key}",
        payload,
        not_before=not_before,
        not_after=then.at + NAME_PATIENCE if then else None,
        lane="" if then else f"wecom.member:{userid.lower()}",
    )


@command(TAKE_OVER)
def take_over_user(actor: Actor, *, user: User | None, userid: str, was: str, then: FriendNews | None) -> None:
    """Take over what the platform said of a member (None: nothing), then the friend he made.

    A member of whom nothing is known but that he made a friend is taken over under his userid: the friend must not be lost.
    """
    if user is not None:
        org.take_over_member(actor, entry=stated_member(user), was=was)
    if then is None:
        return
    member = org.member_by_wecom_userid(actor, userid)
    if member is None:
        entry = DirectoryMember(userid, userid, (), active=True)
        member = org.take_over_member(actor, entry=entry)
    add_friend(actor, news=then, member=member)


def stated_member(user: User) -> DirectoryMember:
    """Return a user of the platform as a member of an outside directory."""
    flags = user.is_leader_in_dept
    return DirectoryMember(
        userid=user.userid,
        name=user.name,
        department_ids=tuple(user.department),
        active=user.status == ACTIVE,
        main_id=user.main_department or None,
        leads=None
        if flags is None
        else tuple(key for key, leads in zip(user.department, flags, strict=False) if leads),
        job_title=user.position,
        phone=user.mobile,
        email=user.email,
    )
