"""Another module is reached by its doors only: `facade`, `contracts`, `errors`."""

from __future__ import annotations

import grimp

from tests.architecture.doors import breaches
from tests.architecture.tree import dotted, module_folders

MODULES = [dotted(folder) for folder in module_folders()]


def test_every_import_of_another_module_passes_a_door():
    graph = grimp.build_graph("cove", cache_dir=None)
    imports = [
        (importer, imported)
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    ]
    assert len(imports) > 100
    assert list(breaches(imports, MODULES)) == []


def test_a_window_is_seen():
    planted = [
        ("cove.business.coupons.commands", "cove.directory.people.commands.tags"),
        ("cove.business.coupons.models", "cove.directory.people.models"),
        ("cove.business.coupons.queries", "cove.engine.audiences.rules.parse"),
        ("cove.edge.console.api", "cove.directory.people.queries"),
        ("cove.directory.people.commands.tags", "cove.directory.org.models"),
    ]
    through_doors = [
        ("cove.business.coupons.commands", "cove.directory.people.facade"),
        ("cove.business.coupons.api", "cove.directory.org.contracts"),
        ("cove.edge.console.api", "cove.directory.people.api.tags"),
        ("cove.launch.urls", "cove.edge.console.api"),
        ("cove.directory.people.api.tags", "cove.directory.people.queries"),
        ("cove.directory.people.tests.test_tags", "cove.directory.org.models"),
    ]
    found = list(breaches(planted + through_doors, MODULES))
    assert found == [f"{importer} -> {imported}" for importer, imported in planted]


def test_foreign_keys_from_other_modules_point_at_org_and_people_only():
    from django.apps import apps

    strangers = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("cove.")
        for field in model._meta.get_fields()
        if field.many_to_one
        and field.concrete
        and field.related_model._meta.app_label not in {model._meta.app_label, "org", "people"}
    ]
    assert strangers == []
