"""Eight people on whom every evaluator of rules is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cove.directory.org.models import Member
from cove.directory.people.commands.contacts import admit_contact, change_contact, set_source
from cove.directory.people.commands.owners import begin_ownership, end_ownership
from cove.directory.people.commands.tags import create_tag, create_tag_group, tag_contact
from cove.directory.people.contracts import Identity, Profile
from cove.kernel import clock
from cove.kernel.actor import Actor


@dataclass(frozen=True)
class World:
    """Ids by the letter of the name; `since` is a moment between the old people and the new."""

    people: dict[str, int]
    tags: dict[str, int]
    members: dict[str, int]
    since: datetime


# letter: name, company, source, days ago, tags, owners (a minus: no longer)
_PEOPLE = {
    "a": ("Ann Éclair", "Harbour Ltd", "wecom", 1, ("vip",), ("wei",)),
    "b": ("张三", "港湾科技", "live_code", 2, ("vip", "fair"), ("wei", "lin")),
    "c": ("李四", "", "live_code", 3, ("fair",), ("-wei",)),
    "d": ("100% Dan_y", "harbour ltd", "web", 40, (), ()),
    "e": ("", "Straße", "web", 50, (), ("-wei", "lin")),
    "f": ("张三丰", "港湾", "wecom", 60, ("vip", "old"), ("-wei", "-lin")),
    "g": ("O'Neil \\ {x}", "A_B", "console", 400, ("old",), ()),
}

_ADDRESSES = {"a": {"phone": "13800138000"}, "b": {"phone": "13900138000", "email": "b@harbour.test"}}


def make_world(actor: Actor) -> World:
    """Make the people through the commands that people are really made by."""
    group = create_tag_group(actor, name="客户", library="sales")
    tags = {name: create_tag(actor, group_id=group.id, name=name).id for name in ("vip", "fair", "old", "nobody")}
    members = {name: Member.objects.create(name=name).id for name in ("wei", "lin")}
    now = clock.now()
    people = {}
    for letter, (name, company, source, days, has, owners) in _PEOPLE.items():
        at = now - timedelta(days=days)
        profile = Profile(name=name)
        contact, _ = admit_contact(actor, identity=Identity("user", letter), source=source, at=at, profile=profile)
        change_contact(actor, contact_id=contact.id, changes={"company_name": company, **_ADDRESSES.get(letter, {})})
        set_source(actor, contact_id=contact.id, source=source, detail="", ref=None)
        tag_contact(actor, contact_id=contact.id, add=[tags[one] for one in has])
        for owner in owners:
            who = members[owner.removeprefix("-")]
            begin_ownership(actor, contact_id=contact.id, member_id=who, since=at)
            if owner.startswith("-"):
                end_ownership(actor, contact_id=contact.id, member_id=who, until=now)
        people[letter] = contact.id
    return World(people, tags, members, now - timedelta(days=30))
