"""What a tag of the platform may be, and on whom it may be put (C3).

A target is {"kind": "tag", "tag_id": …}: all followers with one of our tags, or {"kind": "contacts", "contact_ids": […]}.
"""

from __future__ import annotations

from cove.kernel.words import Words

MOST = 100
"""Tags an account may have."""
NAME_BYTES = 30
FIRST_OWN = 3
"""Ids 0 to 2 are the platform's own tags."""
A_CALL = 50
"""Followers whom one call of the platform takes."""
CALLS_AN_ORDER = 10


def name_fault(name: str) -> Words | None:
    """Return what is wrong with a tag's name, None if nothing is."""
    if not name:
        return Words("请填写标签名", "Fill in the tag's name")
    if len(name.encode()) > NAME_BYTES:
        return Words("标签名最长 30 字节（10 个汉字）", "A tag's name has at most 30 bytes")
    return None
