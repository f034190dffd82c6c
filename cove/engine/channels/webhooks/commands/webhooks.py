"""Webhooks as members set them up."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from cove.engine.channels.webhooks.contracts import MOST_WEBHOOKS, SECRET_BYTES, SECRET_PREFIX
from cove.engine.channels.webhooks.errors import MayNotReveal, TooManyWebhooks
from cove.engine.channels.webhooks.models import Webhook
from cove.engine.channels.webhooks.permissions import MANAGE
from cove.engine.channels.webhooks.queries import webhooks as queries
from cove.engine.channels.webhooks.queries.addresses import is_address
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput
from cove.kernel.log.fact import catalogue
from cove.kernel.sensitive import sensitive_fields
from cove.kernel.words import Words

OVERLAP = timedelta(hours=24)

_NAME = Words("请填写名称", "Enter a name")
_URL = Words(
    "请填写可从互联网访问的完整地址，以 https:// 或 http:// 开头，不含用户名与密码，不指向内网",
    "Enter the whole address, beginning with https:// or http://, without user and password, on the public internet",
)
_KINDS = Words("请至少选择一种事件，且都在列表之中", "Choose at least one kind of fact, from the list")


@dataclass(frozen=True, slots=True)
class Wish:
    """A webhook as it is wanted; see `Webhook`."""

    name: str
    url: str
    kinds: tuple[str, ...]
    whole: bool


@command(MANAGE)
def create_webhook(actor: Actor, *, wish: Wish) -> Webhook:
    """Make a webhook; its secret can be read from what is returned. Raises InvalidInput, MayNotReveal, TooManyWebhooks."""
    _check(actor, wish)
    if Webhook.visible_to(actor).count() >= MOST_WEBHOOKS:
        raise TooManyWebhooks(most=MOST_WEBHOOKS)
    return Webhook.objects.create(
        name=wish.name.strip(),
        url=wish.url.strip(),
        kinds=_ordered(wish.kinds),
        whole=wish.whole,
        secret=_new_secret(),
        created_at=clock.now(),
    )


@command(MANAGE)
def change_webhook(actor: Actor, *, webhook_id: int, wish: Wish) -> Webhook:
    """Change where it leads and what it tells. Raises InvalidInput, MayNotReveal, NotFound."""
    row = _locked(actor, webhook_id)
    _check(actor, wish)
    row.name, row.url, row.whole = wish.name.strip(), wish.url.strip(), wish.whole
    row.kinds = _ordered(wish.kinds)
    row.save(update_fields=["name", "url", "whole", "kinds"])
    return row


@command(MANAGE)
def turn_webhook(actor: Actor, *, webhook_id: int, active: bool) -> Webhook:
    """Switch it on or off. What happens while it is off is not told later. Raises NotFound."""
    row = _locked(actor, webhook_id)
    row.active, row.off_because = active, "" if active else "member"
    row.failures, row.failing_since = 0, None
    row.save(update_fields=["active", "off_because", "failures", "failing_since"])
    return row


@command(MANAGE)
def renew_secret(actor: Actor, *, webhook_id: int) -> Webhook:
    """Make a new secret; the old one signs beside it for a day. Raises NotFound."""
    row = _locked(actor, webhook_id)
    row.old_secret, row.old_secret_until, row.secret = row.secret, clock.now() + OVERLAP, _new_secret()
    row.save(update_fields=["old_secret", "old_secret_until", "secret"])
    return row


@command(MANAGE)
def delete_webhook(actor: Actor, *, webhook_id: int) -> None:
    """Take it away with the list of its calls. Raises NotFound."""
    _locked(actor, webhook_id).delete()


def _new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _locked(actor: Actor, webhook_id: int) -> Webhook:
    queries.webhook(actor, webhook_id)
    return Webhook.objects.select_for_update().get(id=webhook_id)


def _ordered(kinds: Collection[str]) -> list[str]:
    return sorted(set(kinds))


def _check(actor: Actor, wish: Wish) -> None:
    fields = {
        name: words
        for name, words, fine in (
            ("name", _NAME, bool(wish.name.strip())),
            ("url", _URL, is_address(wish.url.strip())),
            ("kinds", _KINDS, bool(wish.kinds) and all(kind in catalogue for kind in wish.kinds)),
        )
        if not fine
    }
    if fields:
        raise InvalidInput(fields=fields)
    # Also when only the address changes: it would be sent where he says.
    if wish.whole and not all(actor.sees(field) for field in sensitive_fields):
        raise MayNotReveal
