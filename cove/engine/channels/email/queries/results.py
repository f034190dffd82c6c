"""What became of mails, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, Q, QuerySet

from cove.engine.channels.email.models import EmailMessage
from cove.engine.channels.email.permissions import SEE_EMAIL
from cove.kernel.actor import Actor

MOST_HOSTS = 50

_COUNTS = {
    "asked": Count("id"),
    "sent": Count("id", filter=Q(sent_at__isnull=False)),
    "hard": Count("id", filter=Q(hardness="hard")),
    "soft": Count("id", filter=Q(hardness="soft")),
    "failed": Count("id", filter=Q(failed_at__isnull=False, hardness="")),
    "opened": Count("id", filter=Q(opened_at__isnull=False)),
    "clicked": Count("id", filter=Q(clicked_at__isnull=False)),
    "left": Count("id", filter=Q(left_at__isnull=False)),
    "complained": Count("id", filter=Q(complained_at__isnull=False)),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Mails asked for in a span of time, and of how many of them each was heard. `name` is the domain they went to, empty for all."""

    name: str
    asked: int
    sent: int
    hard: int
    soft: int
    failed: int
    opened: int
    clicked: int
    left: int
    complained: int


def results(actor: Actor, *, since: datetime, template_id: int | None = None, cause: str = "") -> Tally:
    """Return what became of all mails since a moment, of one template or cause if asked. Raises Forbidden."""
    rows = _rows(actor, since, template_id, cause)
    return Tally(name="", **rows.aggregate(**_COUNTS))


def results_by_host(actor: Actor, *, since: datetime, template_id: int | None = None, cause: str = "") -> list[Tally]:
    """Return the same for each domain that mail went to, the one with most first, at most fifty. Raises Forbidden."""
    rows = _rows(actor, since, template_id, cause).exclude(host="")
    grouped = rows.values("host").annotate(**_COUNTS)
    # django-stubs does not see the counts among the names to sort by.
    found = cast("list[dict[str, Any]]", list(grouped.order_by("-asked", "host")[:MOST_HOSTS]))  # type: ignore[misc]
    return [Tally(name=row.pop("host"), **row) for row in found]


def _rows(actor: Actor, since: datetime, template_id: int | None, cause: str) -> QuerySet[EmailMessage]:
    actor.require(SEE_EMAIL)
    rows = EmailMessage.visible_to(actor).filter(test=False, created_at__gte=since)
    if template_id is not None:
        rows = rows.filter(template_id=template_id)
    return rows.filter(cause=cause) if cause else rows
