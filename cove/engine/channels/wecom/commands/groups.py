"""Customer groups as the platform tells them: read whole, compared with what was known, the difference told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.groups import CUSTOMER, GroupChat, GroupPerson
from cove.engine.channels.wecom.models import WecomGroup, WecomGroupPerson, WecomRelation
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.facts.wecom import GroupChanged, GroupDismissed, GroupJoined, GroupLeft, GroupMade
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@dataclass(frozen=True, slots=True)
class Left:
    """Who left a group by one event, and whether they were removed."""

    platform_ids: tuple[str, ...]
    removed: bool
    at: datetime

    def as_payload(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"platform_ids": list(self.platform_ids), "removed": self.removed, "at": self.at.isoformat()}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Return what `as_payload` gave."""
        at = datetime.fromisoformat(payload["at"])
        return cls(tuple(payload["platform_ids"]), bool(payload["removed"]), at)


@command(TAKE_OVER)
def fetch_group(
    actor: Actor,
    *,
    chat_id: str,
    key: str,
    not_before: datetime | None = None,
    version: str = "",
    left: Left | None = None,
) -> None:
    """Ask the platform who is in a group; what it says is taken over when it answers.

    `version` is what it said of itself in the event: an older answer is asked for again. `left` are those who left by that event.
    """
    payload = {"chat_id": chat_id, "version": version, "left": left.as_payload() if left else None}
    name = f"wecom.fetch_group:{chat_id}:{key}"
    delivery.deliver(actor, "wecom.fetch_group", name, payload, not_before=not_before, lane=f"wecom.group:{chat_id}")


@command(TAKE_OVER)
def take_over_group(actor: Actor, *, chat: GroupChat, read_at: datetime, left: Left | None = None) -> None:
    """Make a group equal to what the platform told at `read_at`: who joined, who left, its name. What was read earlier is ignored."""
    owner = org.member_by_wecom_userid(actor, chat.owner)
    made_at = datetime.fromtimestamp(chat.create_time, UTC)
    row, new = WecomGroup.objects.get_or_create(
        chat_id=chat.chat_id, defaults={"made_at": made_at, "read_at": read_at, "name": chat.name}
    )
    row = WecomGroup.objects.select_for_update().get(id=row.id)
    if not new and row.read_at >= read_at:
        return
    changed = [] if new else _changes(row, chat)
    row.name, row.notice, row.version = chat.name, chat.notice, chat.member_version
    row.owner_userid, row.owner_id = chat.owner, owner.id if owner else None
    row.people = len(chat.member_list)
    row.customers = sum(one.type == CUSTOMER for one in chat.member_list)
    row.read_at, row.dismissed_at = read_at, None
    row.save()
    if new:
        publish(GroupMade(member_id=row.owner_id, group_id=row.id, group_name=row.name), at=made_at)
    elif changed:
        publish(GroupChanged(member_id=row.owner_id, group_id=row.id, group_name=row.name, fields=changed), at=read_at)
    _take_over_persons(actor, row, chat.member_list, read_at, left)


@command(TAKE_OVER)
def dismiss_group(actor: Actor, *, chat_id: str, at: datetime) -> bool:
    """Take over the end of a group; False if it is not known or ended before."""
    row = WecomGroup.objects.select_for_update().filter(chat_id=chat_id, dismissed_at=None).first()
    if row is None or row.made_at > at:
        return False
    row.dismissed_at, row.read_at, row.people, row.customers = at, max(row.read_at, at), 0, 0
    row.save(update_fields=["dismissed_at", "read_at", "people", "customers"])
    WecomGroupPerson.objects.filter(group=row, left_at=None).update(left_at=at)
    publish(GroupDismissed(member_id=row.owner_id, group_id=row.id, group_name=row.name), at=at)
    return True


@command(TAKE_OVER)
def dismiss_missing(actor: Actor, *, owners: Sequence[str], seen: Iterable[str], before: datetime) -> int:
    """End the groups of these owners that the platform no longer lists; return how many. What was read after `before` is left alone."""
    wanted = [one.lower() for one in owners]
    rows = WecomGroup.objects.filter(dismissed_at=None, read_at__lt=before).exclude(chat_id__in=list(seen))
    gone = [row.chat_id for row in rows if row.owner_userid.lower() in wanted]
    return sum(dismiss_group(actor, chat_id=chat_id, at=clock.now()) for chat_id in gone)


@command(TAKE_OVER)
def recognise_in_groups(actor: Actor, *, external_userid: str, contact_id: int) -> None:
    """Note that somebody who is in groups is a contact now."""
    rows = WecomGroupPerson.objects.filter(platform_id=external_userid, member=False, contact=None)
    rows.update(contact_id=contact_id)


def _changes(row: WecomGroup, chat: GroupChat) -> list[str]:
    pairs = (
        ("name", row.name, chat.name),
        ("notice", row.notice, chat.notice),
        ("owner", row.owner_userid.lower(), chat.owner.lower()),
    )
    return [name for name, was, now in pairs if was != now]


def _take_over_persons(
    actor: Actor, group: WecomGroup, told: Sequence[GroupPerson], read_at: datetime, left: Left | None
) -> None:
    known = {row.platform_id: row for row in WecomGroupPerson.objects.filter(group=group).select_for_update()}
    there = {one.userid for one in told}
    joined = [one for one in told if one.userid not in known or known[one.userid].left_at is not None]
    gone = [row for key, row in known.items() if row.left_at is None and key not in there]
    contacts = _contacts(actor, [one.userid for one in joined if one.type == CUSTOMER])
    ways = queries.way_names(actor, {one.state for one in joined})
    for one in joined:
        _enter(group, known.get(one.userid), one, contacts.get(one.userid), ways.get(one.state, ""))
    for row in gone:
        row.left_at = left.at if left else read_at
        row.save(update_fields=["left_at"])
        if not row.member:
            removed = left.removed if left and row.platform_id in left.platform_ids else None
            publish(
                GroupLeft(
                    contact_id=row.contact_id,
                    member_id=group.owner_id,
                    group_id=group.id,
                    group_name=group.name,
                    external_userid=row.platform_id,
                    removed=removed,
                ),
                at=row.left_at,
            )


def _enter(
    group: WecomGroup, row: WecomGroupPerson | None, told: GroupPerson, contact_id: int | None, way_name: str
) -> None:
    row = row or WecomGroupPerson(group=group, platform_id=told.userid)
    row.member, row.name, row.way, row.state = told.type != CUSTOMER, told.name, told.join_scene, told.state
    row.inviter, row.left_at = told.invitor.userid, None
    row.joined_at = datetime.fromtimestamp(told.join_time, UTC)
    row.contact_id = contact_id
    row.save()
    if not row.member:
        publish(
            GroupJoined(
                contact_id=contact_id,
                member_id=group.owner_id,
                group_id=group.id,
                group_name=group.name,
                external_userid=row.platform_id,
                way=row.way,
                state=row.state,
                way_name=way_name,
            ),
            at=row.joined_at,
        )


def _contacts(actor: Actor, external_userids: Sequence[str]) -> dict[str, int]:
    """Return which contacts these are, as far as somebody of ours is or was their friend."""
    rows = WecomRelation.visible_to(actor).filter(external_userid__in=external_userids, contact__isnull=False)
    found = dict(rows.values_list("external_userid", "contact_id"))
    stays = people.leads_of(actor, set(found.values()))
    return {key: stays.get(contact_id, contact_id) for key, contact_id in found.items()}
