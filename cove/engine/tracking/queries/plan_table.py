"""The plan as a table: one line for each property, an event without properties on a line of its own. Read back as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cove.engine.tracking.errors import PlanHeadUnknown
from cove.engine.tracking.queries.checking import TYPES
from cove.engine.tracking.queries.plan_faults import faults_of
from cove.kernel.uploads import Table
from cove.kernel.words import Words

BETWEEN_CHOICES = "|"
HEADS: dict[str, Words] = {
    "event": Words("事件", "Event"),
    "note": Words("事件说明", "Event note"),
    "status": Words("状态", "Status"),
    "pql": Words("PQL", "PQL"),
    "property": Words("属性", "Property"),
    "type": Words("类型", "Type"),
    "required": Words("必填", "Required"),
    "choices": Words("可选值", "Choices"),
    "pattern": Words("格式", "Pattern"),
    "property_note": Words("属性说明", "Property note"),
}
STATUSES: dict[str, Words] = {
    "draft": Words("草稿", "Draft"),
    "live": Words("上线", "Live"),
    "retired": Words("停用", "Retired"),
}
TYPE_WORDS: dict[str, Words] = {
    "text": Words("文本", "Text"),
    "number": Words("数字", "Number"),
    "integer": Words("整数", "Integer"),
    "boolean": Words("是否", "Yes or no"),
    "time": Words("时间", "Time"),
    "list": Words("列表", "List"),
    "object": Words("对象", "Object"),
}
_YES_NO = {"yes": Words("是", "Yes"), "no": Words("否", "No")}
_YES = {"是", "yes", "true", "1", "y", "✓"}
_NO = {"", "否", "no", "false", "0", "n"}
_BY_FIELD = {"name": "property", "note": "property_note"}

_ONE_OF = Words("须为：{words}", "Must be one of: {words}")
_YES_OR_NO = Words("请填写「是」或「否」", "Write yes or no")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line and a column, with its remedy."""

    row: int
    column: str
    words: Words


@dataclass(slots=True)
class ReadEvent:
    """An event out of a table, `row` its first line; `status` and `pql` are None where no line says."""

    row: int
    name: str
    note: str = ""
    status: str | None = None
    pql: bool | None = None
    properties: list[dict[str, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def table_rows(documents: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    """Give the lines of a plan, in the reader's language; `documents` are events as `as_published` gives them."""
    for one in documents:
        said = [one["name"], one["note"], STATUSES[one["status"]].here(), _yes(one["pql"])]
        for planned in one["properties"] or [None]:
            yield [*said, *_property_cells(planned)]


def events_in(table: Table) -> tuple[list[ReadEvent], list[Fault]]:
    """Return the events of a table and everything that is wrong with them. Raises PlanHeadUnknown."""
    columns = _columns(table.head)
    events: dict[str, ReadEvent] = {}
    faults: list[Fault] = []
    for number, row in table.rows:
        cells = {key: _plain(row[place]) for key, place in columns.items()}
        event = events.setdefault(cells["event"], ReadEvent(number, cells["event"]))
        event.note = event.note or cells.get("note", "")
        _read_event(event, number, cells, faults)
        if cells.get("property"):
            event.properties.append(_read_property(number, cells, faults))
            event.rows.append(number)
    for event in events.values():
        faults += _judged(event)
    return list(events.values()), sorted(faults, key=lambda one: one.row)


def _columns(head: Sequence[str]) -> dict[str, int]:
    spelled = {spelling.casefold(): key for key, words in HEADS.items() for spelling in (key, words.zh, words.en)}
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        key = spelled.get(cell.strip(" *＊").casefold())
        if key is not None:
            found.setdefault(key, place)
    for needed in ("event", "property", "type"):
        if needed not in found:
            words = PlanHeadUnknown.words.with_values(missing=HEADS[needed].here())
            raise PlanHeadUnknown(missing=HEADS[needed].here(), fields={"file": words})
    return found


def _read_event(event: ReadEvent, number: int, cells: Mapping[str, str], faults: list[Fault]) -> None:
    if cells.get("status"):
        status = _key_of(STATUSES, cells["status"])
        if status is None:
            faults.append(Fault(number, "status", _one_of(STATUSES)))
        event.status = event.status or status
    if cells.get("pql"):
        event.pql = bool(event.pql) or _yes_or_no(number, "pql", cells["pql"], faults)


def _read_property(number: int, cells: Mapping[str, str], faults: list[Fault]) -> dict[str, Any]:
    planned = _key_of(TYPE_WORDS, cells["type"] or "text")
    if planned is None:
        faults.append(Fault(number, "type", _one_of(TYPE_WORDS)))
    return {
        "name": cells["property"],
        "type": planned or "text",
        "required": _yes_or_no(number, "required", cells.get("required", ""), faults),
        "choices": [one.strip() for one in cells.get("choices", "").split(BETWEEN_CHOICES) if one.strip()],
        "pattern": cells.get("pattern", ""),
        "note": cells.get("property_note", ""),
    }


def _judged(event: ReadEvent) -> list[Fault]:
    found = []
    for name, words in faults_of(event.name, event.note, event.properties).items():
        place, _, name_in = name.removeprefix("properties.").partition(".")
        if name_in:
            found.append(Fault(event.rows[int(place)], _BY_FIELD.get(name_in, name_in), words))
        else:
            found.append(Fault(event.row, {"name": "event", "properties": "property"}.get(name, name), words))
    return found


def _property_cells(planned: Mapping[str, Any] | None) -> list[str]:
    if planned is None:
        return ["", "", "", "", "", ""]
    choices = f" {BETWEEN_CHOICES} ".join(planned["choices"])
    words = TYPE_WORDS[planned["type"]].here()
    return [planned["name"], words, _yes(planned["required"]), choices, planned["pattern"], planned["note"]]


def _plain(cell: str) -> str:
    # Our own tables put an apostrophe before what a spreadsheet would compute.
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell


def _yes(value: object) -> str:
    return _YES_NO["yes" if value else "no"].here()


def _yes_or_no(number: int, column: str, cell: str, faults: list[Fault]) -> bool:
    said = cell.casefold()
    if said not in _YES | _NO:
        faults.append(Fault(number, column, _YES_OR_NO))
    return said in _YES


def _key_of(words: Mapping[str, Words], cell: str) -> str | None:
    said = cell.casefold()
    return next((key for key, one in words.items() if said in (key, one.zh, one.en.casefold())), None)


def _one_of(words: Mapping[str, Words]) -> Words:
    both = [" / ".join(one.zh for one in words.values()), " / ".join(one.en for one in words.values())]
    return Words(_ONE_OF.zh.format(words=both[0]), _ONE_OF.en.format(words=both[1]))


if set(TYPE_WORDS) != set(TYPES):
    raise RuntimeError("every type has its words")
