"""Console: who serves the accounts of customer service, and whether conversations are taken over."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from ninja import Router

from cove.directory.org import facade as org
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.archive import keep_archive
from cove.engine.channels.wecom.commands.servicers import choose_servicers
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.models import WecomKfAccount
from cove.engine.channels.wecom.permissions import CONFIGURE, MANAGE_TOOLS, SEE_CHANNEL, SEE_TOOLS
from cove.engine.channels.wecom.schemas.channels import (
    WecomArchive,
    WecomArchiveChange,
    WecomKfAccountAnswer,
    WecomServicers,
)
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId

console = Router(tags=["channels"])


@console.get(
    "/channels/wecom/kf-accounts", response={200: list[WecomKfAccountAnswer], **refusals(Forbidden)}, **needs(SEE_TOOLS)
)
def list_kf_accounts(request: HttpRequest) -> list[WecomKfAccountAnswer]:
    """List the accounts that the platform has, as they were last read."""
    who = actor(request)
    return _shown(who, queries.kf_accounts(who))


@console.put(
    "/channels/wecom/kf-accounts/{kf_account_id}",
    response={200: WecomKfAccountAnswer, **refusals(Forbidden, NotFound, NotConfigured, InvalidInput)},
    **needs(MANAGE_TOOLS),
)
def change_kf_servicers(request: HttpRequest, kf_account_id: int, payload: WecomServicers) -> WecomKfAccountAnswer:
    """Say who serves an account; it is so when the platform has done it."""
    who = actor(request)
    return _shown(who, [choose_servicers(who, kf_account_id=kf_account_id, member_ids=payload.member_ids)])[0]


@console.get("/channels/wecom/archive", response={200: WecomArchive, **refusals(Forbidden)}, **needs(SEE_CHANNEL))
def read_archive(request: HttpRequest) -> WecomArchive:
    """Tell whether conversations are taken over, and when something was last found."""
    row = queries.channel(actor(request))
    return WecomArchive(on=bool(row and row.archive), read_at=row.archive_read_at if row else None)


@console.put(
    "/channels/wecom/archive", response={200: WecomArchive, **refusals(Forbidden, NotConfigured)}, **needs(CONFIGURE)
)
def change_archive(request: HttpRequest, payload: WecomArchiveChange) -> WecomArchive:
    """Begin to take conversations over, or stop."""
    row = keep_archive(actor(request), on=payload.on)
    return WecomArchive(on=row.archive, read_at=row.archive_read_at)


def _shown(who: Actor, rows: Iterable[WecomKfAccount]) -> list[WecomKfAccountAnswer]:
    found = list(rows)
    cards = org.members_by_wecom_userids(who, {one.lower() for row in found for one in row.servicers})
    return [
        WecomKfAccountAnswer(
            id=row.id,
            name=row.name,
            servicers=[
                NamedId(id=card.id, name=card.name) for one in row.servicers if (card := cards.get(one.lower()))
            ],
            reason=REASONS[row.reason].here() if row.reason in REASONS else row.reason,
        )
        for row in found
    ]
