from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from cove.engine.channels.delivery.contracts import Tariff

What = Literal["granted", "spent", "returned"]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a company's credits of one tariff are kept; `opened` false is as many as it likes.

    Below `warn_below` its people are told, once until there is more again. `most_a_day` is what it may use within a day, None without
    a limit.
    """

    opened: bool
    warn_below: int = 0
    most_a_day: int | None = None


@dataclass(frozen=True, slots=True)
class CreditState:
    """A tariff as a company stands with it; `left` means something only where it is opened."""

    tariff: Tariff
    terms: Terms
    left: int
    spent_today: int

    def told(self) -> dict[str, Any]:
        """Return it as answers tell it, in the reader's language."""
        return {
            "tariff": self.tariff.key,
            "label": self.tariff.label.here(),
            "unit": self.tariff.unit.here(),
            "opened": self.terms.opened,
            "left": self.left,
            "warn_below": self.terms.warn_below,
            "most_a_day": self.terms.most_a_day,
            "spent_today": self.spent_today,
        }
