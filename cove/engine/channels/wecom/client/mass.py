"""Mass messages: the platform makes a task for each member concerned, and nobody hears anything before his member confirms it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.paging import everything, pages
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import MassMade, MassMember, MassResult

CUSTOMERS_A_TASK = 10_000
GROUPS_A_TASK = 2_000
ROWS_A_PAGE = 1000
# Document 93338.
NOT_SENT, SENT, NO_FRIEND, HAD_THE_MOST = 0, 1, 2, 3
MEMBER_SENT = 2
STILL_DISPATCHING = 41063
NOBODY_TO_SEND_TO = 41048
CANCELLED = 41093


async def add_task(
    line: Line,
    *,
    chat_type: Literal["single", "group"],
    body: dict[str, Any],
    external_userids: Sequence[str] = (),
    chat_ids: Sequence[str] = (),
    sender: str = "",
) -> MassMade:
    """Make a task (document 92135): to at most 10,000 customers, or 2,000 groups of `sender`.

    Customers without a sender go to whoever talked with each last. 41048: nobody of them can be reached.
    """
    wanted: dict[str, Any] = {"chat_type": chat_type, **body}
    if external_userids:
        wanted["external_userid"] = list(external_userids)
    if chat_ids:
        wanted["chat_id_list"] = list(chat_ids)
    if sender:
        wanted["sender"] = sender
    return understood(MassMade, await line.post("externalcontact/add_msg_template", wanted))


async def list_members(line: Line, msgid: str) -> list[MassMember]:
    """Return which members have the task, and who sent it (document 93338)."""
    body = {"msgid": msgid, "limit": ROWS_A_PAGE}
    return await everything(line, "externalcontact/get_groupmsg_task", body, "task_list", MassMember)


def results(line: Line, msgid: str, userid: str) -> AsyncIterator[list[MassResult]]:
    """Give what became of each customer or group of one member's task, page by page; of groups only those it reached."""
    body = {"msgid": msgid, "userid": userid, "limit": ROWS_A_PAGE}
    return pages(line, "externalcontact/get_groupmsg_send_result", body, "send_list", MassResult)


async def remind(line: Line, msgid: str) -> None:
    """Remind those who did not send yet; three times in 24 hours, then 41094 (document 97610)."""
    await line.post("externalcontact/remind_groupmsg_send", {"msgid": msgid})


async def cancel(line: Line, msgid: str) -> None:
    """Take the task from those who did not send yet (document 97611)."""
    await line.post("externalcontact/cancel_groupmsg_send", {"msgid": msgid})
