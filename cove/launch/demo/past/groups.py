"""Customer groups of the past: who joined, by which way, who left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from cove.facts.wecom import GroupJoined, GroupLeft
from cove.launch.demo.life.groups import GROUPS, INVITED, group_name
from cove.launch.demo.past.book import Book, Does, Entry

_PERSON = (
    *("tenant_id", "group_id", "platform_id", "member", "contact_id", "name", "way", "state", "inviter"),
    *("joined_at", "left_at"),
)
_GROUP = """
INSERT INTO wecom_group AS had (id, tenant_id, chat_id, name, owner_userid, owner_id, notice, version, people, customers, made_at, read_at)
VALUES (%s, %s, %s, %s, %s, %s, '', %s, %s, %s, %s, %s)
ON CONFLICT (tenant_id, chat_id) DO UPDATE SET people = had.people + excluded.customers, customers = had.customers + excluded.customers
"""
_OWNER = """
INSERT INTO wecom_group_person (tenant_id, group_id, platform_id, member, name, way, state, inviter, joined_at)
VALUES (%s, %s, %s, true, %s, %s, '', '', %s) ON CONFLICT (tenant_id, group_id, platform_id) DO NOTHING
"""
_VERSION = f"{1:032x}"
"""What the platform calls the state of a group's people that nobody has changed yet."""


class Groups:
    """Keeps each group with its people; `first` is the number of the plan's first group in the tables."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {"wecom_group_person": _PERSON}

    def __init__(self, book: Book, first: int) -> None:
        self.book, self.first = book, first
        self.does: Does = {"join": self._join, "leave_group": self._leave}
        self._persons: dict[tuple[int, int], dict[str, Any]] = {}

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        return {"wecom_group_person": [[one[name] for name in _PERSON] for one in self._persons.values()]}

    def settle(self, cursor: Any) -> None:
        """Write the groups themselves, or count who came into those that are there; in one order, as other pieces do."""
        staying = Counter(group for (group, _), one in self._persons.items() if one["left_at"] is None)
        tenant_id, now = self.book.tenant_id, self.book.ground.now
        for group in sorted({group for group, _ in self._persons}):
            userid, made = GROUPS[group % len(GROUPS)][1], self._made(group)
            owner_id, owner = self.book.ground.members[userid]
            count, name = staying[group], group_name(group)
            row = (self.first + group, tenant_id, self._chat(group), name, userid, owner_id, _VERSION, count + 1, count)
            cursor.execute(_GROUP, (*row, made, now))
            cursor.execute(_OWNER, (tenant_id, self.first + group, userid, owner, INVITED, made))

    def story(self) -> list[dict[str, Any]]:
        """Return what the platform has to know of the groups: who is in them."""
        told: dict[int, dict[str, Any]] = {}
        for (group, _), one in sorted(self._persons.items()):
            chat = told.setdefault(
                group,
                {
                    "chat_id": self._chat(group),
                    "name": group_name(group),
                    "owner": GROUPS[group % len(GROUPS)][1],
                    "at": int(self._made(group).timestamp()),
                    "members": [],
                },
            )
            if one["left_at"] is None:
                at = int(one["joined_at"].timestamp())
                chat["members"].append({"person": one["platform_id"], "at": at, "scene": one["way"]})
        return list(told.values())

    def _chat(self, group: int) -> str:
        return f"wr{self.book.plan.name('group', group)[:30]}"

    def _made(self, group: int) -> Any:
        begun = self.book.plan.until - timedelta(days=round(self.book.plan.months * 30.44) - 1)
        return begun.replace(microsecond=0) + timedelta(minutes=group % 600)

    def _join(self, entry: Entry) -> None:
        group, way, external = int(entry.what.about), int(entry.what.text), entry.life.external_userid
        userid = GROUPS[group % len(GROUPS)][1]
        self._persons[group, entry.contact_id] = {
            "tenant_id": self.book.tenant_id,
            "group_id": self.first + group,
            "platform_id": external,
            "member": False,
            "contact_id": entry.contact_id,
            "name": entry.life.who.nick,
            "way": way,
            "state": "",
            "inviter": userid if way == INVITED else "",
            "joined_at": entry.what.at,
            "left_at": None,
        }
        self.book.tell(GroupJoined(**self._said(entry, group), way=way), entry.what.at)

    def _leave(self, entry: Entry) -> None:
        group = int(entry.what.about)
        self._persons[group, entry.contact_id]["left_at"] = entry.what.at
        self.book.tell(GroupLeft(**self._said(entry, group), removed=False), entry.what.at)

    def _said(self, entry: Entry, group: int) -> dict[str, Any]:
        owner_id, _ = self.book.ground.members[GROUPS[group % len(GROUPS)][1]]
        return {
            "contact_id": entry.contact_id,
            "member_id": owner_id,
            "group_id": self.first + group,
            "group_name": group_name(group),
            "external_userid": entry.life.external_userid,
        }
