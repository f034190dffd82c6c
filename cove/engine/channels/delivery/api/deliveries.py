"""Console: what went out, and why the rest did not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from cove.directory.people import facade as people
from cove.directory.people.contracts import ContactCard
from cove.directory.privacy.contracts import CHANNELS
from cove.engine.channels.delivery.commands.repeating import send_again
from cove.engine.channels.delivery.contracts import HEARD, PURPOSES, STATE_LABELS, Kind, State, kinds, tariffs
from cove.engine.channels.delivery.errors import CannotRepeat
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import SEE_DELIVERIES, SEND_AGAIN
from cove.engine.channels.delivery.queries import outbox as queries
from cove.engine.channels.delivery.schemas import (
    CauseStep,
    DeliveryAnswer,
    DeliveryChoice,
    DeliveryChoices,
    DeliveryDetail,
    DeliveryFilters,
)
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.log.fact import catalogue
from cove.kernel.log.reactions import reactions
from cove.kernel.operations import module_labels
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["channels"])


@console.get("/deliveries", response={200: Page[DeliveryAnswer], **refusals(Forbidden)}, **needs(SEE_DELIVERIES))
def list_deliveries(
    request: HttpRequest,
    asked: Annotated[DeliveryFilters, Query()],
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[DeliveryAnswer]:
    """List outward acts, newest first, narrowed as asked."""
    who = actor(request)
    rows = queries.deliveries(who, queries.Filters(**(asked.model_dump() | {"state": asked.state or ""})))
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    names = _names(who, found)
    return Page(
        items=[DeliveryAnswer(**_shown(row, names)) for row in found],
        next_cursor=following,
        total=total,
        total_exact=exact,
    )


@console.get("/deliveries/choices", response={200: DeliveryChoices, **refusals(Forbidden)}, **needs(SEE_DELIVERIES))
def list_delivery_choices(request: HttpRequest) -> DeliveryChoices:
    """List what deliveries can be narrowed to."""
    actor(request).require(SEE_DELIVERIES)
    return DeliveryChoices(
        states=_choices({str(state): words for state, words in STATE_LABELS.items()}),
        kinds=_choices({kind.name: kind.label for kind in kinds}),
        reasons=_choices(REASONS),
        channels=_choices({kind.channel: CHANNELS[kind.channel] for kind in kinds if kind.channel}),
        heard=_choices(HEARD),
    )


@console.get(
    "/deliveries/{delivery_id}",
    response={200: DeliveryDetail, **refusals(Forbidden, NotFound)},
    **needs(SEE_DELIVERIES),
)
def read_delivery(request: HttpRequest, delivery_id: int) -> DeliveryDetail:
    """Tell of one outward act, and what led to it."""
    who = actor(request)
    return _detail(who, queries.delivery(who, delivery_id))


@console.post(
    "/deliveries/{delivery_id}/send-again",
    response={200: DeliveryDetail, **refusals(Forbidden, NotFound, CannotRepeat)},
    **needs(SEND_AGAIN),
)
def repeat_delivery(request: HttpRequest, delivery_id: int) -> DeliveryDetail:
    """Put an act that did not happen back into the outbox."""
    who = actor(request)
    return _detail(who, send_again(who, delivery_id=delivery_id))


def _choices(words: Mapping[str, Words]) -> list[DeliveryChoice]:
    return [DeliveryChoice(value=value, label=label.here()) for value, label in words.items()]


def _names(who: Actor, rows: list[Delivery]) -> dict[int, ContactCard]:
    ids = {row.contact_id for row in rows if row.contact_id is not None}
    return people.contacts_by_id(who, ids) if ids else {}


def _detail(who: Actor, row: Delivery) -> DeliveryDetail:
    why, kind = queries.why_not_again(row), kinds.get(row.kind)
    tariff = tariffs.get(kind.tariff) if kind else None
    return DeliveryDetail(
        **_shown(row, _names(who, [row])),
        key=row.key,
        credits=row.credits,
        tariff_label=tariff.label.here() if tariff else "",
        tariff_unit=tariff.unit.here() if tariff else "",
        causes=[_step(link) for link in row.chain],
        why_not_again=why.here() if why else "",
    )


def _step(link: dict[str, Any]) -> CauseStep:
    fact, rule = catalogue.get(link["kind"]), reactions.get(link["rule"])
    return CauseStep(
        fact=fact.label.here() if fact else link["kind"], rule=rule.label.here() if rule and rule.label else ""
    )


def _channel(kind: Kind) -> str:
    if kind.channel:
        return CHANNELS[kind.channel].here()
    owner = module_labels.get(kind.name.partition(".")[0])
    return owner.here() if owner else ""


def _shown(row: Delivery, names: Mapping[int, ContactCard]) -> dict[str, Any]:
    kind, reason, heard = kinds.get(row.kind), REASONS.get(row.reason), HEARD.get(row.heard)
    contact = names.get(row.contact_id or 0)
    return {
        "id": row.id,
        "kind": row.kind,
        "label": kind.label.here() if kind else row.kind,
        "channel": kind.channel if kind else "",
        "channel_label": _channel(kind) if kind else "",
        "purpose": row.purpose,
        "purpose_label": PURPOSES[row.purpose].here(),
        "contact": NamedId(id=contact.id, name=contact.name) if contact else None,
        "state": row.state,
        "state_label": STATE_LABELS[State(row.state)].here(),
        "reason": row.reason,
        "reason_label": reason.here() if reason else "",
        "errcode": row.errcode,
        "attempts": row.attempts,
        "heard": row.heard,
        "heard_label": heard.here() if heard else "",
        "heard_at": row.heard_at,
        "again": queries.why_not_again(row) is None,
        "created_at": row.created_at,
        "due_at": row.not_before if row.state == State.PENDING else None,
        "not_after": row.not_after,
        "finished_at": row.finished_at,
    }
