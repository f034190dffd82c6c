"""Console: advertising accounts, the mapping of their fields, their leads, and what is reported back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.people import facade as people
from cove.engine.channels.ads import queries
from cove.engine.channels.ads.commands.accounts import (
    Access,
    add_account,
    change_account,
    map_fields,
    order_pull,
    switch_account,
)
from cove.engine.channels.ads.commands.leads import report_lead
from cove.engine.channels.ads.contracts.leads import EVENTS, PLATFORMS, TARGETS, flattened, mapped
from cove.engine.channels.ads.errors import AccountTaken
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.ads.permissions import CONFIGURE, REPORT, SEE_ADS
from cove.engine.channels.ads.schemas import (
    AdAccess,
    AdAccountAnswer,
    AdAccountsAnswer,
    AdAccountSwitch,
    AdChoiceAnswer,
    AdFieldAnswer,
    AdFiguresAnswer,
    AdLeadAnswer,
    AdMappingChange,
    AdMappingTry,
    AdPreviewAnswer,
    AdReport,
    AdReportAnswer,
    NewAdAccount,
)
from cove.engine.channels.ads.troubles import said_of
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.masking import text_shown_to
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["channels"])

CALLBACKS = "/callbacks/ads/"
LOOKED_AT = 20
_NOTHING = queries.Figures(0, 0, None)


@console.get("/channels/ads", response={200: AdAccountsAnswer, **refusals(Forbidden)}, **needs(SEE_ADS))
def list_ad_accounts(request: HttpRequest) -> AdAccountsAnswer:
    """List the advertising accounts with their state and figures."""
    who = actor(request)
    rows, counted = queries.accounts(who), queries.figures(who)
    return AdAccountsAnswer(
        items=[_account(row, counted.get(row.id, _NOTHING)) for row in rows],
        targets=_choices(TARGETS),
        events=_choices(EVENTS),
        platforms=_choices(PLATFORMS),
    )


@console.post("/channels/ads", response={201: AdAccountAnswer, **refusals(Forbidden, AccountTaken)}, **needs(CONFIGURE))
def add_ad_account(request: HttpRequest, payload: NewAdAccount) -> Status[AdAccountAnswer]:
    """Add an account; its leads of the last week are asked for at once."""
    row = add_account(actor(request), platform=payload.platform, access=_access(payload))
    return Status(201, _account(row, _NOTHING))


@console.put(
    "/channels/ads/{ad_account_id}",
    response={200: AdAccountAnswer, **refusals(Forbidden, NotFound, AccountTaken)},
    **needs(CONFIGURE),
)
def change_ad_account(request: HttpRequest, ad_account_id: int, payload: AdAccess) -> AdAccountAnswer:
    """Change how an account is reached; it takes effect at once."""
    who = actor(request)
    change_account(who, ad_account_id=ad_account_id, access=_access(payload))
    return _one(who, ad_account_id)


@console.put(
    "/channels/ads/{ad_account_id}/off",
    response={200: AdAccountAnswer, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE),
)
def switch_ad_account(request: HttpRequest, ad_account_id: int, payload: AdAccountSwitch) -> AdAccountAnswer:
    """Take leads of an account no longer, or again."""
    who = actor(request)
    switch_account(who, ad_account_id=ad_account_id, off=payload.off)
    return _one(who, ad_account_id)


@console.put(
    "/channels/ads/{ad_account_id}/mapping",
    response={200: AdAccountAnswer, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE),
)
def map_ad_fields(request: HttpRequest, ad_account_id: int, payload: AdMappingChange) -> AdAccountAnswer:
    """Say which field of a lead becomes which of the contact's, and what is reported back as what."""
    who = actor(request)
    map_fields(who, ad_account_id=ad_account_id, mapping=payload.mapping, codes=payload.codes)
    return _one(who, ad_account_id)


