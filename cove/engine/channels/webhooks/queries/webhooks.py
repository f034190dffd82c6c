from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cove.engine.channels.webhooks.contracts import TEST_KIND, TEST_LABEL, Due
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.engine.channels.webhooks.permissions import SEE
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.log.fact import Envelope, catalogue
from cove.kernel.log.read import read_at
from cove.kernel.log.wanted import Wanted
from cove.kernel.scope import every_tenant, tenant_scope
from cove.kernel.sensitive import mask_within, sensitive_fields


@dataclass(frozen=True, slots=True)
class Wanting:
    """A webhook that takes calls: which kinds, and since when."""

    webhook_id: int
    kinds: frozenset[str]
    since: datetime


def webhooks(actor: Actor) -> QuerySet[Webhook]:
    """Return the tenant's webhooks, newest first. Raises Forbidden."""
    return Webhook.visible_to(actor).order_by("-id")


def webhook(actor: Actor, webhook_id: int) -> Webhook:
    """Return one. Raises Forbidden, NotFound."""
    row = Webhook.visible_to(actor).filter(id=webhook_id).first()
    if row is None:
        raise NotFound
    return row


def calls(actor: Actor, webhook_id: int, *, state: str = "") -> QuerySet[Call]:
    """Return the calls of a webhook, in one state if asked. Raises Forbidden, NotFound."""
    rows = Call.visible_to(actor).filter(webhook=webhook(actor, webhook_id))
    return rows.filter(state=state) if state else rows


def call(actor: Actor, call_id: int) -> Call:
    """Return one call. Raises Forbidden, NotFound."""
    row = Call.visible_to(actor).filter(id=call_id).first()
    if row is None:
        raise NotFound
    return row


def offered_kinds(actor: Actor) -> list[Any]:
    """Return every kind of fact that can be told. Raises Forbidden."""
    actor.require(SEE)
    return list(catalogue)


def wanting(tenant_ids: Collection[int]) -> dict[int, list[Wanting]]:
    """Return the webhooks of these tenants that take calls."""
    with every_tenant("webhooks that want facts of a batch are found"):
        rows = Webhook.unsealed.filter(tenant_id__in=tenant_ids, active=True)
        found: dict[int, list[Wanting]] = {}
        for tenant_id, row_id, kinds, since in rows.values_list("tenant_id", "id", "kinds", "created_at"):
            found.setdefault(tenant_id, []).append(Wanting(row_id, frozenset(kinds), since))
    return found


def wanted() -> Wanted:
    """Return what of the log webhooks that take calls want: which facts, and nothing of what they say."""
    with every_tenant("webhooks that want facts of a batch are found"):
        rows = list(Webhook.unsealed.filter(active=True).values_list("tenant_id", "kinds"))
    return Wanted({kind for _, kinds in rows for kind in kinds}, {tenant_id for tenant_id, _ in rows}, ())


def due(actor: Actor, call_id: int) -> Due | None:
    """Return a call as it has to be made now, None if it is gone. For the outbox alone."""
    with tenant_scope(actor.tenant_id):
        row = Call.objects.select_related("webhook").filter(id=call_id).first()
        if row is None:
            return None
        hook = row.webhook
        said = _said(row, hook)
    body = json.dumps(said or {}, ensure_ascii=False, separators=(",", ":")).encode()
    off = not hook.active and row.position is not None
    return Due(row.id, hook.id, hook.url, _secrets(hook), event_id(row), row.kind, body, off=off, gone=said is None)


def _secrets(hook: Webhook) -> tuple[str, ...]:
    both = hook.old_secret and hook.old_secret_until and hook.old_secret_until > clock.now()
    return (hook.secret, hook.old_secret) if both else (hook.secret,)


def event_id(row: Call) -> str:
    """Return the id by which receivers know a call, the same however often it comes."""
    return f"evt_{row.position}" if row.position is not None else f"test_{row.id}"


def _said(row: Call, hook: Webhook) -> dict[str, Any] | None:
    if row.position is None:
        at = row.created_at.isoformat()
        return {
            "id": event_id(row),
            "type": TEST_KIND,
            "timestamp": at,
            "data": {"text": TEST_LABEL.en, "webhook": hook.name},
        }
    found = read_at([row.position])
    if not found:
        return None
    one = found[0]
    return {
        "id": event_id(row),
        "type": one.kind,
        "timestamp": one.at.isoformat(),
        "recorded_at": one.recorded_at.isoformat(),
        "position": one.position,
        "contact_id": one.contact_id,
        "visitor_id": one.visitor_id,
        "member_id": one.member_id,
        "source": one.source,
        "data": one.payload if hook.whole else masked(one),
    }


def masked(one: Envelope) -> dict[str, Any]:
    """Return what a fact says with every sensitive value masked, also inside texts."""
    kind = catalogue.get(one.kind)
    holds = kind.sensitive if kind else {}
    shown: dict[str, Any] = {}
    for name, value in one.payload.items():
        sensitive = sensitive_fields.get(holds[name].key_in(one.payload)) if name in holds else None
        shown[name] = sensitive.mask(value) if sensitive and isinstance(value, str) else _looked_through(value)
    return shown


def _looked_through(value: Any) -> Any:
    if isinstance(value, str):
        return mask_within(value, sensitive_fields)
    if isinstance(value, Mapping):
        return {name: _looked_through(inner) for name, inner in value.items()}
    return [_looked_through(inner) for inner in value] if isinstance(value, list) else value
