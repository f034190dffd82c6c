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
from cove.kernel.audit.noting import enter_command, note_refusal
from cove.kernel.errors import Forbidden
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
    """A command in the registry: its name ``module.verb_noun``, the operation it asks for, whether the audit log tells of it."""

    name: str
    operation: Operation
    audited: bool = True


commands: Registry[CommandEntry] = Registry("commands", CommandEntry)


def command(
    operation: Operation, *, audited: bool = True
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a command: right checked, tenant bound, one transaction, facts told and an audit entry written at its end.

    A command called by another joins its transaction and its entry. Raises Forbidden before anything else runs; that a person
    was refused is noted. ``audited=False`` is for bookkeeping of the machine: a test keeps the list with the reasons.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        name = f"{function.__module__.removeprefix('cove.')}.{function.__name__}"
        entry = commands.add(name, CommandEntry(name, operation, audited))

        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                # What no role holds is code's own doing, on the way of a command that was allowed.
                if operation.grantable or operation.everyone or _running.get() is None:
                    actor.require(operation)
                return _perform(entry, actor, function, args, kwargs)
            except Forbidden:
                if _running.get() is None:
                    note_refusal(actor, operation=operation.key, command=name)
                raise

        return cast("Callable[Concatenate[Actor, P], R]", run)

    return decorate


def _perform(
    entry: CommandEntry,
    actor: Actor,
    function: Callable[..., R],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> R:
    running = _Running(actor)
    audited = entry.operation.key if entry.audited else None
    with (
        tenant_scope(actor.tenant_id),
        transaction.atomic(savepoint=False),
        enter_command(actor, entry.name, audited) as audit,
    ):
        token = _running.set(running)
        try:
            result = function(actor, *args, **kwargs)
            append_facts(running.facts)
        finally:
            _running.reset(token)
        audit.ended(result, kwargs, [pending.fact for pending in running.facts])
    log.debug("command", command=entry.name, actor=actor.kind, member=actor.member_id, tenant=actor.tenant_id)
    return result


def publish(fact: Fact, *, at: datetime | None = None) -> None:
    """Tell that something happened, at `at` (now by default). Only inside a command; written when it ends, with its changes."""
    running = _running.get()
    if running is None:
        raise RuntimeError(f"{fact.kind} was published outside a command")
    running.facts.append(pending(fact, at=at, chain=running.actor.chain))
