"""Console: webhooks, and what came of their calls."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.channels.webhooks.commands.calls import send_again, send_dead_again, send_test
from cove.engine.channels.webhooks.commands.webhooks import (
    Wish,
    change_webhook,
    create_webhook,
    delete_webhook,
    renew_secret,
    turn_webhook,
)
from cove.engine.channels.webhooks.contracts import STATES, TEST_KIND, TEST_LABEL
from cove.engine.channels.webhooks.errors import MayNotReveal, StillUnderWay, TooManyWebhooks
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.engine.channels.webhooks.permissions import MANAGE, SEE
from cove.engine.channels.webhooks.queries import webhooks as queries
from cove.engine.channels.webhooks.schemas import (
    AgainAnswer,
    AgainWish,
    CallState,
    FactKind,
    FactKinds,
    OffBecause,
    WebhookAnswer,
    WebhookCall,
    WebhooksAnswer,
    WebhookSecret,
    WebhookTurn,
    WebhookWish,
)
from cove.facts.delivery import REASONS
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.log.fact import catalogue
from cove.kernel.operations import module_labels
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["webhooks"])


@console.get("/webhooks", response={200: WebhooksAnswer, **refusals(Forbidden)}, **needs(SEE))
def list_webhooks(request: HttpRequest) -> WebhooksAnswer:
    """List webhooks, newest first."""
    return WebhooksAnswer(items=[_answer(row) for row in queries.webhooks(actor(request))])


@console.get("/webhooks/kinds", response={200: FactKinds, **refusals(Forbidden)}, **needs(SEE))
def list_webhook_kinds(request: HttpRequest) -> FactKinds:
    """List the kinds of fact that can be told, by the module they belong to."""
    return FactKinds(items=[_kind(one.kind, one.label.here()) for one in queries.offered_kinds(actor(request))])


@console.post(
    "/webhooks",
    response={201: WebhookSecret, **refusals(Forbidden, InvalidInput, MayNotReveal, TooManyWebhooks)},
    **needs(MANAGE),
)
def add_webhook(request: HttpRequest, payload: WebhookWish) -> Status[WebhookSecret]:
    """Make a webhook; its signing secret is in the answer and is not shown again."""
    return Status(201, _secret(create_webhook(actor(request), wish=_wish(payload))))


@console.get("/webhooks/{webhook_id}", response={200: WebhookAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE))
def read_webhook(request: HttpRequest, webhook_id: int) -> WebhookAnswer:
    """Tell of one webhook."""
    return _answer(queries.webhook(actor(request), webhook_id))


@console.put(
    "/webhooks/{webhook_id}",
    response={200: WebhookAnswer, **refusals(Forbidden, NotFound, InvalidInput, MayNotReveal)},
    **needs(MANAGE),
)
def edit_webhook(request: HttpRequest, webhook_id: int, payload: WebhookWish) -> WebhookAnswer:
    """Change where a webhook leads and what it tells."""
    return _answer(change_webhook(actor(request), webhook_id=webhook_id, wish=_wish(payload)))


@console.put(
    "/webhooks/{webhook_id}/active", response={200: WebhookAnswer, **refusals(Forbidden, NotFound)}, **needs(MANAGE)
)
def turn(request: HttpRequest, webhook_id: int, payload: WebhookTurn) -> WebhookAnswer:
    """Switch a webhook on or off."""
    return _answer(turn_webhook(actor(request), webhook_id=webhook_id, active=payload.active))


@console.post(
    "/webhooks/{webhook_id}/secret", response={201: WebhookSecret, **refusals(Forbidden, NotFound)}, **needs(MANAGE)
)
def make_secret(request: HttpRequest, webhook_id: int) -> Status[WebhookSecret]:
    """Make a new signing secret; the old one is good for another day."""
    return Status(201, _secret(renew_secret(actor(request), webhook_id=webhook_id)))


@console.delete("/webhooks/{webhook_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(MANAGE))
def remove_webhook(request: HttpRequest, webhook_id: int) -> Status[None]:
    """Take a webhook away, with the list of its calls."""
    delete_webhook(actor(request), webhook_id=webhook_id)
    return Status(204, None)


@console.post(
    "/webhooks/{webhook_id}/test", response={201: WebhookCall, **refusals(Forbidden, NotFound)}, **needs(MANAGE)
)
def test_webhook(request: HttpRequest, webhook_id: int) -> Status[WebhookCall]:
    """Call it once with nothing to tell; what comes of it is in the list of calls."""
    return Status(201, _call(send_test(actor(request), webhook_id=webhook_id)))


@console.get(
    "/webhooks/{webhook_id}/calls",
    response={200: Page[WebhookCall], **refusals(Forbidden, NotFound)},
    **needs(SEE),
)
def list_calls(
    request: HttpRequest,
    webhook_id: int,
    state: CallState | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[WebhookCall]:
    """List a webhook's calls, newest first, in one state if asked."""
    rows = queries.calls(actor(request), webhook_id, state=state or "")
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_call(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/webhooks/{webhook_id}/send-again", response={200: AgainAnswer, **refusals(Forbidden, NotFound)}, **needs(MANAGE)
)
def repeat_dead(request: HttpRequest, webhook_id: int, payload: AgainWish) -> AgainAnswer:
    """Send again what was given up."""
    return AgainAnswer(count=send_dead_again(actor(request), webhook_id=webhook_id, since=payload.since))


@console.post(
    "/webhook-calls/{call_id}/send-again",
    response={200: WebhookCall, **refusals(Forbidden, NotFound, StillUnderWay)},
    **needs(MANAGE),
)
def repeat_call(request: HttpRequest, call_id: int) -> WebhookCall:
    """Send one call again, under the same id."""
    return _call(send_again(actor(request), call_id=call_id))


def _wish(payload: WebhookWish) -> Wish:
    return Wish(payload.name, payload.url, tuple(payload.kinds), payload.whole)


def _kind(key: str, label: str) -> FactKind:
    owner = key.partition(".")[0]
    words = module_labels.get(owner)
    return FactKind(key=key, label=label, owner=owner, owner_label=words.here() if words else owner)


def _secret(row: Webhook) -> WebhookSecret:
    return WebhookSecret(webhook=_answer(row), secret=row.secret)


def _answer(row: Webhook) -> WebhookAnswer:
    return WebhookAnswer(
        id=row.id,
        name=row.name,
        url=row.url,
        kinds=row.kinds,
        whole=row.whole,
        active=row.active,
        off_because=cast("OffBecause", row.off_because),
        failures=row.failures,
        failing_since=row.failing_since,
        old_secret_until=row.old_secret_until,
        created_at=row.created_at,
    )


def _call(row: Call) -> WebhookCall:
    kind, trouble = catalogue.get(row.kind), REASONS.get(row.trouble)
    label = TEST_LABEL if row.kind == TEST_KIND else kind.label if kind else None
    return WebhookCall(
        id=row.id,
        event_id=queries.event_id(row),
        kind=row.kind,
        label=label.here() if label else row.kind,
        state=cast("CallState", row.state),
        state_label=STATES[row.state].here(),
        attempts=row.attempts,
        status=row.status,
        trouble=row.trouble,
        trouble_label=trouble.here() if trouble else "",
        said=row.said,
        milliseconds=row.milliseconds,
        tried_at=row.tried_at,
        created_at=row.created_at,
    )
