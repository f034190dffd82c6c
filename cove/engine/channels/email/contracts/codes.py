"""What the codes of mail servers mean (RFC 3463, RFC 7505, RFC 7372): to a reason, and whether an address is of any use."""

from __future__ import annotations

import re
from typing import Literal

Hardness = Literal["hard", "soft"]

UNKNOWN = "address_unknown"
SPAM = "spam_refused"

# class of enhanced code without its first digit → reason of `cove.facts.delivery.REASONS`
_SUBJECTS = {
    "1.1": UNKNOWN,
    "1.2": UNKNOWN,
    "1.3": UNKNOWN,
    "1.6": UNKNOWN,
    "1.10": UNKNOWN,
    "2.1": UNKNOWN,
    "2.2": "mailbox_full",
    "2.3": "too_large",
    "3.4": "too_large",
    "4.4": UNKNOWN,
    "4.5": "busy",
    "7.28": "rate_limited",
    "7.1": SPAM,
}
_POLICY = "7."

# Where no enhanced code is given: the old codes that say it as clearly (RFC 5321, 4.2.3).
_OLD = {550: UNKNOWN, 551: UNKNOWN, 553: UNKNOWN, 552: "mailbox_full", 452: "mailbox_full", 421: "busy", 554: "refused"}

# 550 also stands for "rejected for policy reasons" (RFC 5321, 4.2.3), and large mailboxes of China say nothing closer beside it.
_ABOUT_US = re.compile(
    r"spf|dkim|dmarc|rela(y|ying)|spam|polic|block|black ?list|\brbl\b|frequen|limit|too many|authenti|content|suspici|denied",
    re.IGNORECASE,
)


def reason_of(enhanced: str, code: int = 0, text: str = "") -> str:
    """Return the reason that an enhanced code (5.1.1) tells, or the old one where there is none, read with the words beside it."""
    _, _, subject = enhanced.partition(".")
    if not subject:
        reason = _OLD.get(code, "refused")
        return SPAM if reason == UNKNOWN and _ABOUT_US.search(text) else reason
    if subject in _SUBJECTS:
        return _SUBJECTS[subject]
    return SPAM if subject.startswith(_POLICY) else "refused"


def hardness_of(enhanced: str) -> Hardness:
    """Return whether a mail that came back with this code tells that the address is of no use. What is not known is soft."""
    return "hard" if enhanced.startswith("5.") and reason_of(enhanced) == UNKNOWN else "soft"
