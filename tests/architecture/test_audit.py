"""The audit log forgets no command: each leaves an entry when it changes something and when it refuses somebody, or says why not."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from cove.kernel.actor import Actor
from cove.kernel.audit.models import AuditEntry
from cove.kernel.command import commands
from cove.kernel.database.watch import is_watched
from cove.kernel.errors import Forbidden
from tests.architecture.exceptions import UNAUDITED_COMMANDS
from tests.architecture.test_facts import CHINESE

every_command = pytest.mark.parametrize("entry", list(commands), ids=lambda entry: entry.name)


def _function(entry):
    module, _, name = entry.name.rpartition(".")
    return getattr(import_module(f"cove.{module}"), name)


def test_what_leaves_no_entry_is_listed_with_its_reason():
    assert {entry.name for entry in commands if not entry.audited} == set(UNAUDITED_COMMANDS)
    assert all(len(reason) > 10 for reason in UNAUDITED_COMMANDS.values())


@every_command
def test_a_command_that_changes_something_leaves_an_entry(entry, actor):
    from cove.directory.people.models import TagGroup

    def deed(_actor):
        TagGroup.objects.create(name="改动")

    function = _function(entry)
    # The command's own work needs a world of its own; what stands around it is the same for all, and that is tried here.
    place = next(cell for cell in function.__closure__ if cell.cell_contents is function.__wrapped__)
    place.cell_contents = deed
    try:
        function(actor)
    finally:
        place.cell_contents = function.__wrapped__
    found = list(AuditEntry.objects.filter(command=entry.name).values_list("operation", "outcome"))
    assert found == ([(entry.operation.key, "done")] if entry.audited else [])


@every_command
def test_a_person_who_is_refused_leaves_an_entry(entry, actor):
    with pytest.raises(Forbidden):
        _function(entry)(Actor(actor.tenant_id, "key", member_id=1, key_id=2))
    found = list(AuditEntry.objects.filter(command=entry.name).values_list("outcome", "key_id"))
    assert found == [("refused", 2)]


def _described():
    return [model for model in apps.get_models() if getattr(model, "shown_as", None)]


@pytest.mark.parametrize("model", _described(), ids=lambda model: model._meta.label)
def test_records_are_called_something_in_both_languages(model):
    said = model.shown_as
    columns = {field.column for field in model._meta.concrete_fields}
    assert set(said.columns) <= columns
    assert not said.title or said.title in columns
    for words in (said.label, *said.columns.values()):
        assert CHINESE.search(words.zh) or words.zh == words.en or words.zh.isascii()
        assert words.en
        assert not CHINESE.search(words.en)


def test_arguments_name_one_kind_of_record_each():
    arguments = [model.shown_as.argument for model in _described() if model.shown_as.argument]
    assert len(arguments) == len(set(arguments))
    assert all(is_watched(model) for model in _described())
