"""Console: privacy of the tenant."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.directory.privacy.api.answers import erasure_answers, purpose_answer, rule_answer
from cove.directory.privacy.commands.purposes import change_purpose, create_purpose, lay_usual_purposes
from cove.directory.privacy.commands.settings import LONGEST_DAYS, change_settings
from cove.directory.privacy.errors import PurposeNameTaken
from cove.directory.privacy.permissions import MANAGE_PRIVACY, SEE_CONSENTS
from cove.directory.privacy.queries.consents import purpose, purposes
from cove.directory.privacy.queries.erasures import erasures
from cove.directory.privacy.queries.settings import rules, settings_of, would_go
from cove.directory.privacy.schemas.settings import (
    ErasureAnswer,
    NewPurpose,
    PrivacySettingsAnswer,
    PrivacySettingsChange,
    PurposeAnswer,
    PurposeChange,
    PurposesAnswer,
    RetentionPreview,
)
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.personal_data import retained

console = Router(tags=["privacy"])


@console.get(
    "/privacy/settings",
    response={200: PrivacySettingsAnswer, **refusals(Forbidden, ClickHouseAway)},
    **needs(MANAGE_PRIVACY),
)
def read_privacy_settings(request: HttpRequest) -> PrivacySettingsAnswer:
    """Read the tenant's privacy settings, with how much is older than it should be."""
    return _settings(actor(request))


@console.patch(
    "/privacy/settings",
    response={200: PrivacySettingsAnswer, **refusals(Forbidden, ClickHouseAway)},
    **needs(MANAGE_PRIVACY),
)
def edit_privacy_settings(request: HttpRequest, payload: PrivacySettingsChange) -> PrivacySettingsAnswer:
    """Change settings; those left out stay. In `retention`, null keeps a class until somebody decides otherwise."""
    who = actor(request)
    change_settings(
        who, changes=payload.model_dump(exclude_none=True, exclude={"retention"}) | {"retention": payload.retention}
    )
    return _settings(who)


@console.get(
    "/privacy/retention/{key}/preview",
    response={200: RetentionPreview, **refusals(Forbidden, NotFound, ClickHouseAway)},
    **needs(MANAGE_PRIVACY),
)
def preview_retention(
    request: HttpRequest, key: str, days: Annotated[int, Query(ge=1, le=LONGEST_DAYS)]
) -> RetentionPreview:
    """Count what would go now if a class of data were kept for so many days."""
    if key not in retained:
        raise NotFound
    return RetentionPreview(would_go=would_go(actor(request), key=key, days=days))


@console.get("/privacy/purposes", response={200: PurposesAnswer, **refusals(Forbidden)}, **needs(SEE_CONSENTS))
def list_purposes(request: HttpRequest) -> PurposesAnswer:
    """List the purposes with every version of their texts."""
    who = actor(request)
    lay_usual_purposes(Actor.system(who.tenant_id))
    return PurposesAnswer(items=[purpose_answer(row) for row in purposes(who)])


@console.post(
    "/privacy/purposes",
    response={201: PurposeAnswer, **refusals(Forbidden, NotFound, PurposeNameTaken)},
    **needs(MANAGE_PRIVACY),
)
def add_purpose(request: HttpRequest, payload: NewPurpose) -> Status[PurposeAnswer]:
    """Add a purpose with the first version of its text."""
    who = actor(request)
    row = create_purpose(who, **payload.model_dump())
    return Status(201, purpose_answer(purpose(who, row.id)))


@console.put(
    "/privacy/purposes/{purpose_id}",
    response={200: PurposeAnswer, **refusals(Forbidden, NotFound, PurposeNameTaken)},
    **needs(MANAGE_PRIVACY),
)
def edit_purpose(request: HttpRequest, purpose_id: int, payload: PurposeChange) -> PurposeAnswer:
    """Change a purpose; a changed text becomes its next version."""
    who = actor(request)
    row = change_purpose(who, purpose_id=purpose_id, **payload.model_dump())
    return purpose_answer(purpose(who, row.id))


@console.get("/privacy/erasures", response={200: Page[ErasureAnswer], **refusals(Forbidden)}, **needs(MANAGE_PRIVACY))
def list_erasures(request: HttpRequest, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[ErasureAnswer]:
    """List erasures and their certificates, newest first."""
    who = actor(request)
    rows = erasures(who)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=erasure_answers(who, found), next_cursor=following, total=total, total_exact=exact)


def _settings(who: Actor) -> PrivacySettingsAnswer:
    row = settings_of(who)
    return PrivacySettingsAnswer(
        grace_days=row.grace_days,
        watermark=org.tenant(who).watermark,
        retention=[rule_answer(rule) for rule in rules(who)],
    )
