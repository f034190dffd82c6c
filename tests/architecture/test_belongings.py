"""Whatever names a member as its owner can be handed over: no row stays behind with somebody who left."""

from __future__ import annotations

from django.apps import apps

from cove.kernel.belongings import belongings
from cove.kernel.changesets.kind import change_kinds
from tests.architecture.exceptions import NOT_OWNED


def _references():
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("cove.")
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model._meta.label == "org.Member"
    }


def test_every_key_to_a_member_is_a_belonging_or_says_why_not():
    declared = [column for kind in belongings for column in kind.columns]
    assert len(declared) == len(set(declared)), "declared twice"
    assert _references() == set(declared) | set(NOT_OWNED)
    assert not set(declared) & set(NOT_OWNED)


def test_keys_begin_with_their_module():
    labels = {config.label for config in apps.get_app_configs()}
    assert {entry.key for entry in [*belongings, *change_kinds] if entry.key.split(".")[0] not in labels} == set()
