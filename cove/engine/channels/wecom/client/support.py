"""WeChat customer service (documents 94661 to 94670, 95122, 95159)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.kf_contents import KfContent, KfMenu, KfText
from cove.engine.channels.wecom.contracts.support import KfAccount, KfCustomer, KfPage, KfServicer

ACCOUNTS_A_PAGE = 100
MESSAGES_A_PAGE = 1000
CUSTOMERS_A_CALL = 100
# Document 94677: five messages within 48 hours of the customer's last one.
MOST_ANSWERS, WINDOW_SECONDS = 5, 48 * 3600
BAD_TOKEN = 95007


async def list_accounts(line: Line) -> list[KfAccount]:
    """Return the accounts that the application may manage."""
    found: list[KfAccount] = []
    while True:
        body = {"offset": len(found), "limit": ACCOUNTS_A_PAGE}
        document = await line.post("kf/account/list", body)
        page = [understood(KfAccount, entry) for entry in document.get("account_list") or []]
        found += page
        if len(page) < ACCOUNTS_A_PAGE:
            return found


async def add_contact_way(line: Line, open_kfid: str, *, scene: str = "") -> str:
    """Return the address at which a customer begins to talk; `scene` (32 bytes of letters and digits) comes back when he does."""
    document = await line.post("kf/add_contact_way", {"open_kfid": open_kfid, **({"scene": scene} if scene else {})})
    return str(document.get("url") or "")


async def list_servicers(line: Line, open_kfid: str) -> list[KfServicer]:
    """Return who serves an account."""
    document = await line.get("kf/servicer/list", open_kfid=open_kfid)
    return [understood(KfServicer, entry) for entry in document.get("servicer_list") or []]


async def add_servicers(line: Line, open_kfid: str, userids: Sequence[str]) -> list[str]:
    """Let up to 100 members serve an account; return those whom the platform did not take."""
    return _refused(await line.post("kf/servicer/add", {"open_kfid": open_kfid, "userid_list": list(userids)}))


async def remove_servicers(line: Line, open_kfid: str, userids: Sequence[str]) -> list[str]:
    """Let members serve an account no longer; return those for whom the platform refused."""
    return _refused(await line.post("kf/servicer/del", {"open_kfid": open_kfid, "userid_list": list(userids)}))


def _refused(document: dict[str, Any]) -> list[str]:
    return [str(entry.get("userid", "")) for entry in document.get("result_list") or [] if entry.get("errcode")]


async def sync_messages(line: Line, open_kfid: str, *, cursor: str, token: str) -> KfPage:
    """Return a page of what was said after `cursor`, in the last three days; never what was sent by this interface.

    `token` comes with the callback and lives ten minutes; without one the platform allows few calls.
    """
    body: dict[str, Any] = {"open_kfid": open_kfid, "limit": MESSAGES_A_PAGE, "voice_format": 0}
    body |= {name: value for name, value in (("cursor", cursor), ("token", token)) if value}
    return understood(KfPage, await line.post("kf/sync_msg", body))


async def send_text(line: Line, *, open_kfid: str, external_userid: str, text: str, msgid: str) -> str:
    """Answer a customer in words; see `send_message`."""
    said = KfText(content=text)
    return await send_message(line, open_kfid=open_kfid, external_userid=external_userid, said=said, msgid=msgid)


async def send_message(line: Line, *, open_kfid: str, external_userid: str, said: KfContent, msgid: str) -> str:
    """Answer a customer; 95001 after five messages, 95002 after 48 hours, 95018 while a member has the conversation.

    40007: a file that the platform does not have (any more); 95008, 95009: a menu that it does not take. `msgid` (32 letters and digits
    at most) is ours and makes the message known.
    """
    body = {"touser": external_userid, "open_kfid": open_kfid, "msgid": msgid} | said.body()
    document = await line.post("kf/send_msg", body)
    return str(document.get("msgid") or "")


async def send_on_event(line: Line, *, code: str, said: KfText | KfMenu, msgid: str) -> str:
    """Greet whoever opened a conversation, or take leave: the code works once, for 20 seconds (document 95122)."""
    document = await line.post("kf/send_msg_on_event", {"code": code, "msgid": msgid} | said.body())
    return str(document.get("msgid") or "")


async def move_conversation(line: Line, *, open_kfid: str, external_userid: str, state: int, userid: str = "") -> str:
    """Give a conversation to the bot (1), the pool (2) or a member (3), or end it (4); return the code of a farewell, if any.

    95016: there is no such move.
    """
    body = {"open_kfid": open_kfid, "external_userid": external_userid, "service_state": state}
    document = await line.post("kf/service_state/trans", body | ({"servicer_userid": userid} if userid else {}))
    return str(document.get("msg_code") or "")


async def conversation_state(line: Line, *, open_kfid: str, external_userid: str) -> int:
    """Return who has a conversation: 0 nobody yet, 1 the bot, 2 the pool, 3 a member, 4 it has ended."""
    body = {"open_kfid": open_kfid, "external_userid": external_userid}
    return int((await line.post("kf/service_state/get", body)).get("service_state") or 0)


async def get_customers(line: Line, external_userids: Sequence[str]) -> list[KfCustomer]:
    """Return who up to 100 customers are."""
    body = {"external_userid_list": list(external_userids), "need_enter_session_context": 0}
    document = await line.post("kf/customer/batchget", body)
    return [understood(KfCustomer, entry) for entry in document.get("customer_list") or []]
