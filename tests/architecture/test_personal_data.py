"""What is held of people: every place is declared by a module, or is on a list with the reason why it need not be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from cove.directory.people.models import Contact
from cove.kernel.database.seal import TABLES_WITHOUT_MODEL
from cove.kernel.personal_data import STAGES, holders, retained
from cove.kernel.scope import TenantModel
from tests.architecture.nobody import HOLDS_NOBODY
from tests.architecture.test_facts import CHINESE
from tests.architecture.tree import COVE, shown, sources

ABOUT_SOMEBODY = {"contact_id", "visitor_id", "person_id", "external_userid"}
# Texts and documents in which anything may stand.
LOOSE = (models.JSONField,)


def _declared() -> set[str]:
    return {table for holder in holders for table in holder.tables}


def _goes_with_the_contact(model: type[models.Model]) -> bool:
    return any(
        field.related_model is Contact and field.remote_field.on_delete is models.CASCADE and not field.null
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete
    )


def _suspects() -> set[str]:
    """Give the tables that name a person, or hold documents in which one may be named."""
    found = set()
    for model in apps.get_models():
        if not issubclass(model, TenantModel) or model is Contact:
            continue
        fields = [field for field in model._meta.get_fields() if field.concrete]
        named = any(getattr(field, "attname", field.name) in ABOUT_SOMEBODY for field in fields)
        if named or any(isinstance(field, LOOSE) for field in fields):
            found.add(model._meta.db_table)
    return found


def test_every_table_about_people_is_declared_or_goes_with_the_contact():
    with_the_contact = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, TenantModel) and _goes_with_the_contact(model)
    }
    missing = _suspects() - _declared() - with_the_contact - set(HOLDS_NOBODY)
    assert missing == set(), "declare a Holder in the module's commands, or say in HOLDS_NOBODY why nobody is in it"


def test_tables_without_models_are_declared_or_listed():
    bare = {table.table for table in TABLES_WITHOUT_MODEL} | {"log_cursor", "spool_cursor", "procrastinate_jobs"}
    assert bare - _declared() - set(HOLDS_NOBODY) == set()


def test_tables_of_clickhouse_are_declared():
    made = set()
    for file in COVE.rglob("clickhouse/*.sql"):
        made |= set(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", Path(file).read_text(encoding="utf-8")))
    assert made
    assert {f"clickhouse:{table}" for table in made} - _declared() - set(HOLDS_NOBODY) == set()


def test_the_list_names_what_there_is_and_nothing_twice():
    there = {model._meta.db_table for model in apps.get_models()} | {table.table for table in TABLES_WITHOUT_MODEL}
    there |= {"log_cursor", "spool_cursor", "procrastinate_jobs"}
    assert set(HOLDS_NOBODY) - there == set()
    assert set(HOLDS_NOBODY) & _declared() == set()


@pytest.mark.parametrize("holder", list(holders), ids=lambda holder: holder.key)
def test_a_holder_speaks_both_languages(holder):
    for words in (holder.label, *holder.columns.values()):
        assert CHINESE.search(words.zh)
        assert not CHINESE.search(words.en)
    assert holder.stage in STAGES


@pytest.mark.parametrize("entry", list(retained), ids=lambda entry: entry.key)
def test_a_class_of_retained_data_has_bounds(entry):
    assert CHINESE.search(entry.label.zh)
    assert not CHINESE.search(entry.label.en)
    assert entry.least > 0
    assert entry.usual is None or entry.usual >= entry.least


def test_holders_look_for_all_numbers_of_a_person():
    """Whoever was merged into him is he as well: rows are looked for by `person.contacts`."""
    one_only = re.compile(r"(?:contact_id|subject_id|\bid)=person\.contact_id")
    assert [shown(path) for path in sources() if one_only.search(path.read_text(encoding="utf-8"))] == []
