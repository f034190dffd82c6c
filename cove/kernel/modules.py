"""Loading: every installed module's rooms are imported once at start, then the registries close."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps

from cove.kernel.actions import actions
from cove.kernel.audit.deeds import deeds
from cove.kernel.belongings import belongings
from cove.kernel.changesets.kind import change_kinds
from cove.kernel.command import commands
from cove.kernel.conditions.condition import conditions
from cove.kernel.files.purpose import file_purposes
from cove.kernel.jobs.endings import endings
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.rounds import rounds
from cove.kernel.log.fact import catalogue
from cove.kernel.log.reactions import reactions, sinks
from cove.kernel.log.watching import watchers
from cove.kernel.notices import notice_kinds
from cove.kernel.operations import module_labels, operations
from cove.kernel.personal_data import holders, retained
from cove.kernel.reachable import record_kinds
from cove.kernel.sensitive import sensitive_fields

ROOMS = ("permissions", "commands", "jobs", "reactions", "conditions", "actions", "belongings", "changes", "checkups")


def load_rooms() -> None:
    """Import the declaring rooms of every Cove module that is installed, and close the registries."""
    for config in apps.get_app_configs():
        if not config.name.startswith("cove."):
            continue
        for room in ROOMS:
            _load_room(f"{config.name}.{room}")


def _load_room(name: str) -> None:
    if find_spec(name) is None:
        return
    room = import_module(name)
    for part in iter_modules(getattr(room, "__path__", ())):
        import_module(f"{name}.{part.name}")


def close_registries() -> None:
    """Refuse anything that comes later than start."""
    for registry in (
        catalogue,
        operations,
        module_labels,
        record_kinds,
        sensitive_fields,
        deeds,
        commands,
        reactions,
        sinks,
        jobs,
        conditions,
        actions,
        holders,
        retained,
        belongings,
        change_kinds,
        file_purposes,
        notice_kinds,
        rounds,
        watchers,
        endings,
    ):
        registry.close()
