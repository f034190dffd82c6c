"""Loading: every installed module's rooms are imported once at start, then the registries close."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from cove.kernel.command import commands
from cove.kernel.jobs.job import jobs
from cove.kernel.log.fact import catalogue
from cove.kernel.log.reactions import reactions, sinks
from cove.kernel.operations import operations

ROOMS = ("permissions", "commands", "jobs", "reactions", "conditions", "actions")


def load_rooms() -> None:
    """Import the declaring rooms of every Cove module that is installed, and close the registries."""
    for config in apps.get_app_configs():
        if not config.name.startswith("cove."):
            continue
        for room in ROOMS:
            if find_spec(f"{config.name}.{room}"):
                import_module(f"{config.name}.{room}")


def close_registries() -> None:
    """Refuse anything that comes later than start."""
    for registry in (catalogue, operations, commands, reactions, sinks, jobs):
        registry.close()
