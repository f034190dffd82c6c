"""Scans of live codes in the past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from cove.facts.live_codes import CodeScanned
from cove.facts.people import VisitorJoined
from cove.kernel.ids import visitor_id
from cove.launch.demo.life.plan import CHINA
from cove.launch.demo.outside import WECHAT_AGENT
from cove.launch.demo.past.book import Book, Does, Entry

_DAY = """
INSERT INTO live_codes_scan_day AS had (tenant_id, code_id, day, member_id, scans)
SELECT %s, * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::int[])
ON CONFLICT (code_id, day, member_id) DO UPDATE SET scans = had.scans + excluded.scans
"""


class Scans:
    """Keeps who opened which code, and how often each was opened on a day."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "live_codes_scan_visitor": ("tenant_id", "code_id", "day", "visitor_id"),
        "people_visitor": ("tenant_id", "contact_id", "visitor_id", "how", "joined_at"),
    }

    def __init__(self, book: Book) -> None:
        self.book = book
        self.does: Does = {"open_code": self._open, "glance": self._glance}
        self._visitors: dict[tuple[int, date, int], None] = {}
        self._joined: list[Sequence[Any]] = []
        self._days: Counter[tuple[int, date, int]] = Counter()

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        visitors: list[Sequence[Any]] = [(self.book.tenant_id, *one) for one in self._visitors]
        return {"live_codes_scan_visitor": visitors, "people_visitor": self._joined}

    def settle(self, cursor: Any) -> None:
        """Count the scans of each day; in order, because two pieces may speak of the same day."""
        if self._days:
            columns = zip(*((*day, times) for day, times in sorted(self._days.items())), strict=True)
            cursor.execute(_DAY, (self.book.tenant_id, *map(list, columns)))

    def _glance(self, entry: Entry) -> None:
        self._scan(entry)

    def _open(self, entry: Entry) -> None:
        visitor, at = self._scan(entry), entry.what.at
        added = next(one.at for one in entry.life.doings if one.do == "add")
        self._joined.append((self.book.tenant_id, entry.contact_id, visitor, "live_code", added))
        fact = VisitorJoined(contact_id=entry.contact_id, visitor_id=visitor, source="live_code", how="live_code")
        self.book.tell(fact, max(at, added))

    def _scan(self, entry: Entry) -> int:
        ground, what = self.book.ground, entry.what
        code = ground.codes[what.about]
        member_id, member_name = ground.members[what.text]
        visitor = visitor_id(self.book.tenant_id, what.name)
        day = what.at.astimezone(CHINA).date()
        self._visitors[code.id, day, visitor] = None
        self._days[code.id, day, member_id] += 1
        fact = CodeScanned(
            visitor_id=visitor,
            code_id=code.id,
            code_name=code.name,
            visit=self.book.plan.name("visit", what.name, what.at)[:22],
            member_id=member_id,
            member_name=member_name,
            user_agent=WECHAT_AGENT,
            **code.utm,
        )
        self.book.tell(fact, what.at)
        return visitor
