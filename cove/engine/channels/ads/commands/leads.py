from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.engine.channels.ads import queries
from cove.engine.channels.ads.contracts.leads import EVENTS, PLATFORMS, Event, Lead, Platform, Target, mapped
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.ads.permissions import REPORT, TAKE_OVER
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.facts.ads import ConversionReported, LeadReceived
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound

FEEDBACK, CLICK_FEEDBACK = "ads.report_lead", "ads.report_click"


@command(TAKE_OVER, audited=False)
def take_leads(actor: Actor, *, account_id: int, leads: Sequence[Lead]) -> int:
    """Make contacts of the leads that are new, each once however often it comes; return how many were.

    What a platform tells later of one that is known (its app, its state) is kept with it. Of somebody who was erased nothing is begun
    again: his lead is known, though not what it said.
    """
    row = AdAccount.visible_to(actor).select_for_update().filter(id=account_id).first()
    if row is None:
        return 0
    numbers = {one.number for one in leads}
    known = {one.number: one for one in AdLead.objects.filter(account=row, number__in=numbers)}
    news = 0
    for one in leads:
        if one.number in known:
            _freshen(known[one.number], one)
            continue
        known[one.number] = _take(actor, row, one)
        news += 1
    return news


@command(REPORT)
def report_lead(actor: Actor, *, lead_id: int, event: Event) -> bool:
    """Order that the platform is told what became of a lead, once for each event; False if it is told already or wants no such news.

    Raises NotFound.
    """
    row = AdLead.visible_to(actor).select_related("account").filter(id=lead_id).first()
    if row is None:
        raise NotFound
    return _order_report(actor, row, event)


@command(TAKE_OVER, audited=False)
def report_contact(actor: Actor, *, contact_id: int, event: Event) -> None:
    """Tell the platforms by which a contact came what became of him; those of his clicks where he left no data."""
    told = set()
    for row in queries.leads_of_contact(actor, contact_id):
        if row.account_id not in told and _order_report(actor, row, event):
            told.add(row.account_id)
    for account in queries.reporting_accounts(actor):
        if account.codes.get(event) and not AdLead.objects.filter(account=account, contact_id=contact_id).exists():
            key = f"{CLICK_FEEDBACK}:{account.id}:{contact_id}:{event}"
            payload = {"account_id": account.id, "contact_id": contact_id, "event": event, "code": account.codes[event]}
            delivery.deliver(actor, CLICK_FEEDBACK, key, payload)


@command(TAKE_OVER, audited=False)
def note_reported(
    actor: Actor, *, account_id: int, contact_id: int | None, event: Event, verdict: Verdict, lead_id: int | None = None
) -> None:
    """Keep with a lead what the platform was told, and tell it."""
    account = AdAccount.visible_to(actor).filter(id=account_id).first()
    if account is None:
        return
    if lead_id is not None:
        row = AdLead.objects.select_for_update().filter(id=lead_id).first()
        if row is not None:
            said = {"state": str(verdict.state), "reason": verdict.reason, "at": clock.now().isoformat()}
            row.reported = row.reported | {event: said}
            row.save(update_fields=["reported"])
    if verdict.state is State.SENT and contact_id and not verdict.result.get("nothing"):
        platform = cast("Platform", account.platform)
        publish(
            ConversionReported(
                contact_id=contact_id,
                platform=platform,
                platform_name=PLATFORMS[platform].here(),
                event=event,
                event_name=EVENTS[event].here(),
            )
        )


def _order_report(actor: Actor, row: AdLead, event: Event) -> bool:
    code = row.account.codes.get(event)
    if not code or row.account.off:
        return False
    if row.account.platform == "baidu":
        # Baidu knows clicks only, by the page's address; that is another kind of report.
        return False
    payload = {
        "account_id": row.account_id,
        "lead_id": row.id,
        "number": row.number,
        "contact_id": row.contact_id,
        "event": event,
        "code": code,
    }
    return delivery.deliver(actor, FEEDBACK, f"{FEEDBACK}:{row.id}:{event}", payload, lane=f"{FEEDBACK}:{row.id}")


def _freshen(row: AdLead, one: Lead) -> None:
    if row.raw and row.raw != one.raw:
        row.raw = dict(row.raw) | dict(one.raw)
        row.campaign, row.click_id = one.campaign or row.campaign, one.click_id or row.click_id
        row.save(update_fields=["raw", "campaign", "click_id"])


def _take(actor: Actor, account: AdAccount, one: Lead) -> AdLead:
    said = mapped(one.raw, account.mapping)
    contact_id, new = _contact(actor, account, one, said)
    row = AdLead.objects.create(
        account=account,
        number=one.number,
        contact_id=contact_id,
        at=one.at,
        raw=dict(one.raw),
        click_id=one.click_id,
        campaign=one.campaign,
        taken_at=clock.now(),
    )
    if contact_id is not None:
        platform = cast("Platform", account.platform)
        publish(
            LeadReceived(
                contact_id=contact_id,
                platform=platform,
                platform_name=PLATFORMS[platform].here(),
                account_name=account.name,
                campaign=one.campaign or account.name,
                lead_id=row.id,
                click_id=one.click_id,
                new_contact=new,
            ),
            at=one.at,
        )
    return row


def _contact(actor: Actor, account: AdAccount, one: Lead, said: Mapping[Target, str]) -> tuple[int | None, bool]:
    """Return whose lead it is, and whether he is new: known by his phone or e-mail, also where a member wrote them down."""
    phone, email = people.phone_number(said.get("phone", "")), said.get("email", "").lower()
    profile = Profile(
        name=said.get("name", "")[:100] or None,
        company_name=said.get("company_name", "")[:100] or None,
        position=said.get("position", "")[:100] or None,
        phone=phone or None,
        email=email[:200] if "@" in email else None,
    )
    if not phone and profile.email is None:
        return None, False
    written = people.contacts_with_phone(actor, phone, most=1) if phone else []
    if written:
        people.fill_profile(actor, contact_id=written[0], profile=profile)
        return written[0], False
    identity = Identity("phone", phone) if phone else Identity("email", profile.email or "")
    card, new = people.admit_contact(actor, identity=identity, source="ads", at=one.at, profile=profile)
    if new:
        detail = " · ".join(part for part in (account.name, one.campaign) if part)
        people.set_source(actor, contact_id=card.id, source="ads", detail=detail, ref=account.id)
    else:
        people.fill_profile(actor, contact_id=card.id, profile=profile)
    return card.id, new
