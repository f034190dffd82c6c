"""What other modules may ask of WeCom."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import httpx

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.contact_ways import add_contact_way
from cove.engine.channels.wecom.client.groups import MOST_GROUPS_A_WAY
from cove.engine.channels.wecom.client.welcomes import WINDOW_SECONDS
from cove.engine.channels.wecom.commands import cards, channels, mass, materials, moments, support, sync
from cove.engine.channels.wecom.contracts.cards import ContactWayCard
from cove.engine.channels.wecom.contracts.contents import Attachment, Content
from cove.engine.channels.wecom.contracts.questions import Question
from cove.engine.channels.wecom.contracts.shown import ShownAttachment
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.outbound.performing import open_line
from cove.engine.channels.wecom.schemas.contents import shown_attachments
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

_GROUPS = Words("请选择 1 到 5 个未解散的客户群", "Choose one to five groups that still exist")


def configured(actor: Actor) -> bool:
    """Tell whether calls can be made for the actor's tenant."""
    try:
        queries.credentials(actor)
    except NotConfigured:
        return False
    return True


def configure_channel(
    actor: Actor,
    *,
    corp_id: str,
    agent_id: str,
    secret: str,
    callback_token: str,
    aes_key: str,
    base_url: str = "",
) -> str:
    """Set the channel up; return the path of its callback address. Raises InvalidInput, BadAesKey."""
    row = channels.configure_channel(
        actor,
        corp_id=corp_id,
        agent_id=agent_id,
        base_url=base_url,
        secret=secret,
        callback_token=callback_token,
        aes_key=aes_key,
    )
    return f"/callbacks/wecom/{row.public_id}"


def start_sync(actor: Actor, *, customers: bool = True) -> int:
    """Start taking over directory and customers as a job; return the id of its progress row."""
    return sync.schedule_sync(actor, customers=customers).id


def send_welcome(  # noqa: PLR0913 -- what a welcome is
    actor: Actor,
    *,
    contact_id: int,
    member_id: int,
    member_name: str,
    welcome_code: str,
    text: str,
    event_at: datetime,
    key: str = "",
    attachments: Sequence[Mapping[str, Any]] = (),
) -> bool:
    """Send a new friend his welcome within 20 seconds of the second of `event_at` (CreateTime); once for `key`, else for the code.

    `attachments` are parts of `contracts.contents.Content`, as they are kept.
    What becomes of it is told by `delivery.welcome_sent` or `delivery.welcome_missed`, a missing code included. Returns False where
    there is nothing to do: it was asked for before, or the friendship is old news that never had a code.
    """
    not_after = event_at.replace(microsecond=0) + timedelta(seconds=WINDOW_SECONDS)
    if not welcome_code and clock.now() >= not_after:
        return False
    payload = {
        "contact_id": contact_id,
        "member_id": member_id,
        "member_name": member_name,
        "welcome_code": welcome_code,
        "text": text,
        "attachments": list(attachments),
    }
    name = key or f"{contact_id}:{member_id}:{welcome_code or event_at.isoformat()}"
    return delivery.deliver(actor, "wecom.send_welcome", f"wecom.send_welcome:{name}", payload, not_after=not_after)


def check_welcome(actor: Actor, *, text: str, new: Sequence[Attachment]) -> None:
    """Refuse what a welcome cannot carry, of what is `new` in it. Raises InvalidInput naming `welcome_attachments`."""
    queries.check_welcome(actor, text, new)


def hold_files(actor: Actor, file_ids: Collection[int]) -> None:
    """Keep files of messages until `let_files_go`, however old they grow."""
    if file_ids:
        materials.hold_files(Actor.system(actor.tenant_id, chain=actor.chain), file_ids=file_ids)


def let_files_go(actor: Actor, file_ids: Collection[int]) -> None:
    """Let files of messages go when their usual time is over."""
    if file_ids:
        materials.let_files_go(Actor.system(actor.tenant_id, chain=actor.chain), file_ids=file_ids)


def attachments_shown(actor: Actor, kept: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[ShownAttachment]]:
    """Return what messages carry, as pages show it, with names of their files; one question for all, none without files.

    The names may be seen by whoever sees the message; the files themselves only by whoever may have them.
    """
    contents = [{"attachments": parts} for parts in kept]
    files = queries.files_of_contents(Actor.system(actor.tenant_id), contents)
    return [shown_attachments(one, files) for one in contents]


def request_contact_way(actor: Actor, *, key: str, userid: str, state: str, remark: str = "") -> bool:
    """Ask for a contact way that leads to the member and carries `state` (at most 30 characters); once for `key`.

    The answer is the fact `wecom.contact_way_made` or `wecom.contact_way_failed` with the same `key`. Returns False if it was asked for
    before.
    """
    payload = {"key": key, "userids": [userid], "state": state, "remark": remark}
    return delivery.deliver(actor, "wecom.make_contact_way", f"wecom.make_contact_way:{key}", payload)


