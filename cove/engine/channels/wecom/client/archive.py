"""The archive of conversations.

Its data comes from a closed native library of the vendor, which cannot be shipped. Whoever has the right to it runs it in a process of
his own that opens the messages with his private keys and answers `archive/pull` below the channel's address, as the sandbox does; see
docs/decisions/0072-wecom-archive-beside.md.
"""

from __future__ import annotations

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import ArchivedMessage

MESSAGES_A_PAGE = 1000


async def pull(line: Line, *, after: int) -> list[ArchivedMessage]:
    """Return up to 1000 messages after a number, in their order; kept for five days. Numbers grow, with gaps."""
    document = await line.post("archive/pull", {"seq": after, "limit": MESSAGES_A_PAGE})
    return [understood(ArchivedMessage, entry) for entry in document.get("chatdata") or []]


async def members_archived(line: Line) -> list[str]:
    """Return the userids whose conversations are kept (document 91614)."""
    return [str(one) for one in (await line.post("msgaudit/get_permit_user_list", {})).get("ids") or []]
