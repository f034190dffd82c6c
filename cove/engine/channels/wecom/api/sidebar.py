"""The page beside a chat in WeCom: its signature, and who the customer of the chat is."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime
from typing import Annotated

import httpx
from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.customers import get_customer
from cove.engine.channels.wecom.client.js_sdk import company_of_page, shared_ticket, signed
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.customers import meet_customer
from cove.engine.channels.wecom.contracts.answers import Customer
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import (
    NoAnswer,
    NotConfigured,
    NotYourCustomer,
    OtherCompany,
    Unreachable,
    WeComError,
)
from cove.engine.channels.wecom.permissions import MEET_CUSTOMER
from cove.engine.channels.wecom.schemas.channels import CustomerAsked, ExternalUserid, KnownCustomer, PageSignature
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.throttle.errors import TooManyTries
from cove.kernel.throttle.limit import Limit, count_try
from cove.kernel.words import Words

console = Router(tags=["channels"])

# Each asks the platform; a person goes from chat to chat far more slowly.
PER_MEMBER = Limit("wecom_meet_customer", tries=30, seconds=60)
PATIENCE_SECONDS = 8.0
_OWN_PAGE = Words(
    "只为侧边栏页面签名，请核对聊天工具栏中的页面地址", "Only the sidebar is signed; compare its address in the toolbar"
)


@console.get(
    "/channels/wecom/page-signature",
    response={
        200: PageSignature,
        **refusals(Forbidden, NotConfigured, InvalidInput, OtherCompany, NoAnswer, Unreachable, WeComError),
    },
    **signed_in(),
)
def sign_page(request: HttpRequest, path: Annotated[str, Query(max_length=2000)]) -> PageSignature:
    """Sign the sidebar, so that it may use WeCom's JS-SDK; `path` is its path and query as the browser shows them.

    The address is put together here: whatever other address the page was reached by, WeCom trusts this one only.
    """
    who = actor(request)
    company = company_of_page(path)
    if company is None:
        raise InvalidInput(fields={"path": _OWN_PAGE})
    if company and company != org.tenant(who).slug:
        raise OtherCompany
    return asyncio.run(_signed(queries.credentials(who), f"{settings.PUBLIC_URL}{path}"))


@console.get("/channels/wecom/customer", response={200: KnownCustomer, **refusals(Forbidden)}, **needs(MEET_CUSTOMER))
def read_wecom_customer(request: HttpRequest, external_userid: Annotated[ExternalUserid, Query()]) -> KnownCustomer:
    """Tell which contact a customer of WeCom is, null if none that one may see. Nothing is made."""
    return _known(actor(request), external_userid)


@console.post(
    "/channels/wecom/customer",
    response={
        200: KnownCustomer,
        **refusals(Forbidden, NotConfigured, NotYourCustomer, NoAnswer, Unreachable, WeComError, TooManyTries),
    },
    **needs(MEET_CUSTOMER),
)
def meet_wecom_customer(request: HttpRequest, payload: CustomerAsked) -> KnownCustomer:
    """Take over one customer from WeCom now, whom the acting member follows there; who is known already is not asked for."""
    who = actor(request)
    who.require(MEET_CUSTOMER)
    found = _known(who, payload.external_userid)
    if found.contact_id is not None:
        return found
    credentials = queries.credentials(who)
    count_try(PER_MEMBER, f"{who.tenant_id}:{who.member_id}")
    # No transaction is open here: an answer that takes its time holds nothing.
    customer, read_at = asyncio.run(_asked(credentials, payload.external_userid))
    meet_customer(who, customer=customer, read_at=read_at)
    return _known(who, payload.external_userid)


def _known(who: Actor, external_userid: str) -> KnownCustomer:
    found = people.seen_by_identity(who, Identity("wecom_external", external_userid))
    return KnownCustomer(contact_id=found.id if found else None)


async def _asked(credentials: Credentials, external_userid: str) -> tuple[Customer, datetime]:
    read_at = clock.now()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient() as http:
            return await get_customer(Line(credentials, http), external_userid), read_at
    except TimeoutError as error:
        raise NoAnswer from error


async def _signed(credentials: Credentials, url: str) -> PageSignature:
    async with httpx.AsyncClient() as http:
        line = Line(credentials, http)
        corp, agent = await shared_ticket(line, "corp"), await shared_ticket(line, "agent_config")
    nonce, at = secrets.token_hex(8), int(clock.now().timestamp())
    return PageSignature(
        corp_id=credentials.corp_id,
        agent_id=credentials.agent_id,
        timestamp=at,
        nonce=nonce,
        signature=signed(corp, nonce, at, url),
        agent_signature=signed(agent, nonce, at, url),
    )
