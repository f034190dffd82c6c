"""Customers and groups from one member to another (documents 92125, 94088, 94081, 94082, 92124, 92127, 95703)."""

from __future__ import annotations

from collections.abc import Sequence

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.paging import everything
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import GroupTransferFailed, TransferAsked, TransferState, Unassigned

CUSTOMERS_A_CALL = 100
GROUPS_A_CALL = 100
MESSAGE_CHARACTERS = 200
# Document 94088.
DONE, WAITING, REFUSED, FULL, NOBODY_ASKED = 1, 2, 3, 4, 5
NOT_RESIGNED = 40097


async def transfer_customers(
    line: Line, *, from_userid: str, to_userid: str, external_userids: Sequence[str], resigned: bool, message: str = ""
) -> list[TransferAsked]:
    """Ask to move up to 100 customers; the platform's word for each. In office a customer has 24 hours to refuse.

    40097: `resigned` does not fit how the member stands with the platform.
    """
    body = {"handover_userid": from_userid, "takeover_userid": to_userid, "external_userid": list(external_userids)}
    if message and not resigned:
        body["transfer_success_msg"] = message[:MESSAGE_CHARACTERS]
    document = await line.post(f"externalcontact/{_way(resigned)}transfer_customer", body)
    return [understood(TransferAsked, entry) for entry in document.get("customer") or []]


async def transfer_states(line: Line, *, from_userid: str, to_userid: str, resigned: bool) -> list[TransferState]:
    """Return how it stands with all customers that were ever moved between the two."""
    body = {"handover_userid": from_userid, "takeover_userid": to_userid}
    path = f"externalcontact/{_way(resigned)}transfer_result"
    return await everything(line, path, body, "customer", TransferState)


async def list_unassigned(line: Line) -> list[Unassigned]:
    """Return the customers of members who left that nobody took over."""
    path = "externalcontact/get_unassigned_list"
    return await everything(line, path, {"page_size": 1000}, "info", Unassigned)


async def transfer_groups(
    line: Line, *, chat_ids: Sequence[str], to_userid: str, resigned: bool
) -> list[GroupTransferFailed]:
    """Move up to 100 groups to a new owner at once; return those that stayed and why. At most 300 a day of somebody who left."""
    path = f"externalcontact/groupchat/{'transfer' if resigned else 'onjob_transfer'}"
    document = await line.post(path, {"chat_id_list": list(chat_ids), "new_owner": to_userid})
    return [understood(GroupTransferFailed, entry) for entry in document.get("failed_chat_list") or []]


def _way(resigned: bool) -> str:  # noqa: FBT001 -- one letter of an address
    return "resigned/" if resigned else ""
