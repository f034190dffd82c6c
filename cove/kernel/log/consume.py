"""Consumers: each moves its cursor in the transaction of its effect, so an effect happens once however often a process dies."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping, Sequence

import structlog
from django.db import OperationalError, transaction

from cove.kernel import clock
from cove.kernel.actor import Actor, Link
from cove.kernel.log import models
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Reaction, Sink, Unreachable, consumers, sinks
from cove.kernel.log.read import (
    Mark,
    caught_up,
    facts_are_hidden,
    lock_cursor,
    move_cursor,
    plan_cursor,
    read_between,
    read_one,
)
from cove.kernel.log.stretch import Stretch, next_stretch, stretch_between
from cove.kernel.log.wanted import MOST_BYTES, Wanted, read_wanted
from cove.kernel.log.watching import tell_set_aside
from cove.kernel.scope import tenant_scope

BATCH = 500
PATIENCE_SECONDS = 5.0

log = structlog.get_logger(__name__)


def step(consumer: str, rules: Mapping[str, list[Reaction]], *, limit: int = BATCH) -> int:
    """Let one module digest its next facts in one transaction; return how many facts were passed (0: nothing new)."""
    with transaction.atomic():
        held = lock_cursor(consumer)
        if held is None:
            return 0
        passed = read_wanted(held[0], lambda: Wanted(kinds=rules), limit=limit)
        if passed is None:
            return 0
        for envelope in passed.facts:
            for reaction in rules.get(envelope.kind, ()):
                digest(reaction, envelope)
        move_cursor(consumer, passed.to, handled=passed.count)
    return passed.count


def digest(reaction: Reaction, envelope: Envelope) -> bool:
    """Let one reaction see one fact; what it cannot digest is undone and set aside. Returns whether it went well."""
    link = Link(fact=envelope.position, kind=envelope.kind, rule=reaction.name)
    actor = Actor.system(envelope.tenant_id, chain=(*envelope.chain, link))
    with tenant_scope(envelope.tenant_id):
        try:
            with transaction.atomic():
                reaction.act(actor, envelope.fact(), envelope)
        except OperationalError:
            raise  # the database is away or two transactions met: the whole batch comes again
        except Exception as error:
            log.warning("fact set aside", reaction=reaction.name, position=envelope.position, exc_info=True)
            set_aside(reaction.name, envelope, error)
            return False
    return True


def set_aside(name: str, envelope: Envelope, error: Exception) -> None:
    """Keep a fact that `name` could not digest, with its error; the bound tenant is the fact's."""
    text = "".join(traceback.format_exception_only(error)).strip()
    row, made = models.SetAside.objects.get_or_create(
        consumer=name,
        position=envelope.position,
        defaults={
            "kind": envelope.kind,
            "envelope": envelope.model_dump(mode="json"),
            "error": text,
            "failed_at": clock.now(),
        },
    )
    if made:
        tell_set_aside(name, envelope)
    else:
        row.error, row.tries, row.failed_at = text, row.tries + 1, clock.now()
        row.save(update_fields=["error", "tries", "failed_at"])


def pour(sink: Sink) -> int:
    """Give a sink its next batch; return how many facts it took.

    The end of the batch is written down before the sink sees it: after a crash the very same batch comes again with the same token.
    """
    if sink.wants is not None:
        return _pour_wanted(sink, sink.wants)
    with transaction.atomic():
        held = lock_cursor(sink.name)
        if held is None:
            return 0
        mark, planned = held
        if planned is None:
            stretch = _next(sink, mark)
            if stretch is None:
                return 0
            planned = stretch.to
            plan_cursor(sink.name, planned)
    return _pour_planned(sink, planned)


def _next(sink: Sink, mark: Mark) -> Stretch | None:
    if sink.plan is not None:
        return sink.plan(mark, sink.batch)
    return next_stretch(mark, limit=sink.batch, most_bytes=MOST_BYTES)


def _pour_wanted(sink: Sink, wants: Callable[[], Wanted]) -> int:
    with transaction.atomic():
        held = lock_cursor(sink.name)
        passed = read_wanted(held[0], wants, limit=sink.batch) if held else None
        if passed is None:
            return 0
        hand_over(sink, passed.facts)
        move_cursor(sink.name, passed.to, handled=passed.count)
    return passed.count


def _pour_planned(sink: Sink, planned: Mark) -> int:
    with transaction.atomic():
        held = lock_cursor(sink.name)
        if held is None or held[1] != planned:
            return 0
        stretch = stretch_between(held[0], planned)
        passed = _pass_on(sink, stretch) if stretch else 0
        move_cursor(sink.name, planned, handled=passed)
    return passed


def _pass_on(sink: Sink, stretch: Stretch) -> int:
    carried = sink.carry(f"{sink.name}:{stretch}", stretch) if sink.carry else None
    if carried is not None:
        return carried
    batch = read_between(stretch.after, stretch.to)
    hand_over(sink, batch)
    return len(batch)


def hand_over(sink: Sink, batch: Sequence[Envelope]) -> bool:
    """Let a sink take a batch; facts it cannot digest are found by halving, and set aside. Returns whether it took all.

    The halves are the same whenever the same batch comes again, and so are their tokens.
    """
    if not batch:
        return True
    first, last = batch[0], batch[-1]
    stretch = Stretch(Mark(), Mark(first.xid, first.position), Mark(last.xid, last.position))
    try:
        with transaction.atomic():
            sink.take(f"{sink.name}:{stretch}", batch)
    except (OperationalError, Unreachable):
        raise
    except Exception as error:
        if len(batch) > 1:
            middle = len(batch) // 2
            left, right = hand_over(sink, batch[:middle]), hand_over(sink, batch[middle:])
            return left and right
        log.warning("fact set aside", sink=sink.name, position=first.position, exc_info=True)
        with tenant_scope(first.tenant_id):
            # It may have been read without some of its fields.
            set_aside(sink.name, read_one(first.position) or first, error)
        return False
    return True


def drain(*, rounds: int = 100) -> int:
    """Let every consumer and sink catch up, in this thread; return how many facts were passed. For tests and one-off tools.

    Facts that another transaction hides (a statistics worker's is enough) are waited for, `PATIENCE_SECONDS` at most.
    """
    total, end = 0, time.monotonic() + PATIENCE_SECONDS
    for _ in range(rounds):
        # Asked before the round: what stops hiding facts behind it must not end the waiting.
        hidden, passed = facts_are_hidden(), _round()
        while not passed and hidden and time.monotonic() < end:
            time.sleep(0.01)
            hidden, passed = facts_are_hidden(), _round()
        if not passed:
            return total
        total += passed
    raise RuntimeError(f"consumers did not come to rest in {rounds} rounds")


def _round() -> int:
    done = caught_up()
    passed = sum(step(name, rules) for name, rules in consumers().items() if name not in done)
    return passed + sum(pour(sink) for sink in sinks if sink.name not in done)