@console.post(
    "/channels/ads/{ad_account_id}/preview",
    response={200: AdPreviewAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_ADS),
)
def preview_ad_mapping(request: HttpRequest, ad_account_id: int, payload: AdMappingTry) -> AdPreviewAnswer:
    """Show the fields of the last leads, and what a mapping would make of the last one."""
    who = actor(request)
    queries.account(who, ad_account_id)
    last = list(queries.leads(who, account_id=ad_account_id).exclude(raw={}).order_by("-id")[:LOOKED_AT])
    fields: dict[str, str] = {}
    for row in last:
        for path, text in flattened(row.raw).items():
            fields.setdefault(path, text_shown_to(who, text))
    made = mapped(last[0].raw, payload.mapping) if last else {}
    return AdPreviewAnswer(
        number=last[0].number if last else "",
        at=last[0].at if last else None,
        fields=[AdFieldAnswer(path=path, example=text) for path, text in fields.items()],
        contact={target: text_shown_to(who, text) for target, text in made.items()},
    )


@console.post(
    "/channels/ads/{ad_account_id}/pull",
    response={202: None, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE),
)
def pull_ad_leads(request: HttpRequest, ad_account_id: int) -> Status[None]:
    """Ask for new leads now, in the background, within seconds."""
    order_pull(actor(request), ad_account_id=ad_account_id)
    return Status(202, None)


@console.get("/ads/leads", response={200: Page[AdLeadAnswer], **refusals(Forbidden)}, **needs(SEE_ADS))
def list_ad_leads(
    request: HttpRequest,
    ad_account_id: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[AdLeadAnswer]:
    """List leads, the newest first."""
    who = actor(request)
    rows = queries.leads(who, account_id=ad_account_id)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    names = {key: one.name for key, one in people.contacts_by_id(who, {row.contact_id or 0 for row in found}).items()}
    return Page(items=[_lead(row, names) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/ads/leads/{ad_lead_id}/report",
    response={200: AdReportAnswer, **refusals(Forbidden, NotFound)},
    **needs(REPORT),
)
def report_ad_lead(request: HttpRequest, ad_lead_id: int, payload: AdReport) -> AdReportAnswer:
    """Tell the platform what became of a lead."""
    return AdReportAnswer(ordered=report_lead(actor(request), lead_id=ad_lead_id, event=payload.event))


def _access(payload: AdAccess) -> Access:
    return Access(payload.name, payload.outer_id, payload.base_url, payload.token, payload.secret)


def _one(who: Actor, account_id: int) -> AdAccountAnswer:
    return _account(queries.account(who, account_id), queries.figures(who).get(account_id, _NOTHING))


def _choices(labels: Mapping[Any, Words]) -> list[AdChoiceAnswer]:
    return [AdChoiceAnswer(key=key, label=label.here()) for key, label in labels.items()]


def _account(row: AdAccount, said: queries.Figures) -> AdAccountAnswer:
    problem = said_of(row.problem) if row.problem in REASONS else None
    return AdAccountAnswer.model_validate(
        {
            "id": row.id,
            "platform": row.platform,
            "platform_name": PLATFORMS[row.platform].here(),  # type: ignore[index]  # one of the choices
            "name": row.name,
            "outer_id": row.outer_id,
            "base_url": row.base_url,
            "token_set": bool(row.token),
            "secret_set": bool(row.secret),
            "push_url": f"{settings.PUBLIC_URL}{CALLBACKS}{row.public_id}",
            "off": row.off,
            "mapping": row.mapping,
            "codes": row.codes,
            "pulled_at": row.pulled_at,
            "told_at": row.told_at,
            "problem": problem.here() if problem else "",
            "figures": AdFiguresAnswer(leads=said.leads, contacts=said.contacts, last_at=said.last_at),
        }
    )


def _lead(row: AdLead, names: Mapping[int, str]) -> AdLeadAnswer:
    key = row.contact_id or 0
    return AdLeadAnswer.model_validate(
        {
            "id": row.id,
            "account": NamedId(id=row.account_id, name=row.account.name),
            "platform": row.account.platform,
            "number": row.number,
            "campaign": row.campaign,
            "at": row.at,
            "contact": NamedId(id=key, name=names[key]) if key in names else None,
            "usable": row.contact_id is not None,
            "reported": [event for event, said in row.reported.items() if said.get("state") == "sent"],
        }
    )
