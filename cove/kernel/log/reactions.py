"""Reactions: what a module does because of facts anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope, Fact
from cove.kernel.log.read import Mark
from cove.kernel.log.stretch import Stretch
from cove.kernel.log.wanted import Wanted
from cove.kernel.registry import Registry
from cove.kernel.words import Words

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Reaction:
    """One rule: `act` is called with the system actor (its chain ends in the fact), the fact and its envelope.

    `label` is the rule in plain words, shown where somebody asks why something happened; None if nobody would ask.
    """

    name: str
    consumer: str
    kind: str
    act: Callable[[Actor, Fact, Envelope], None]
    label: Words | None = None


class Unreachable(Exception):
    """What a sink pours into cannot be reached now: the same batch comes again later, nothing is set aside."""


@dataclass(frozen=True, slots=True)
class Sink:
    """A consumer of whole batches, because its effect is outside PostgreSQL or is made set by set.

    `take` gets a token that is the same whenever the same batch comes again, and must do its work once per token. It raises
    Unreachable while the outside is away; any other error means that a fact in the batch cannot be digested: the batch is
    then taken apart until that fact is found and set aside.

    `carry` takes a whole stretch of the log without looking at its facts, under the same token and the same terms, and returns how many
    they were; None if it has to be done fact by fact, which `take` then does.

    `plan` says where the next batch after a mark ends, of at most so many facts, where the sink reads for itself; None if there is none.

    `wants` says what of the log it has to see; asked at each batch. Such a sink must make its effect in the transaction of its cursor, that
    is in PostgreSQL: after a crash its next batch may end elsewhere.
    """

    name: str
    take: Callable[[str, Sequence[Envelope]], None]
    batch: int = 5_000
    carry: Callable[[str, Stretch], int | None] | None = None
    plan: Callable[[Mark, int], Stretch | None] | None = None
    wants: Callable[[], Wanted] | None = None


reactions: Registry[Reaction] = Registry("reactions", Reaction)
sinks: Registry[Sink] = Registry("sinks", Sink)


def react(
    fact: type[F], *, zh: str = "", en: str = ""
) -> Callable[[Callable[[Actor, F, Envelope], None]], Callable[[Actor, F, Envelope], None]]:
    """Call the decorated function for every fact of this type, once, in the order of the log within its module.

    It runs in the transaction that moves the module's cursor. If it raises, its changes are undone and the fact is set aside.
    `zh` and `en` say the rule in plain words, such as "打上活码设置的标签": the timeline shows them as the cause of what the rule did.
    """
    label = Words(zh, en) if zh and en else None

    def decorate(function: Callable[[Actor, F, Envelope], None]) -> Callable[[Actor, F, Envelope], None]:
        consumer = function.__module__.removeprefix("cove.").removesuffix(".reactions")
        name = f"{consumer}.{function.__name__}"
        reactions.add(name, Reaction(name, consumer, fact.kind, function, label))  # type: ignore[arg-type]  # F is a Fact
        return function

    return decorate


def consumers() -> dict[str, dict[str, list[Reaction]]]:
    """Return the reactions by consumer (one per module) and kind of fact."""
    found: dict[str, dict[str, list[Reaction]]] = {}
    for reaction in reactions:
        found.setdefault(reaction.consumer, {}).setdefault(reaction.kind, []).append(reaction)
    return found
