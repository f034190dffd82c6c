from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class CannotRepeat(CoveError):
    """Sending it again is not safe or makes no sense; `why` says which."""

    code = "delivery.cannot_repeat"
    status = 409
    words = Words("不能重新发送：{why}", "It cannot be sent again: {why}")

    def __init__(self, why: Words) -> None:
        self.why = why
        super().__init__(why=why.en)

    def message(self) -> str:
        """Return the reason for the current reader."""
        return self.words.here({"why": self.why.here()})
