"""What the platform allows a company (fact sheet A3): known here, so that we wait instead of being shut out for a minute or an hour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cove.engine.channels.delivery.contracts import Quota
from cove.kernel.words import Words

CALLS_A_MINUTE, CALLS_AN_HOUR = 10_000, 150_000
MOMENTS_A_MINUTE = 10
REMINDERS_A_DAY = 3


def calls(key: str, zh: str, en: str) -> tuple[Quota, Quota]:
    """Return the quotas of one interface, for kinds of which a company may have very many at once."""
    return (
        Quota(f"wecom.{key}_a_minute", Words(f"企业微信：{zh}", f"WeCom: {en}"), CALLS_A_MINUTE, "minute"),
        Quota(f"wecom.{key}_an_hour", Words(f"企业微信：{zh}", f"WeCom: {en}"), CALLS_AN_HOUR, "hour"),
    )


def _task(payload: Mapping[str, Any]) -> str:
    return str(payload.get("msgid", ""))


MOMENTS = Quota("wecom.moments", Words("企业微信：创建朋友圈", "WeCom: moments made"), MOMENTS_A_MINUTE, "minute")
# The platform counts 24 hours back, for each mass message; its own no (41094) is met as well.
REMINDERS = Quota(
    "wecom.reminders",
    Words("企业微信：同一群发的提醒", "WeCom: reminders of one mass message"),
    REMINDERS_A_DAY,
    "day",
    of=_task,
    then="refuse",
)
