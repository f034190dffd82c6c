from __future__ import annotations

from dataclasses import dataclass

from cove.kernel.words import Words

CALL_KIND = "webhooks.call"
TEST_KIND = "webhooks.test_sent"
TEST_LABEL = Words("测试推送", "Test call")
STATES = {
    "pending": Words("等待推送", "Waiting"),
    "delivered": Words("已送达", "Delivered"),
    "dead": Words("未送达", "Given up"),
}
MOST_WEBHOOKS = 50
SECRET_PREFIX = "whsec_"  # noqa: S105 -- the beginning of every secret
SECRET_BYTES = 32
DISABLE_AFTER_HOURS = 24
DISABLE_AFTER_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Due:
    """One call as it has to be made: whom, with what, signed by which secrets (the newest first).

    `off`: the webhook takes no calls; `gone`: what was to be told is in the log no more.
    """

    call_id: int
    webhook_id: int
    url: str
    secrets: tuple[str, ...]
    event_id: str
    kind: str
    body: bytes
    off: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one call: `status` and the beginning of what was said, or `trouble` (a code of `REASONS`) where no answer came."""

    status: int | None
    said: str
    milliseconds: int
    trouble: str = ""

    @property
    def good(self) -> bool:
        """Tell whether it was taken."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 -- RFC 9110, 15.3
