"""What other modules may ask of WeChat accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from cove.directory.people import facade as people
from cove.directory.privacy.contracts import Evidence
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client import mini, pages
from cove.engine.channels.wechat.commands import mini as mini_commands
from cove.engine.channels.wechat.commands.pages import take_page_visitor
from cove.engine.channels.wechat.commands.sending import Letter, order_message
from cove.engine.channels.wechat.contracts.cards import FollowerCard, PageSignature, TemplateNotice
from cove.engine.channels.wechat.contracts.messages import cleaned, fault_of
from cove.engine.channels.wechat.errors import CodeRefused
from cove.engine.channels.wechat.models import WechatFollower
from cove.engine.channels.wechat.outbound.performing import open_line
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput

HOME = "86"


def accounts_of(actor: Actor, contact_id: int) -> list[FollowerCard]:
    """Return as whom the tenant's accounts know a contact and those merged into him, the one he wrote to last first."""
    rows = queries.followings_of(actor, people.family_of(actor, contact_id))
    return [FollowerCard(row.account_id, row.openid, row.contact_id, row.following) for row in rows]


def send_message(
    actor: Actor,
    *,
    contact_id: int,
    message: Mapping[str, Any],
    key: str,
    cause: str = "",
    account_id: int | None = None,
) -> bool:
    """Write to a contact by customer-service message (`contracts.messages`), once for `key`; it goes only while a window is open.

    What becomes of it is told by `cove.facts.messages`. Returns False where no account knows him, or it was asked for before. Raises
    InvalidInput.
    """
    fault = fault_of(message)
    if fault is not None:
        raise InvalidInput(fields={"message": fault})
    row = _row(actor, contact_id, account_id, "official")
    letter = Letter("wechat.send_message", {"message": cleaned(message)}, key, cause=cause)
    return row is not None and order_message(actor, row=row, letter=letter)


def send_template(actor: Actor, *, contact_id: int, account_id: int, notice: TemplateNotice, key: str) -> bool:
    """Send a follower a template message, once for `key`; False if he does not follow the account or it was asked for before."""
    row = _row(actor, contact_id, account_id, "official")
    content = {"template_id": notice.template_id, "data": dict(notice.data), "url": notice.link}
    letter = Letter("wechat.send_template", content, key, cause=notice.cause, subject=notice.subject)
    return row is not None and order_message(actor, row=row, letter=letter)


def send_subscription(actor: Actor, *, contact_id: int, account_id: int, notice: TemplateNotice, key: str) -> bool:
    """Send a subscription notice of an official account or a mini-program, once for `key`; False as in `send_template`."""
    row = _row(actor, contact_id, account_id, "")
    content = {"template_id": notice.template_id, "data": dict(notice.data), "page": notice.link}
    letter = Letter("wechat.send_subscription", content, key, cause=notice.cause, subject=notice.subject)
    return row is not None and order_message(actor, row=row, letter=letter)


async def page_signature(actor: Actor, *, account_id: int, url: str) -> PageSignature:
    """Return what a page needs for `wx.config`; not to be called inside a transaction. Raises a CoveError that says why not."""
    async with httpx.AsyncClient() as http:
        return await pages.sign_page(await open_line(actor.tenant_id, account_id, http), url)


async def page_visitor(
    actor: Actor, *, account_id: int, code: str, anonymous_id: str, asking: bool = False
) -> FollowerCard:
    """Return who opened a page in WeChat, by the code that WeChat gave his browser (`anonymous_id`); both are one from then on.

    `asking`: he was asked for name and picture, too. Not to be called inside a transaction. Raises CodeRefused, also for the made-up person
    of a preview, or another CoveError that says why not.
    """
    async with httpx.AsyncClient() as http:
        line = await open_line(actor.tenant_id, account_id, http)
        granted = await pages.who_granted(line, code)
        if granted.is_snapshotuser:
            raise CodeRefused
        person = await pages.read_person(line, granted) if asking else None
    return await off_loop(
        take_page_visitor, actor, account_id=account_id, granted=granted, person=person, anonymous_id=anonymous_id
    )


async def mini_session(actor: Actor, *, account_id: int, code: str, anonymous_id: str = "") -> FollowerCard:
    """Return who signed in to a mini-program with a `wx.login` code; he is a contact from then on, with what his phone did before.

    `anonymous_id` is the phone as the SDK counts it, if it does. Not to be called inside a transaction. Raises CodeRefused, or another
    CoveError that says why not.
    """
    async with httpx.AsyncClient() as http:
        line = await open_line(actor.tenant_id, account_id, http)
        session = await mini.open_session(line, code)
    return await off_loop(
        mini_commands.take_session,
        actor,
        account_id=account_id,
        openid=session.openid,
        unionid=session.unionid,
        anonymous_id=anonymous_id,
    )


async def mini_phone(
    actor: Actor,
    *,
    account_id: int,
    openid: str,
    code: str,
    purposes: Mapping[str, bool] | None = None,
    evidence: Evidence | None = None,
) -> str:
    """Return the phone number behind a phone button's code, and keep it with whoever gave it, and what he agreed to by purpose.

    As `mini_session`, and NotFound, UnknownPurpose.
    """
    async with httpx.AsyncClient() as http:
        info = await mini.read_phone(await open_line(actor.tenant_id, account_id, http), code)
    phone = info.number if info.country == HOME else f"+{info.country}{info.number}"
    await off_loop(
        mini_commands.take_phone,
        actor,
        account_id=account_id,
        openid=openid,
        phone=phone,
        purposes=dict(purposes or {}),
        evidence=evidence,
    )
    return phone


def _row(actor: Actor, contact_id: int, account_id: int | None, kind: str) -> WechatFollower | None:
    rows = queries.followings_of(actor, people.family_of(actor, contact_id), account_id=account_id)
    return next((row for row in rows if not kind or row.account.kind == kind), None)
