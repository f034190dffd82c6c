"""Moments of the past: published by members, liked and commented on by their friends."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from cove.engine.channels.wecom.contracts.contents import Content
from cove.facts.wecom import MomentCommented, MomentLiked
from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.codes import MEMBERS
from cove.launch.demo.life.moments import moments_of
from cove.launch.demo.past.book import Book, Does, Entry

MOST_MOMENTS = 40
"""Numbers that are set aside for each contact: a plan of one contact has as many moments as any other."""
_REACTION = ("tenant_id", "moment_id", "contact_id", "userid", "form", "at")
_MOMENT = """
INSERT INTO wecom_moment
  (id, tenant_id, key, content, userids, tag_ids, subject, jobid, moment_id, state, reason, asked_at, read_at, ends_at)
VALUES (%s, %s, %s, %s, %s, '{}', %s, %s, %s, 'done', '', %s, %s, %s) ON CONFLICT (tenant_id, key) DO NOTHING
"""
_MEMBER = """
INSERT INTO wecom_moment_member AS had (tenant_id, moment_id, userid, published_at, likes, comments) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (tenant_id, moment_id, userid)
DO UPDATE SET likes = had.likes + excluded.likes, comments = had.comments + excluded.comments
"""


class Moments:
    """Keeps who liked what; `first` is the number of the plan's first moment in the tables."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {"wecom_moment_reaction": _REACTION}

    def __init__(self, book: Book, first: int) -> None:
        self.book, self.first = book, first
        self.moments = moments_of(Calendar(book.plan))
        self.does: Does = {"like": self._react, "comment": self._react}
        self._reactions: list[Sequence[Any]] = []
        self._counts: Counter[tuple[int, str, str]] = Counter()

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        return {"wecom_moment_reaction": self._reactions}

    def settle(self, cursor: Any) -> None:
        """Write the moments that are not there, and count at their members who reacted."""
        tenant_id, plan = self.book.tenant_id, self.book.plan
        for number, one in enumerate(self.moments):
            content = json.dumps(Content(text=one.text, attachments=()).model_dump(mode="json"), ensure_ascii=False)
            name, asked = plan.name("moment", number), one.at - timedelta(hours=20)
            row = (self.first + number, tenant_id, f"demo:{name[:24]}", content, sorted(MEMBERS), one.subject)
            ids = (f"job{name[:24]}", f"mom{name[:24]}")
            cursor.execute(_MOMENT, (*row, *ids, asked, one.at + timedelta(days=7), asked + timedelta(days=7)))
            for userid in sorted(MEMBERS):
                counts = (self._counts[number, userid, "like"], self._counts[number, userid, "comment"])
                cursor.execute(_MEMBER, (tenant_id, self.first + number, userid, one.at, *counts))

    def _react(self, entry: Entry) -> None:
        number, userid, form = int(entry.what.about), entry.what.text, entry.what.do
        at = entry.what.at.replace(microsecond=0)
        self._counts[number, userid, form] += 1
        self._reactions.append((self.book.tenant_id, self.first + number, entry.contact_id, userid, form, at))
        kind = MomentLiked if form == "like" else MomentCommented
        fact = kind(
            contact_id=entry.contact_id,
            member_id=self.book.ground.members[userid][0],
            moment_id=self.first + number,
            subject=self.moments[number].subject,
        )
        self.book.tell(fact, at)
