"""What the platform counted of members' chats with their friends in the past, day by day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar

from cove.launch.demo.life.chats import ADDED, LOST
from cove.launch.demo.life.plan import CHINA
from cove.launch.demo.past.book import Book, Does, Entry

_KEEP = """
INSERT INTO wecom_behaviour AS had
  (tenant_id, member_id, day, applications, added, chats, messages, lost, reply_share, reply_minutes)
SELECT %s, member_id, day, added, added, chats, messages, lost, 100.0 * answered / nullif(chats, 0), minutes / nullif(answered, 0)
FROM jsonb_to_recordset(%s::jsonb)
  AS told (member_id bigint, day date, added int, chats int, answered int, messages int, minutes int, lost int)
ON CONFLICT (tenant_id, day, member_id) DO UPDATE SET
  applications = had.applications + excluded.applications, added = had.added + excluded.added, chats = had.chats + excluded.chats,
  messages = had.messages + excluded.messages, lost = had.lost + excluded.lost,
  reply_share = coalesce((had.reply_share * had.chats + excluded.reply_share * excluded.chats) / nullif(had.chats + excluded.chats, 0),
    had.reply_share, excluded.reply_share),
  reply_minutes = coalesce((had.reply_minutes + excluded.reply_minutes) / 2, had.reply_minutes, excluded.reply_minutes)
"""


@dataclass(slots=True)
class _Day:
    added: int = 0
    chats: int = 0
    answered: int = 0
    messages: int = 0
    minutes: int = 0
    lost: int = 0


class Behaviour:
    """Counts, for each member, the days that were over when the plan ended."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init__(self, book: Book) -> None:
        self.book = book
        self.today = book.plan.until.astimezone(CHINA).date()
        self.does: Does = {"count": self._count}
        self._days: defaultdict[tuple[date, int], _Day] = defaultdict(_Day)

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return no rows: other contacts are counted in the same ones."""
        return {}

    def settle(self, cursor: Any) -> None:
        """Add what was counted to what is there; in one order, as other pieces do."""
        told = [
            {"day": f"{day}", "member_id": member, **asdict(one)} for (day, member), one in sorted(self._days.items())
        ]
        if told:
            cursor.execute(_KEEP, (self.book.tenant_id, json.dumps(told)))

    def _count(self, entry: Entry) -> None:
        what, day = entry.what, entry.what.at.astimezone(CHINA).date()
        if day >= self.today:
            return
        one = self._days[day, self.book.ground.members[what.about][0]]
        if what.text == ADDED:
            one.added += 1
        elif what.text == LOST:
            one.lost += 1
        else:
            messages, _, minutes = what.name.partition(":")
            one.chats += 1
            one.messages += int(messages)
            one.answered += bool(minutes)
            one.minutes += int(minutes or 0)
