"""Console: setting accounts up, seeing whether they work, taking over what they have."""

from __future__ import annotations

import asyncio

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client.checks import run_checks
from cove.engine.channels.wechat.commands.accounts import Settings, add_account, change_account, remove_account
from cove.engine.channels.wechat.commands.sync import schedule_sync
from cove.engine.channels.wechat.errors import AccountIncomplete, AccountTaken, BadAesKey
from cove.engine.channels.wechat.models import WechatAccount
from cove.engine.channels.wechat.permissions import CONFIGURE, SEE_ACCOUNTS, SYNC
from cove.engine.channels.wechat.queries import AccountState
from cove.engine.channels.wechat.schemas.settings import (
    NewWechatAccount,
    WechatAccountAnswer,
    WechatAccountChange,
    WechatAccounts,
    WechatAccountState,
    WechatCheck,
    WechatChecks,
    WechatJobStarted,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router()


@console.get("/channels/wechat", response={200: WechatAccounts, **refusals(Forbidden)}, **needs(SEE_ACCOUNTS))
def list_wechat_accounts(request: HttpRequest) -> WechatAccounts:
    """List the official accounts and mini-programs with their state."""
    who = actor(request)
    rows = queries.accounts(who)
    states = queries.states(who, rows)
    return WechatAccounts(items=[_answer(row, states[row.id]) for row in rows])


@console.post(
    "/channels/wechat",
    response={201: WechatAccountAnswer, **refusals(Forbidden, BadAesKey, AccountTaken)},
    **needs(CONFIGURE),
)
def add_wechat_account(request: HttpRequest, payload: NewWechatAccount) -> Status[WechatAccountAnswer]:
    """Add an official account or a mini-program."""
    who = actor(request)
    return Status(201, _shown(who, add_account(who, kind=payload.kind, settings=_settings(payload))))


@console.get(
    "/channels/wechat/{wechat_account_id}",
    response={200: WechatAccountAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def read_wechat_account(request: HttpRequest, wechat_account_id: int) -> WechatAccountAnswer:
    """Read one account."""
    who = actor(request)
    return _shown(who, queries.account(who, wechat_account_id))


@console.put(
    "/channels/wechat/{wechat_account_id}",
    response={200: WechatAccountAnswer, **refusals(Forbidden, NotFound, BadAesKey, AccountTaken)},
    **needs(CONFIGURE),
)
def change_wechat_account(
    request: HttpRequest, wechat_account_id: int, payload: WechatAccountChange
) -> WechatAccountAnswer:
    """Change an account; it takes effect at once."""
    who = actor(request)
    return _shown(who, change_account(who, account_id=wechat_account_id, settings=_settings(payload)))


@console.delete(
    "/channels/wechat/{wechat_account_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(CONFIGURE)
)
def remove_wechat_account(request: HttpRequest, wechat_account_id: int) -> Status[None]:
    """Remove an account with its followers, replies, codes and menu; contacts stay."""
    remove_account(actor(request), account_id=wechat_account_id)
    return Status(204, None)


@console.post(
    "/channels/wechat/{wechat_account_id}/check",
    response={200: WechatChecks, **refusals(Forbidden, NotFound, AccountIncomplete)},
    **needs(CONFIGURE),
)
def check_wechat_account(request: HttpRequest, wechat_account_id: int) -> WechatChecks:
    """Try credentials, rights and callback now, each with its remedy."""
    who = actor(request)
    row = queries.account(who, wechat_account_id)
    found = asyncio.run(run_checks(queries.credentials(who, row.id), row))
    return WechatChecks(
        checks=[
            WechatCheck(
                key=one.key,
                ok=one.remedy is None,
                label=one.label.here(),
                remedy=one.what_to_do(),
            )
            for one in found
        ]
    )


@console.post(
    "/channels/wechat/{wechat_account_id}/sync",
    response={200: WechatJobStarted, **refusals(Forbidden, NotFound, AccountIncomplete)},
    **needs(SYNC),
)
def sync_wechat_account(request: HttpRequest, wechat_account_id: int) -> WechatJobStarted:
    """Take over followers and templates, as a job."""
    who = actor(request)
    queries.credentials(who, queries.account(who, wechat_account_id).id)
    return WechatJobStarted(job_id=schedule_sync(who, account_id=wechat_account_id).id)


def _settings(payload: WechatAccountChange) -> Settings:
    return Settings(
        name=payload.name,
        app_id=payload.app_id,
        original_id=payload.original_id,
        base_url=payload.base_url,
        sealed_only=payload.sealed_only,
        page_origins=payload.page_origins,
        domain_file=payload.domain_file,
        secret=payload.secret or None,
        callback_token=payload.callback_token or None,
        aes_key=payload.aes_key or None,
    )


def _shown(who: Actor, row: WechatAccount) -> WechatAccountAnswer:
    return _answer(row, queries.states(who, [row])[row.id])


def _answer(row: WechatAccount, state: AccountState) -> WechatAccountAnswer:
    return WechatAccountAnswer(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # one of the two
        name=row.name,
        app_id=row.app_id,
        original_id=row.original_id,
        base_url=row.base_url,
        sealed_only=row.sealed_only,
        page_origins=row.page_origins,
        domain_file=row.domain_file,
        page_start_url=f"{settings.PUBLIC_URL}/wechat/page/start?account={row.public_id}",
        page_signature_url=f"{settings.PUBLIC_URL}/wechat/page/signature?account={row.public_id}",
        mini_login_url=f"{settings.PUBLIC_URL}/wechat/mini/login?account={row.public_id}",
        mini_phone_url=f"{settings.PUBLIC_URL}/wechat/mini/phone?account={row.public_id}",
        secret_set=bool(row.secret),
        callback_url=f"{settings.PUBLIC_URL}/callbacks/wechat/{row.public_id}",
        callback_token_set=bool(row.callback_token),
        aes_key_set=bool(row.aes_key),
        state=WechatAccountState(
            followers=state.followers,
            people=state.people,
            verified_at=row.verified_at,
            last_callback_at=row.last_callback_at,
            last_sync_at=row.synced_at,
            problem=state.problem.here() if state.problem else None,
        ),
    )
