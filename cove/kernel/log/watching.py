"""Watchers: what other modules do when a fact could not be digested. The log knows none of them."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import OperationalError, transaction

from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.registry import Registry

Watcher = Callable[[Actor, str, Envelope], None]

watchers: Registry[Watcher] = Registry("watchers of the log", Callable)  # type: ignore[arg-type]  # any callable

log = structlog.get_logger(__name__)


def when_set_aside(function: Watcher) -> Watcher:
    """Call the decorated function with the system, the consumer's name and the fact whenever one is set aside for the first time."""
    return watchers.add(f"{function.__module__}.{function.__name__}", function)


def tell_set_aside(consumer: str, envelope: Envelope) -> None:
    """Tell the watchers, in the transaction that keeps the fact; one that stumbles is logged, and keeps nobody from going on."""
    for watcher in watchers:
        try:
            with transaction.atomic():
                watcher(Actor.system(envelope.tenant_id), consumer, envelope)
        except OperationalError:
            raise
        except Exception:
            log.exception("a watcher of the log stumbled", consumer=consumer, position=envelope.position)
