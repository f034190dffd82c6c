"""Long work with people: files of contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any
from zoneinfo import ZoneInfo

from cove.directory.org import facade as org
from cove.directory.people.commands.exports import EXPORT_JOB, note_exported
from cove.directory.people.contracts import COLUMNS, SOURCES
from cove.directory.people.models import Contact
from cove.directory.people.permissions import CONTACTS_FILE, EMAIL, EXPORT_CONTACTS, PHONE, WECHAT_ID
from cove.directory.people.queries import Selection, page_after, selected
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.files.store import store_file
from cove.kernel.files.tables import MEDIA_TYPES, Cell, TableFormat, write_table
from cove.kernel.jobs.job import Progress, job
from cove.kernel.sensitive import SensitiveField
from cove.kernel.words import Language, Words, speaking

KEEP_FOR = timedelta(days=7)
PAGE = 2_000

_NAME = Words("客户导出 {when}", "Contacts {when}")
_SHEET = Words("客户", "Contacts")
_DONE = Words("已导出 {count} 位客户", "{count} contacts exported")
_SEPARATOR = Words("、", ", ")
_OTHER = Words("其他", "Other")
_LOST, _CURRENT = Words("已流失", "Lost"), Words("正常", "Current")
# WeCom document 92114, field gender.
_GENDERS = {1: Words("男", "Male"), 2: Words("女", "Female")}
_SENSITIVE: dict[str, SensitiveField] = {"phone": PHONE, "email": EMAIL, "wechat_id": WECHAT_ID}


@job(EXPORT_JOB, zh="导出客户", en="Export contacts")
def export_contacts(
    progress: Progress,
    actor: Actor,
    *,
    member_id: int,
    selection: dict[str, Any],
    columns: Sequence[str],
    kind: TableFormat,
    language: Language,
) -> str:
    """Write the contacts that the asker may export now, as he sees them, page by page into a file of his."""
    asker = org.actor_of(actor, member_id)
    with speaking(language):
        chosen = Selection.read(selection)
        table = _Table(progress, asker, chosen, columns, kind)
        file = store_file(
            asker,
            name=f"{_name_for(asker)}.{kind}",
            media_type=MEDIA_TYPES[kind],
            write=table.write,
            purpose=CONTACTS_FILE,
            keep_for=KEEP_FOR,
        )
        note_exported(
            actor,
            asker=asker,
            selection=chosen,
            file_id=file.id,
            count=table.count,
            columns=columns,
            revealed=[key for key in columns if key in _SENSITIVE and asker.sees(_SENSITIVE[key])],
        )
        # Nobody is led to a file of which the audit log does not know.
        progress.lead_to(f"/api/files/{file.id}")
        return _DONE.here({"count": table.count})


def _name_for(asker: Actor) -> str:
    """Where the company's pages carry the name of whoever looks at them, so does what he takes away."""
    company = org.tenant(asker)
    name = _NAME.here({"when": f"{clock.now().astimezone(ZoneInfo(company.timezone)):%Y-%m-%d %H%M}"})
    if not company.watermark:
        return name
    found = org.members_by_id(asker, [asker.member_id or 0]).get(asker.member_id or 0)
    return f"{name} {found.name}" if found else name


@dataclass(slots=True)
class _Table:
    progress: Progress
    asker: Actor
    selection: Selection
    columns: Sequence[str]
    kind: TableFormat
    count: int = 0

    def write(self, out: IO[bytes]) -> None:
        """Fill the open file."""
        self.count = write_table(
            out,
            self.kind,
            headings=[COLUMNS[key].here() for key in self.columns],
            rows=self._lines(),
            timezone=org.tenant(self.asker).timezone,
            sheet=_SHEET.here(),
        )

    def _lines(self) -> Iterator[list[Cell]]:
        rows = selected(self.asker, self.selection, EXPORT_CONTACTS)
        total, done, before = rows.count(), 0, None
        # Newest first, each page a short question of its own: nothing else waits for a long one.
        while page := page_after(rows, before=before, limit=PAGE):
            for row in page:
                yield [_CELLS[key](row, self.asker) for key in self.columns]
            done, before = done + len(page), page[-1].id
            self.progress.report(done=done, total=max(total, done))


def _masked(sensitive: SensitiveField, value: str, asker: Actor) -> str:
    return value if not value or asker.sees(sensitive) else sensitive.mask(value)


def _wechat_id(row: Contact, asker: Actor) -> str:
    everything = [*row.identities.all(), *(one for merged in row.merged.all() for one in merged.identities.all())]
    found = (one.value for one in everything if one.kind == "wecom_external")
    return _masked(WECHAT_ID, next(found, ""), asker)


def _owners(row: Contact, _asker: Actor) -> str:
    return _SEPARATOR.here().join(one.member.name for one in row.ownerships.all() if one.until is None)


def _state(row: Contact, _asker: Actor) -> str:
    lost = row.owner_count == 0 and len(row.ownerships.all()) > 0
    return (_LOST if lost else _CURRENT).here()


_CELLS: dict[str, Callable[[Contact, Actor], Cell]] = {
    "name": lambda row, _: row.name,
    "company_name": lambda row, _: row.company_name,
    "position": lambda row, _: row.position,
    "gender": lambda row, _: _GENDERS[row.gender].here() if row.gender in _GENDERS else "",
    "phone": lambda row, asker: _masked(PHONE, row.phone, asker),
    "email": lambda row, asker: _masked(EMAIL, row.email, asker),
    "wechat_id": _wechat_id,
    "source": lambda row, _: SOURCES.get(row.source, _OTHER).here(),
    "source_detail": lambda row, _: row.source_detail,
    "owners": _owners,
    "tags": lambda row, _: _SEPARATOR.here().join(one.tag.name for one in row.contact_tags.all()),
    "state": _state,
    "created_at": lambda row, _: row.created_at,
    "last_seen_at": lambda row, _: row.last_seen_at,
}
