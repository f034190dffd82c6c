"""How rows are called in front of people: what a table is, what its columns are, where a row is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Record:
    """What a model's rows are in plain words; a model says so as ``shown_as = Record(…)``.

    `argument` is the name under which commands are told one of them (``contact_id``), `link` its page in the console
    (``/people/contacts/{id}``), `title` the column it is called by.
    """

    label: Words
    argument: str = ""
    link: str = ""
    title: str = ""
    columns: Mapping[str, Words] = field(default_factory=dict)


@cache
def models_by_kind() -> dict[str, type[models.Model]]:
    """Return every model of Cove by the name of its table, which is the kind of its records."""
    return {
        model._meta.db_table: model  # noqa: SLF001 -- Django's documented Meta API
        for model in apps.get_models()
        if model.__module__.startswith("cove.")
    }


def record_of(kind: str) -> Record:
    """Return how rows of table `kind` are called; what nobody put into words is called as the code calls it."""
    model = models_by_kind().get(kind)
    said: Record | None = getattr(model, "shown_as", None)
    if said is not None:
        return said
    plain = str(model._meta.verbose_name) if model else kind  # noqa: SLF001 -- same
    return Record(Words(plain, plain.capitalize()))


def column_label(kind: str, column: str) -> Words:
    """Return what a column is called."""
    said = record_of(kind).columns.get(column) or _EVERYWHERE.get(column)
    plain = column.removesuffix("_id").replace("_", " ")
    return said or Words(plain, plain.capitalize())


_EVERYWHERE = {
    "id": Words("编号", "Number"),
    "name": Words("名称", "Name"),
    "created_at": Words("创建时间", "Created at"),
    "deleted_at": Words("删除时间", "Deleted at"),
    "contact_id": Words("客户", "Contact"),
    "member_id": Words("成员", "Member"),
    "tag_id": Words("标签", "Tag"),
    "at": Words("时间", "Time"),
    "source": Words("来源", "Source"),
    "state": Words("状态", "State"),
}


@cache
def kinds_by_argument() -> dict[str, str]:
    """Return the kind of record that each argument of commands names."""
    return {record_of(kind).argument: kind for kind in models_by_kind() if record_of(kind).argument}


@cache
def kind_flagged(flag: str) -> str:
    """Return the one kind whose model carries `flag` (such as ``is_the_member``), or an empty text."""
    return next((kind for kind, model in models_by_kind().items() if getattr(model, flag, False)), "")


def titles(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the names of records of the bound tenant, one statement a kind; rows that are gone or have no name are left out."""
    ids: dict[str, set[int]] = {}
    for kind, row_id in wanted:
        ids.setdefault(kind, set()).add(row_id)
    found: dict[tuple[str, int], str] = {}
    for kind, keys in ids.items():
        model, title = models_by_kind().get(kind), record_of(kind).title
        if model is None or not title:
            continue
        for row_id, name in model._default_manager.filter(pk__in=keys, **_own(model)).values_list("pk", title):  # noqa: SLF001 -- Django's documented API
            found[kind, row_id] = str(name or "")
    return found


def called_like(text: str, *, limit: int = 500) -> dict[str, list[int]]:
    """Return the records of the bound tenant whose names contain `text`, at most `limit` of each kind."""
    found = {}
    for kind, model in models_by_kind().items():
        if title := record_of(kind).title:
            rows = model._default_manager.filter(**{f"{title}__icontains": text}, **_own(model))  # noqa: SLF001 -- same
            found[kind] = list(rows.order_by().values_list("pk", flat=True)[:limit])
    return {kind: ids for kind, ids in found.items() if ids}


def may_see(actor: Actor, kind: str, row_id: int) -> bool:
    """Tell whether `actor` may see this record: as its model's `visible_to` says, and nobody where a model says nothing."""
    visible = getattr(models_by_kind().get(kind), "visible_to", None)
    return visible is not None and visible(actor).filter(pk=row_id).exists()


def _own(model: type[models.Model]) -> dict[str, int]:
    from cove.kernel.scope import require_tenant

    return {"pk" if getattr(model, "is_the_tenant", False) else "tenant_id": require_tenant()}
