"""The clerk who lays what passed: in the order in which it happened, for the contacts of one piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cove.launch.demo.bulk.scribe import Scribe
from cove.launch.demo.life.groups import GROUPS
from cove.launch.demo.life.lives import Life
from cove.launch.demo.life.outreach import SHOWS_HIM
from cove.launch.demo.life.plan import Plan
from cove.launch.demo.past.behaviour import Behaviour
from cove.launch.demo.past.book import Book, Entry
from cove.launch.demo.past.consents import Consents
from cove.launch.demo.past.groups import Groups
from cove.launch.demo.past.leads import Leads
from cove.launch.demo.past.mails import Mails
from cove.launch.demo.past.masses import MOST_MASSES, Masses
from cove.launch.demo.past.moments import MOST_MOMENTS, Moments
from cove.launch.demo.past.scans import Scans
from cove.launch.demo.past.texts import MOST_TEXTS, Texts
from cove.launch.demo.past.wechat import Wechat

_DESKS = (Consents, Mails, Texts, Wechat, Leads, Groups, Moments, Masses, Behaviour, Scans)
COLUMNS: Mapping[str, tuple[str, ...]] = {table: columns for desk in _DESKS for table, columns in desk.COLUMNS.items()}
"""The columns that are written, by table, parents before children."""
NUMBERS = {
    "texts": ("sms_message", "id", MOST_TEXTS),
    "leads": ("ads_lead", "id", 1),
    "groups": ("wecom_group", "id", len(GROUPS)),
    "moments": ("wecom_moment", "id", MOST_MOMENTS),
    "masses": ("wecom_mass_task", "id", MOST_MASSES),
    "mass_targets": ("wecom_mass_target", "id", MOST_MASSES),
    # Behind all others, as a list of results shows them.
    "mass_left_out": ("wecom_mass_target", "id", MOST_MASSES),
}
"""Numbers that are set aside beforehand, because facts name them: table, column, and how many for a contact."""


class Past:
    """Lays the past of the contacts from number `first` of a plan on, with numbers out of `numbers`."""

    def __init__(self, scribe: Scribe, plan: Plan, numbers: Mapping[str, int], first: int) -> None:
        book = Book(scribe, plan, {name: numbers[name] + first * most for name, (_, _, most) in NUMBERS.items()})
        consents = Consents(book)
        self.book = book
        self.wechat, self.groups = Wechat(book), Groups(book, numbers["groups"])
        many = (Moments(book, numbers["moments"]), Masses(book, numbers["masses"]), Behaviour(book), Scans(book))
        self.settling = (self.wechat, self.groups, *many)
        self.desks = (consents, Mails(book, consents), Texts(book, consents), Leads(book), *self.settling)
        self._does = {do: does for desk in self.desks for do, does in desk.does.items()}

    def lay(self, lives: Iterable[tuple[Life, int]]) -> dict[str, list[Sequence[Any]]]:
        """Write the facts of these contacts (each with his number) and return the rows by table."""
        entries = [Entry(one, life, contact) for life, contact in lives for one in life.passed]
        for entry in sorted(entries, key=lambda one: (one.what.at, one.life.number)):
            self._does[entry.what.do](entry)
        rows: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
        for desk in self.desks:
            for table, found in desk.rows().items():
                rows[table] += found
        return rows

    def story(self) -> dict[str, list[dict[str, Any]]]:
        """Return what the platform has to be told of this past, quietly."""
        return {**self.wechat.story(), "groups": self.groups.story()}

    def settle(self, cursor: Any) -> None:
        """Count what these rows add to others that are there."""
        for desk in self.settling:
            desk.settle(cursor)


def last_seen(life: Life) -> datetime | None:
    """Return when the past shows last that a contact was there himself."""
    return max((one.at for one in life.passed if one.do in SHOWS_HIM), default=None)
