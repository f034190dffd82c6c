from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.answers import Customer, Followed
from cove.engine.channels.wecom.errors import WeComError

NO_CUSTOMERS = 84061
USERS_A_BATCH = 100
ROWS_A_PAGE = 100


async def list_followers(line: Line) -> list[str]:
    """Return the userids of members who have customer contact (document 92571)."""
    document = await line.get("externalcontact/get_follow_user_list")
    return [str(userid) for userid in document.get("follow_user", [])]


async def list_customers(line: Line, userid: str) -> list[str]:
    """Return the external_userids of one member's customers (document 92113); nobody is no error here."""
    try:
        document = await line.get("externalcontact/list", userid=userid)
    except WeComError as error:
        if error.errcode == NO_CUSTOMERS:
            return []
        raise
    return [str(entry) for entry in document.get("external_userid", [])]


async def get_customer(line: Line, external_userid: str) -> Customer:
    """Return a customer with all members who follow him, page by page where there are more than 500 (document 92114)."""
    document = await line.get("externalcontact/get", external_userid=external_userid)
    found = understood(Customer, document)
    while document.get("next_cursor"):
        document = await line.get(
            "externalcontact/get", external_userid=external_userid, cursor=document["next_cursor"]
        )
        found.follow_user += understood(Customer, document).follow_user
    return found


async def followed_by(line: Line, userids: Sequence[str]) -> AsyncIterator[list[Followed]]:
    """Give the customers of up to 100 members in pages (document 92994). A page may be short or empty before the last one."""
    cursor = ""
    while True:
        body: dict[str, Any] = {"userid_list": list(userids), "cursor": cursor, "limit": ROWS_A_PAGE}
        try:
            document = await line.post("externalcontact/batch/get_by_user", body)
        except WeComError as error:
            if error.errcode == NO_CUSTOMERS:
                return
            raise
        yield [understood(Followed, entry) for entry in document.get("external_contact_list", [])]
        cursor = str(document.get("next_cursor") or "")
        if not cursor:
            return


async def set_remark(line: Line, *, userid: str, external_userid: str, **fields: Any) -> None:
    """Set remark, description, remark_company or remark_mobiles of a member for a customer (document 92115)."""
    await line.post("externalcontact/remark", {"userid": userid, "external_userid": external_userid, **fields})
