"""Console: setting WeCom up, seeing whether it works, taking over what it has."""

from __future__ import annotations

import asyncio
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from cove.directory.org import facade as org
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.checks import Check, run_checks
from cove.engine.channels.wecom.client.js_sdk import SIDEBAR
from cove.engine.channels.wecom.client.sign_in import COMPANY_COOKIE, START, own_domain
from cove.engine.channels.wecom.commands.channels import allow_sign_in, configure_channel
from cove.engine.channels.wecom.commands.sync import schedule_sync
from cove.engine.channels.wecom.errors import BadAesKey, NotConfigured
from cove.engine.channels.wecom.models import DEFAULT_BASE_URL
from cove.engine.channels.wecom.models import WecomChannel as Row
from cove.engine.channels.wecom.permissions import CONFIGURE, SEE_CHANNEL, SYNC
from cove.engine.channels.wecom.schemas.channels import (
    ChannelCheck,
    ChannelChecks,
    JobStarted,
    WecomChange,
    WecomChannel,
    WecomSignInChange,
    WecomSignInOffer,
    WecomState,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import anybody, needs
from cove.kernel.words import Words

COLON = Words("：", ": ")

console = Router(tags=["channels"])


@console.get("/channels/wecom", response={200: WecomChannel, **refusals(Forbidden)}, **needs(SEE_CHANNEL))
def read_wecom(request: HttpRequest) -> WecomChannel:
    """Show the channel's settings and state."""
    who = actor(request)
    return _shown(who, queries.channel(who))


@console.put("/channels/wecom", response={200: WecomChannel, **refusals(Forbidden, BadAesKey)}, **needs(CONFIGURE))
def change_wecom(request: HttpRequest, payload: WecomChange) -> WecomChannel:
    """Set the channel up or change it; it takes effect at once."""
    who = actor(request)
    row = configure_channel(
        who,
        corp_id=payload.corp_id,
        agent_id=payload.agent_id,
        base_url=payload.base_url,
        secret=payload.secret or None,
        callback_token=payload.callback_token or None,
        aes_key=payload.aes_key or None,
    )
    return _shown(who, row)


@console.get("/channels/wecom/sign-in", response={200: WecomSignInOffer, **refusals()}, **anybody())
def read_wecom_sign_in(request: HttpRequest, company: Annotated[str, Query(max_length=60)] = "") -> WecomSignInOffer:
    """Tell whether the sign-in page should offer WeCom, for a company's sign-in address or for whoever has none.

    Where several companies share the installation it is offered without asking which, so that nobody learns who they are.
    """
    tenant = org.tenant_by_slug(company or request.COOKIES.get(COMPANY_COOKIE, "")[:60])
    if tenant is None:
        return WecomSignInOffer(offered=not company)
    return WecomSignInOffer(offered=not tenant.suspended and queries.signs_in(Actor.system(tenant.id)))


@console.put(
    "/channels/wecom/sign-in",
    response={200: WecomChannel, **refusals(Forbidden, NotConfigured)},
    **needs(CONFIGURE),
)
def change_wecom_sign_in(request: HttpRequest, payload: WecomSignInChange) -> WecomChannel:
    """Let members sign in by WeCom, or no longer."""
    who = actor(request)
    return _shown(who, allow_sign_in(who, allowed=payload.sign_in))


@console.post(
    "/channels/wecom/check", response={200: ChannelChecks, **refusals(Forbidden, NotConfigured)}, **needs(CONFIGURE)
)
def check_wecom(request: HttpRequest) -> ChannelChecks:
    """Try token, rights and callback now, each with its remedy."""
    who = actor(request)
    who.require(CONFIGURE)
    row, credentials = queries.channel(who), queries.credentials(who)
    checks = asyncio.run(run_checks(credentials, row))
    return ChannelChecks(
        checks=[ChannelCheck(key=one.key, ok=one.ok, label=one.label.here(), remedy=_remedy(one)) for one in checks]
    )


@console.post("/channels/wecom/sync", response={200: JobStarted, **refusals(Forbidden, NotConfigured)}, **needs(SYNC))
def sync_wecom(request: HttpRequest) -> JobStarted:
    """Take over departments, members, tags and customers, as a job."""
    who = actor(request)
    queries.credentials(who)
    return JobStarted(job_id=schedule_sync(who).id)


def _remedy(one: Check) -> str:
    if one.remedy is None:
        return ""
    return COLON.here().join(words.here() for words in (one.trouble, one.remedy) if words)


def _shown(who: Actor, row: Row | None) -> WecomChannel:
    state, slug = queries.state(who, row), org.tenant(who).slug
    return WecomChannel(
        configured=bool(row and row.corp_id and row.secret),
        corp_id=row.corp_id if row else "",
        agent_id=row.agent_id if row else "",
        base_url=row.base_url if row else DEFAULT_BASE_URL,
        secret_set=bool(row and row.secret),
        callback_url=f"{settings.PUBLIC_URL}/callbacks/wecom/{row.public_id}" if row else "",
        callback_token_set=bool(row and row.callback_token),
        aes_key_set=bool(row and row.aes_key),
        sign_in=bool(row and row.sign_in),
        trusted_domain=own_domain(),
        sign_in_url=f"{settings.PUBLIC_URL}{START}?company={slug}",
        sidebar_url=f"{settings.PUBLIC_URL}{SIDEBAR}?company={slug}",
        state=WecomState(
            last_callback_at=row.last_callback_at if row else None,
            verified_at=row.verified_at if row else None,
            last_sync_at=row.synced_at if row else None,
            members=state.members,
            customers=state.customers,
            problem=state.problem.here() if state.problem else None,
        ),
    )
