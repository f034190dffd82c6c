"""Mass messages of the past: asked for, confirmed by members, and what became of each friend."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from cove.engine.channels.wecom.contracts.contents import Content, Link
from cove.engine.channels.wecom.contracts.states import MassState, TargetState
from cove.facts.messages import MessageFailed, MessageSent
from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.masses import BLOCK, HAD_THE_MOST, NO_CONSENT, NO_FRIEND, SENT, WAITING, Mass, masses_of
from cove.launch.demo.life.site import SITE
from cove.launch.demo.past.book import Book, Does, Entry

MOST_MASSES = 60
"""Numbers that are set aside for each contact: a plan of one contact has as many mass messages as any other."""
_TARGET = ("id", "tenant_id", "task_id", "target", "contact_id", "userid", "state", "reason", "sent_at")
_STATES = {
    SENT: TargetState.SENT,
    WAITING: TargetState.WAITING,
    NO_CONSENT: TargetState.LEFT_OUT,
    NO_FRIEND: TargetState.NO_FRIEND,
    HAD_THE_MOST: TargetState.HAD_THE_MOST,
}
_READ_FOR = timedelta(days=7)
_TASK = """
INSERT INTO wecom_mass_task
  (id, tenant_id, key, chat_type, content, asked_by_id, sender, cause, subject, msgid, state, reason, reminder,
   asked_at, made_at, read_at, ends_at)
VALUES (%s, %s, %s, 'single', %s, %s, '', '', %s, %s, %s, '', '', %s, %s, %s, %s) ON CONFLICT (tenant_id, key) DO NOTHING
"""
_MEMBER = """
INSERT INTO wecom_mass_member (tenant_id, task_id, userid, sent_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (tenant_id, task_id, userid) DO NOTHING
"""


class Masses:
    """Keeps what became of each; `first` is the number of the plan's first mass message in the tables."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {"wecom_mass_target": _TARGET}

    def __init__(self, book: Book, first: int) -> None:
        self.book, self.first = book, first
        self.masses = masses_of(book.plan, Calendar(book.plan))
        self.does: Does = {"mass": self._write}
        self._targets: list[Sequence[Any]] = []
        self._asked: set[tuple[int, int, str]] = set()

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        return {"wecom_mass_target": self._targets}

    def settle(self, cursor: Any) -> None:
        """Write the tasks that are not there, and who had them to confirm; in one order, as other pieces do."""
        for block, number in sorted({one[:2] for one in self._asked}):
            self._write_task(cursor, block, number, self.masses[number])
        for block, number, userid in sorted(self._asked):
            if userid:
                sent = self.masses[number].sent[userid]
                cursor.execute(_MEMBER, (self.book.tenant_id, self._task(block, number), userid, sent))

    def _write_task(self, cursor: Any, block: int, number: int, one: Mass) -> None:
        card = (Link(title=one.title, url=SITE + one.path),) if one.title else ()
        content = json.dumps(Content(text=one.text, attachments=card).model_dump(mode="json"), ensure_ascii=False)
        asked_by, ends = self.book.channels.asks_id, one.at + _READ_FOR
        row = (self._task(block, number), self.book.tenant_id, self._key(block, number), content, asked_by, one.subject)
        msgid = f"msg{self.book.plan.name('msgid', block, number)}"
        cursor.execute(_TASK, (*row, msgid, MassState.DONE, one.at, one.at + timedelta(seconds=2), ends, ends))

    def _task(self, block: int, number: int) -> int:
        # In the order in which they were asked for, as lists show them.
        return self.first + number * (self.book.plan.contacts // BLOCK + 1) + block

    def _key(self, block: int, number: int) -> str:
        return f"demo:{self.book.plan.name('mass', number)[:16]}:{block}"

    def _write(self, entry: Entry) -> None:
        number, outcome, userid = int(entry.what.about), entry.what.text, entry.what.name
        block, contact, state = entry.life.number // BLOCK, entry.contact_id, _STATES[entry.what.text]
        left_out = state is TargetState.LEFT_OUT
        target_id = self.book.number("mass_left_out" if left_out else "mass_targets")
        if left_out:
            # As whoever is left out before anybody is asked: no member has him to write to.
            userid = ""
        self._asked.add((block, number, userid))
        target = f"contact:{contact}" if left_out else entry.life.external_userid
        told_by = "" if state is TargetState.WAITING else userid
        sent_at = entry.what.at if state is TargetState.SENT else None
        reason = outcome if state not in (TargetState.SENT, TargetState.WAITING) else ""
        ids = (target_id, self.book.tenant_id, self._task(block, number))
        self._targets.append((*ids, target, contact, told_by, state.value, reason, sent_at))
        member_id = self.book.ground.members[userid][0] if userid else None
        key = self._key(block, number).rpartition(":")[0] if left_out else self._key(block, number)
        said: dict[str, Any] = {
            "contact_id": contact,
            "member_id": member_id,
            "source": "wecom",
            "channel": "wecom",
            "message_key": f"{key}:{contact if left_out else target_id}",
            "subject": self.masses[number].subject,
        }
        if state is TargetState.SENT:
            self.book.tell(MessageSent(**said), entry.what.at)
        elif reason:
            self.book.tell(MessageFailed(**said, reason=reason), entry.what.at)
