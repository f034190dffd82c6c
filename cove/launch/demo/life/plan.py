"""What a life is made from, and the dice that make it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import blake2b

CHINA = timezone(timedelta(hours=8))

Dice = random.Random


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
