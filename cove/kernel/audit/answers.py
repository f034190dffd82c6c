"""Entries and changes in the reader's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

from cove.kernel.actor import Actor
from cove.kernel.audit.deeds import COMMAND, deeds
from cove.kernel.audit.models import AuditChange, AuditEntry
from cove.kernel.audit.schemas import (
    ActorKind,
    AuditCauseAnswer,
    AuditChangeAnswer,
    AuditDetailAnswer,
    AuditEntryAnswer,
    AuditRecordAnswer,
    AuditValueAnswer,
    DoorName,
    OpName,
    OutcomeName,
)
from cove.kernel.http.masking import shown_to
from cove.kernel.http.shapes import NamedId
from cove.kernel.log.fact import catalogue
from cove.kernel.log.reactions import reactions
from cove.kernel.operations import operations
from cove.kernel.records import column_label, kind_flagged, models_by_kind, record_of, titles
from cove.kernel.sensitive import SensitiveField, sensitive_fields
from cove.kernel.words import Words

Names = dict[tuple[str, int], str]

SEPARATOR = Words("、", ", ")
_YES, _NO = Words("是", "Yes"), Words("否", "No")
_UNKNOWN = Words("执行操作", "Did something")
_DETAILS = {
    "fields": Words("字段", "Fields"),
    "filter": Words("筛选条件", "Filter"),
    "count": Words("数量", "Count"),
    "before": Words("早于", "Older than"),
    "reason": Words("原因", "Reason"),
    "contact_id": Words("客户", "Contact"),
}


def names_for(entries: Sequence[AuditEntry], changes: Iterable[AuditChange] = ()) -> Names:
    """Return the names of all that entries and changes mention: one statement for each kind of record."""
    member = kind_flagged("is_the_member")
    wanted = {(row.record_kind, row.record_id) for row in entries if row.record_id is not None}
    wanted |= {(member, row.member_id) for row in entries if row.member_id is not None}
    for change in changes:
        if change.row_id is not None:
            wanted.add((change.kind, change.row_id))
        for values in (change.before, change.after):
            pointing = _pointing(change.kind)
            wanted |= {
                (pointing[name], one)
                for name, one in (values or {}).items()
                if name in pointing and isinstance(one, int)
            }
    return titles(wanted)


def entry_fields(row: AuditEntry, names: Names) -> dict[str, Any]:
    """Return the fields of an `AuditEntryAnswer`."""
    name = names.get((kind_flagged("is_the_member"), row.member_id or 0), "")
    return {
        "id": row.id,
        "at": row.at,
        "deed": row.deed,
        "label": _label(row),
        "command": row.command,
        "operation": row.operation,
        "outcome": cast("OutcomeName", row.outcome),
        "actor_kind": cast("ActorKind", row.actor_kind),
        "member": NamedId(id=row.member_id, name=name) if row.member_id else None,
        "key_id": row.key_id,
        "record": record_answer(row.record_kind, row.record_id, names) if row.record_kind else None,
        "record_count": len(row.record_ids) if row.record_ids else int(row.record_id is not None),
        "door": cast("DoorName", row.door),
        "address": row.address,
    }


def entry_answer(row: AuditEntry, names: Names) -> AuditEntryAnswer:
    """Return an entry as lists show it."""
    return AuditEntryAnswer(**entry_fields(row, names))


def record_answer(kind: str, row_id: int | None, names: Names) -> AuditRecordAnswer:
    """Return a record by what it is called, with the link to its page."""
    said = record_of(kind)
    link = said.link.format(id=row_id) if said.link and row_id is not None else ""
    title = names.get((kind, row_id or 0), "")
    return AuditRecordAnswer(kind=kind, label=said.label.here(), id=row_id, title=title, link=link)


def causes_of(row: AuditEntry) -> list[AuditCauseAnswer]:
    """Return the facts and rules because of which Cove acted, the first cause first."""
    return [_cause(link) for link in row.chain]


def details_of(row: AuditEntry) -> list[AuditDetailAnswer]:
    """Return what else an entry tells, in words."""
    found = []
    for key, value in row.details.items():
        if key == "fields" and row.record_kind:
            text = SEPARATOR.here().join(_field_label(row.record_kind, name) for name in value)
        else:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        label = _DETAILS.get(key, Words(key, key))
        found.append(AuditDetailAnswer(label=label.plain(), value=text))
    return found


def change_answer(actor: Actor, row: AuditChange, names: Names) -> AuditChangeAnswer:
    """Return a change with its columns by name; what this actor may not see is masked, what he sees whole is noted."""
    columns = sorted({*(row.before or {}), *(row.after or {}), *(row.columns or ())})
    values = [_value(actor, row, column, names) for column in columns]
    values += [
        AuditValueAnswer(
            column=column, label=column_label(row.kind, column).here(), before="", after="", concealed=True
        )
        for column in row.concealed or ()
    ]
    return AuditChangeAnswer(
        record=record_answer(row.kind, row.row_id, names),
        op=cast("OpName", row.op),
        rows=row.rows,
        sample=row.sample or [],
        forgotten=row.forgotten,
        values=[
            value for value in values if value.before or value.after or value.concealed or row.columns or row.forgotten
        ],
    )


def columns_changed(changes: Iterable[AuditChange]) -> str:
    """Return the names of all columns that changed, in one line."""
    found = {}
    for row in changes:
        for column in {*(row.before or {}), *(row.after or {}), *(row.columns or ()), *(row.concealed or ())}:
            found[row.kind, column] = column_label(row.kind, column).here()
    return SEPARATOR.here().join(found[key] for key in sorted(found))


def _label(row: AuditEntry) -> str:
    if row.deed != COMMAND.key:
        said = deeds.get(row.deed)
        return said.label.here() if said else row.deed
    operation = operations.get(row.operation)
    return operation.label.here() if operation else _UNKNOWN.here()


def _cause(link: dict[str, Any]) -> AuditCauseAnswer:
    kind, rule = catalogue.get(link["kind"]), reactions.get(link["rule"])
    return AuditCauseAnswer(
        fact=link["fact"],
        fact_label=kind.label.here() if kind else link["kind"],
        rule=link["rule"],
        rule_label=rule.label.here() if rule and rule.label else "",
    )


def _value(actor: Actor, row: AuditChange, column: str, names: Names) -> AuditValueAnswer:
    before, after = (_text(row.kind, column, (side or {}).get(column), names) for side in (row.before, row.after))
    if sensitive := _sensitive_columns().get(f"{row.kind}.{column}"):
        before, after = (
            shown_to(actor, sensitive, side, record=row.kind, record_id=row.row_id or 0) for side in (before, after)
        )
    return AuditValueAnswer(
        column=column, label=column_label(row.kind, column).here(), before=before, after=after, concealed=False
    )


def _text(kind: str, column: str, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return (_YES if value else _NO).here()
    if isinstance(value, int) and (named := names.get((_pointing(kind).get(column, ""), value))):
        return named
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _field_label(kind: str, name: str) -> str:
    field = sensitive_fields.get(name)
    return field.label.here() if field else column_label(kind, name).here()


@cache
def _pointing(kind: str) -> dict[str, str]:
    """Return the columns of a table that point at a record with a name, and at which kind."""
    model = models_by_kind().get(kind)
    if model is None:
        return {}
    meta = model._meta  # noqa: SLF001 -- Django's documented Meta API
    found = {
        str(field.column): field.related_model._meta.db_table  # noqa: SLF001 -- same
        for field in meta.concrete_fields
        if isinstance(field.related_model, type)
    }
    for field in meta.concrete_fields:
        if field.column == "member_id" or str(field.column).endswith("_by"):
            found.setdefault(str(field.column), kind_flagged("is_the_member"))
    return found


@cache
def _sensitive_columns() -> dict[str, SensitiveField]:
    return {column: field for field in sensitive_fields for column in field.columns}