def remove_contact_way(actor: Actor, *, config_id: str) -> bool:
    """Have a contact way deleted on the platform; its QR code stops working. Returns False if it was asked for before."""
    payload = {"config_id": config_id}
    return delivery.deliver(actor, "wecom.remove_contact_way", f"wecom.remove_contact_way:{config_id}", payload)


async def make_contact_way_now(
    actor: Actor, *, userid: str, state: str, remark: str = "", timeout_s: float = 3.0
) -> ContactWayCard:
    """Make a contact way while somebody waits for it; not to be called inside a transaction.

    Raises a CoveError that says why not (not configured, unreachable, refused), or TimeoutError after `timeout_s` seconds.
    """
    async with asyncio.timeout(timeout_s), httpx.AsyncClient(verify=_tls()) as http:
        line = await open_line(actor.tenant_id, http)
        way = await add_contact_way(line, userids=[userid], state=state, remark=remark)
        return ContactWayCard(way.config_id, way.qr_code)


def request_join_way(
    actor: Actor, *, key: str, group_ids: Collection[int], state: str, remark: str = "", new_groups: str = ""
) -> bool:
    """Ask for a code that leads into one of up to five groups and carries `state`; once for `key`, False if asked before.

    `new_groups` is the name of the groups that the platform makes when all are full; empty: none. The answer is the fact
    `wecom.join_way_made` or `wecom.join_way_failed` with the same `key`. Raises InvalidInput without a group, or with more than five.
    """
    chat_ids = [group.chat_id for group in queries.living_groups(actor, group_ids)]
    if not 1 <= len(chat_ids) <= MOST_GROUPS_A_WAY:
        raise InvalidInput(fields={"group_ids": _GROUPS})
    payload = {
        "key": key,
        "chat_ids": chat_ids,
        "state": state,
        "remark": remark,
        "new_groups": new_groups,
        "first_number": 1,
    }
    return delivery.deliver(actor, "wecom.make_join_way", f"wecom.make_join_way:{key}", payload)


def remove_join_way(actor: Actor, *, config_id: str) -> bool:
    """Have a group code deleted on the platform; its picture stops working. Returns False if it was asked for before."""
    payload = {"config_id": config_id}
    return delivery.deliver(actor, "wecom.remove_join_way", f"wecom.remove_join_way:{config_id}", payload)


def send_mass(
    actor: Actor,
    *,
    key: str,
    content: Content,
    contact_ids: Collection[int],
    sender_id: int | None = None,
    cause: str = "",
    subject: str = "",
) -> list[int]:
    """Have members send contacts a message that they confirm in WeCom, once for `key`; return the tasks' numbers.

    What becomes of it is told for each contact by `messages.message_sent` and `messages.message_failed` with `cause`.
    """
    return mass.ask_mass_message(
        actor,
        key=key,
        content=content,
        contact_ids=contact_ids,
        sender_id=sender_id,
        cause=cause,
        subject=subject,
    )


def send_to_groups(
    actor: Actor, *, key: str, content: Content, group_ids: Collection[int], cause: str = "", subject: str = ""
) -> list[int]:
    """Have owners send their groups a message that they confirm in WeCom, once for `key`; return the tasks' numbers."""
    return mass.ask_group_message(actor, key=key, content=content, group_ids=group_ids, cause=cause, subject=subject)


def publish_moment(
    actor: Actor,
    *,
    key: str,
    content: Content,
    member_ids: Collection[int] = (),
    tag_ids: Collection[int] = (),
    subject: str = "",
) -> int:
    """Have members publish a moment, once for `key`; return its number. Each that does is told by `wecom.moment_published`."""
    return moments.ask_moment(actor, key=key, content=content, member_ids=member_ids, tag_ids=tag_ids, subject=subject)


def ask_members(actor: Actor, *, key: str, member_ids: Collection[int], question: Question, cause: str = "") -> bool:
    """Send members a card with buttons, once for `key`; False if asked before or nobody can get it.

    What each presses first is told by `wecom_staff.card_pressed` with `key` and `cause`.
    """
    return cards.ask_members(actor, key=key, member_ids=member_ids, question=question, cause=cause)


def answer_customer(
    actor: Actor, *, key: str, open_kfid: str, external_userid: str, text: str, cause: str = "", subject: str = ""
) -> bool:
    """Answer a customer of customer service, once for `key`: within 48 hours of his last message, five times at most."""
    return support.answer_customer(
        actor,
        key=key,
        open_kfid=open_kfid,
        external_userid=external_userid,
        text=text,
        cause=cause,
        subject=subject,
    )


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes tens of milliseconds, which nobody should wait for twice.
    return httpx.create_ssl_context()
