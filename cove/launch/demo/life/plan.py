"""What a life is made from, and the dice that make it."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

CHINA = timezone(timedelta(hours=8))

One = TypeVar("One")


class Urn(Generic[One]):
    """Things that are drawn with weights, added up once."""

    __slots__ = ("sums", "things")

    def __init__(self, weighted: Iterable[tuple[One, float]]) -> None:
        pairs = list(weighted)
        self.things = [thing for thing, _ in pairs]
        self.sums = list(accumulate(weight for _, weight in pairs))


class Dice(random.Random):
    """Dice that fall quickly: a life draws hundreds of times, and that a draw be fair to the last of 53 bits matters to nobody."""

    def choice(self, things: Sequence[One]) -> One:  # type: ignore[override]  # any sequence, as there
        """Return one of these."""
        return things[int(self.random() * len(things))]

    def below(self, count: int) -> int:
        """Return a number from 0 below `count`."""
        return int(self.random() * count)

    def between(self, first: int, end: int) -> int:
        """Return a number from `first` below `end`."""
        return first + int(self.random() * (end - first))

    def draw(self, urn: Urn[One]) -> One:
        """Return one of the urn's things."""
        return urn.things[bisect(urn.sums, self.random() * urn.sums[-1])]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many contacts, over how many months up to `until`; `namespace` goes into every id, so that one life can be lived twice.

    The same plan gives the same life wherever and in whatever order its contacts are asked for.
    """

    contacts: int
    months: int
    seed: int
    until: datetime
    namespace: str = ""

    def dice(self, *what: object) -> Dice:
        """Return dice of their own for a thing, such as ``("contact", 7)``; the namespace does not change how they fall."""
        text = "\x1f".join(map(str, (self.seed, self.months, self.contacts, *what)))
        number = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        return Dice(number)

    def name(self, *what: object) -> str:
        """Return 32 hexadecimal digits that name a thing of this plan."""
        text = "\x1f".join(map(str, (self.namespace, self.seed, self.months, self.contacts, *what)))
        return blake2b(text.encode(), digest_size=16).hexdigest()

    def uuid(self, *what: object) -> str:
        """Return the name of a thing in the form of a random UUID (RFC 9562, version 4), as browsers number themselves."""
        digits = self.name(*what)
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"
