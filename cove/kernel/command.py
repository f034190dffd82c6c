"""Commands: the only way in which anything changes. Look, judge, change, tell, in one transaction."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

import structlog
from django.db import transaction

from cove.kernel.actor import Actor
from cove.kernel.log.fact import Fact
from cove.kernel.log.publish import Pending, append_facts, pending
from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.scope import tenant_scope

P = ParamSpec("P")
R = TypeVar("R")

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Running:
    actor: Actor
    facts: list[Pending] = field(default_factory=list)


_running: ContextVar[_Running | None] = ContextVar("cove_command", default=None)


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command in the registry: its name ``module.verb_noun`` and the operation it asks for."""

    name: str
    operation: Operation


commands: Registry[CommandEntry] = Registry("commands", CommandEntry)


def command(
    operation: Operation,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a command: right checked, tenant bound, one transaction, facts told at its end.

    A command called by another joins its transaction. Raises Forbidden before anything else runs.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        name = f"{function.__module__.removeprefix('cove.')}.{function.__name__}"
        commands.add(name, CommandEntry(name, operation))

        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            # What no role holds is code's own doing, on the way of a command that was allowed.
            if operation.grantable or operation.everyone or _running.get() is None:
                actor.require(operation)
            running = _Running(actor)
            with tenant_scope(actor.tenant_id), transaction.atomic(savepoint=False):
                token = _running.set(running)
                try:
                    result = function(actor, *args, **kwargs)
                    append_facts(running.facts)
                finally:
                    _running.reset(token)
            log.debug("command", command=name, actor=actor.kind, member=actor.member_id, tenant=actor.tenant_id)
            return result

        return cast("Callable[Concatenate[Actor, P], R]", run)

    return decorate


def publish(fact: Fact, *, at: datetime | None = None) -> None:
    """Tell that something happened, at `at` (now by default). Only inside a command; written when it ends, with its changes."""
    running = _running.get()
    if running is None:
        raise RuntimeError(f"{fact.kind} was published outside a command")
    running.facts.append(pending(fact, at=at, chain=running.actor.chain))
