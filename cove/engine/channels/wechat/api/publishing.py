"""Console: drafts, mass messages and templates of an official account."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.channels.wechat.api.keeping import problem_text
from cove.engine.channels.wechat.commands.mass import MassWish, send_mass, try_mass
from cove.engine.channels.wechat.commands.publishing import publish_draft
from cove.engine.channels.wechat.commands.templates import try_template
from cove.engine.channels.wechat.contracts.quotas import MASS_A_PERSON_A_MONTH, MASS_CALLS, MOST_A_CALL
from cove.engine.channels.wechat.contracts.templates import fields_of
from cove.engine.channels.wechat.errors import NobodyToReach, NotADraft
from cove.engine.channels.wechat.models import WechatDraft, WechatMass, WechatMassPart
from cove.engine.channels.wechat.permissions import SEE_ACCOUNTS, SEND
from cove.engine.channels.wechat.queries import publishing as queries
from cove.engine.channels.wechat.schemas.publishing import (
    NewWechatMass,
    WechatArticle,
    WechatDraftAnswer,
    WechatHeld,
    WechatMassAnswer,
    WechatMassTest,
    WechatReach,
    WechatReachAsked,
    WechatTemplateAnswer,
    WechatTemplates,
    WechatTemplateTest,
)
from cove.facts.delivery import REASONS
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router()

_ALL = Words("全部粉丝", "All followers")
_TAG = Words("标签「{name}」", "Tag “{name}”")


@console.get(
    "/channels/wechat/{wechat_account_id}/drafts",
    response={200: Page[WechatDraftAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_drafts(
    request: HttpRequest, wechat_account_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[WechatDraftAnswer]:
    """List an account's drafts as last read, and what was published by Cove, newest first."""
    rows = queries.drafts(actor(request), wechat_account_id)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_draft(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/channels/wechat/{wechat_account_id}/drafts/{wechat_draft_id}/publish",
    response={200: WechatDraftAnswer, **refusals(Forbidden, NotFound, NotADraft)},
    **needs(SEND),
)
def publish_wechat_draft(request: HttpRequest, wechat_account_id: int, wechat_draft_id: int) -> WechatDraftAnswer:
    """Have a draft published; it is pushed to nobody. How it ended is there moments later."""
    return _draft(publish_draft(actor(request), account_id=wechat_account_id, draft_id=wechat_draft_id))


@console.get(
    "/channels/wechat/{wechat_account_id}/mass",
    response={200: Page[WechatMassAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_mass(
    request: HttpRequest, wechat_account_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[WechatMassAnswer]:
    """List an account's mass messages with their results, newest first."""
    rows = queries.masses(actor(request), wechat_account_id)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_mass(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/channels/wechat/{wechat_account_id}/mass/reach",
    response={200: WechatReach, **refusals(Forbidden, NotFound)},
    **needs(SEND),
)
def preview_wechat_mass(request: HttpRequest, wechat_account_id: int, payload: WechatReachAsked) -> WechatReach:
    """Tell whom a mass message would reach now, who is left out and why, and how much of the platform's quotas it needs."""
    who = actor(request)
    account = queries.official(who, wechat_account_id)
    reached = queries.reach(who, account, queries.aimed(who, payload.target.model_dump()))
    return WechatReach(
        found=reached.found,
        reached=len(reached.contact_ids),
        held=[
            WechatHeld(reason=reason, text=REASONS[reason].here(), count=count)
            for reason, count in sorted(reached.held.items())
        ],
        calls=-(-len(reached.contact_ids) // MOST_A_CALL),
        calls_a_minute=MASS_CALLS.most,
        most_a_month=MASS_A_PERSON_A_MONTH,
    )


@console.post(
    "/channels/wechat/{wechat_account_id}/mass",
    response={201: WechatMassAnswer, **refusals(Forbidden, NotFound, NobodyToReach)},
    **needs(SEND),
)
def send_wechat_mass(request: HttpRequest, wechat_account_id: int, payload: NewWechatMass) -> Status[WechatMassAnswer]:
    """Send a mass message to those who may be written to; it cannot be called back."""
    wish = MassWish(payload.name, payload.message.model_dump(), payload.target.model_dump())
    return Status(201, _mass(send_mass(actor(request), account_id=wechat_account_id, wish=wish)))


@console.post(
    "/channels/wechat/{wechat_account_id}/mass/test",
    response={204: None, **refusals(Forbidden, NotFound, NobodyToReach)},
    **needs(SEND),
)
def test_wechat_mass(request: HttpRequest, wechat_account_id: int, payload: WechatMassTest) -> Status[None]:
    """Send a mass message to one follower to look at; the platform allows a hundred a day."""
    message = payload.message.model_dump()
    try_mass(actor(request), account_id=wechat_account_id, message=message, contact_id=payload.contact_id)
    return Status(204, None)


@console.get(
    "/channels/wechat/{wechat_account_id}/templates",
    response={200: WechatTemplates, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_templates(request: HttpRequest, wechat_account_id: int) -> WechatTemplates:
    """List an account's templates of template messages and subscription notices as last read."""
    rows = queries.templates(actor(request), wechat_account_id)
    return WechatTemplates(
        items=[
            WechatTemplateAnswer(
                id=row.id,
                form=row.form,  # type: ignore[arg-type]  # one of the two
                title=row.title,
                content=row.content,
                example=row.example,
                fields=fields_of(row.content),
            )
            for row in rows
        ]
    )


@console.post(
    "/channels/wechat/{wechat_account_id}/templates/{wechat_template_id}/test",
    response={204: None, **refusals(Forbidden, NotFound, NobodyToReach)},
    **needs(SEND),
)
def test_wechat_template(
    request: HttpRequest, wechat_account_id: int, wechat_template_id: int, payload: WechatTemplateTest
) -> Status[None]:
    """Send one follower a message of a template to look at."""
    try_template(
        actor(request),
        account_id=wechat_account_id,
        template_row_id=wechat_template_id,
        contact_id=payload.contact_id,
        data=payload.data,
        link=payload.link.strip(),
    )
    return Status(204, None)


def _draft(row: WechatDraft) -> WechatDraftAnswer:
    return WechatDraftAnswer(
        id=row.id,
        articles=[
            WechatArticle(title=one["title"], author=one["author"], digest=one["digest"], url=one["url"])
            for one in row.articles
        ],
        updated_at=row.updated_at,
        state=row.state,  # type: ignore[arg-type]  # one of the four
        published_at=row.published_at,
        article_url=row.article_url,
        problem=problem_text(row.problem),
    )


def _mass(row: WechatMass) -> WechatMassAnswer:
    parts = list(row.parts.all())
    failed = next((part.problem for part in parts if part.problem), "")
    return WechatMassAnswer(
        id=row.id,
        name=row.name,
        form=row.message["form"],
        text=row.message["title"] if row.message["form"] == "draft" else row.message["content"],
        target=_TAG.here({"name": row.target["name"]}) if row.target["kind"] == "tag" else _ALL.here(),
        people=row.people,
        held=row.held,
        sent=sum(part.sent for part in parts),
        failed=sum(part.failed for part in parts),
        state=_state({part.state for part in parts}),  # type: ignore[arg-type]  # one of the four
        problem=problem_text(failed),
        created_at=row.created_at,
    )


def _state(states: set[str]) -> str:
    """Return how far a message is by its parts: it waits while any does, and failed only when all did."""
    order = (WechatMassPart.State.WAITING, WechatMassPart.State.SENT, WechatMassPart.State.DONE)
    return next((str(one) for one in order if one in states), "failed")
