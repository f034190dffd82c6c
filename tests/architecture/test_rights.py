"""Rights: routes say what they ask for, every right is asked for somewhere, scopes reach their rows, sensitive fields are masked."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module

import pytest
from django.apps import apps
from pydantic import BaseModel

from cove.kernel.http.masking import Guarded
from cove.kernel.operations import module_labels, operations
from cove.kernel.reachable import kind_of, record_kinds
from cove.kernel.scope import TenantModel
from cove.kernel.sensitive import SensitiveField, sensitive_fields
from tests.architecture.exceptions import ADMINISTRATORS_ONLY, OPEN_ROUTES, PARTS_OF_RECORDS, PLAIN_ADDRESSES
from tests.architecture.test_facts import CHINESE
from tests.architecture.tree import name_of, parsed, sources

GRANTABLE = [entry for entry in operations if entry.grantable]
SCOPED = [entry for entry in GRANTABLE if entry.scoped]
by_key = pytest.mark.parametrize("entry", GRANTABLE, ids=lambda entry: entry.key)


@pytest.fixture(scope="module")
def routes():
    from cove.edge.console.api import api

    document = api.get_openapi_schema(path_prefix="/api/")
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_says_what_it_asks_for(routes):
    known = {entry.key for entry in operations} | {"signed_in", "anybody"}
    assert {name: route.get("x-needs") for name, route in routes.items() if route.get("x-needs") not in known} == {}
    assert {name for name, route in routes.items() if route["x-needs"] == "anybody"} == OPEN_ROUTES


def test_a_route_that_asks_for_a_right_says_that_it_may_refuse(routes):
    silent = [
        name
        for name, route in routes.items()
        if route["x-needs"] not in ("signed_in", "anybody") and "403" not in map(str, route["responses"])
    ]
    assert silent == []


def test_a_new_companys_roles_hold_every_right_that_is_not_the_administrators():
    from cove.directory.org.queries.presets import PRESETS

    given, more = set(), {key for preset in PRESETS for key in preset.rights}
    while more:
        given |= more
        more = {key for held in more for key in operations[held].implies} - given
    assert {entry.key for entry in GRANTABLE} - given == set(ADMINISTRATORS_ONLY)
    assert all(len(reason) > 10 for reason in ADMINISTRATORS_ONLY.values())


def test_every_right_is_asked_for_somewhere():
    declared = {
        (target.id, node.value.args[0].value)
        for path in sources()
        if path.stem == "permissions"
        for node in parsed(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and name_of(node.value.func) == "operation"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    used = {
        name_of(node).split(".")[-1]
        for path in sources()
        if path.stem != "permissions"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    keys = {entry.key for entry in GRANTABLE}
    assert {key for name, key in declared if key in keys and name not in used} == set()
    assert keys <= {key for _, key in declared}


@by_key
def test_a_right_stands_under_its_modules_name(entry):
    assert entry.module in module_labels, f'module_label("{entry.module}", zh, en) in its permissions'
    words = module_labels[entry.module]
    assert CHINESE.search(words.zh)
    assert words.en


@by_key
def test_what_a_right_implies_can_be_held(entry):
    for key in entry.implies:
        assert key in operations, key
        assert operations[key].grantable


@pytest.mark.parametrize("entry", SCOPED, ids=lambda entry: entry.key)
def test_a_right_with_a_scope_is_about_a_kind_of_record(entry):
    kind = kind_of(entry)
    assert kind is not None, "say `of=` which kind of record, or declare one (cove.kernel.reachable)"
    assert "operation" in inspect.signature(kind.model.visible_to).parameters
    assert kind.model._meta.db_table == kind.key


def _is_of_a_contact(model):
    fields = [field for field in model._meta.get_fields() if getattr(field, "many_to_one", False)]
    return any(field.related_model and field.related_model._meta.label == "people.Contact" for field in fields)


def test_rows_about_contacts_are_reached_by_scope():
    kinds = {kind.model for kind in record_kinds}
    open_ones = {
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        and _is_of_a_contact(model)
        and model not in kinds
        and "operation" not in inspect.signature(getattr(model, "visible_to", lambda: None)).parameters
    }
    assert open_ones - set(PARTS_OF_RECORDS) == set(), (
        "give it visible_to(actor, operation), or name the whole it is part of"
    )
    assert set(PARTS_OF_RECORDS) - open_ones == set(), "no longer needed"


SENSITIVE = re.compile(r"^(phone|mobile|email|wechat|wechat_id|unionid|external_userid|openid|identity_value)(_\w+)?$")


def _answers():
    # Some routes are there only once the addresses are.
    import_module("cove.launch.urls")
    from cove.edge.console.api import api

    seen: set[type[BaseModel]] = set()
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for model in operation.response_models.values():
                    _gather(getattr(model, "model_fields", {}), seen)
    return seen


def _gather(fields, seen):
    for field in fields.values():
        for kind in _models_in(field.annotation):
            if kind not in seen:
                seen.add(kind)
                _gather(kind.model_fields, seen)


def _models_in(annotation):
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def test_answers_mask_what_is_sensitive():
    answers = _answers()
    assert len(answers) > 50
    bare = {
        f"{kind.__name__}.{name}"
        for kind in answers
        for name, field in kind.model_fields.items()
        if SENSITIVE.match(name)
        and bool not in (field.annotation, *getattr(field.annotation, "__args__", ()))
        and not (issubclass(kind, Guarded) and any(isinstance(mark, SensitiveField) for mark in field.metadata))
    }
    assert sorted(bare - set(PLAIN_ADDRESSES)) == [], (
        "make it Guarded (docs/recipes/a-module.md), or say why it is shown"
    )


def test_sensitive_fields_of_facts_exist():
    from cove.kernel.log.fact import catalogue

    wrong = [
        (kind.kind, name, key)
        for kind in catalogue
        for name, holds in kind.sensitive.items()
        for key in holds.every_key()
        if key not in sensitive_fields or name not in kind.model_fields
    ]
    assert wrong == []
    bare = {
        f"{kind.kind}.{name}"
        for kind in catalogue
        if kind.on_timeline
        for name in kind.model_fields
        if SENSITIVE.match(name) and name not in kind.sensitive
    }
    assert bare == set()
