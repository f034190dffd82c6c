from __future__ import annotations

import re
from datetime import datetime

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.sms.contracts.accounts import BASE_URLS, Provider
from cove.engine.channels.sms.models import USUAL_PRICE, SmsAccount
from cove.engine.channels.sms.permissions import CALL, CONFIGURE, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput
from cove.kernel.ids import new_slug
from cove.kernel.signposts.commands import put_signpost
from cove.kernel.words import Words

SIGNPOST = "sms_callback"
PUBLIC_ID_LENGTH = 32
"""Providers sign nothing they push: the address itself is the secret."""

_BASE_URL = re.compile(r"^https?://[^/?#\s]+(/[^?#\s]*)?$")


@command(CONFIGURE)
def configure_account(
    actor: Actor,
    *,
    provider: Provider,
    key_id: str,
    secret: str | None = None,
    app_id: str = "",
    base_url: str = "",
    price: int = USUAL_PRICE,
) -> SmsAccount:
    """Set an account up or change it; None keeps the secret. `price` in ten-thousandths of a yuan a part. Raises InvalidInput."""
    row = SmsAccount.visible_to(actor).select_for_update().filter(provider=provider).first()
    row = row or SmsAccount(provider=provider, public_id=new_slug(PUBLIC_ID_LENGTH))
    before = (row.key_id, row.secret, row.base_url)
    row.key_id, row.app_id, row.price = key_id.strip(), app_id.strip(), price
    row.base_url = base_url.strip() or BASE_URLS[provider]
    if secret is not None and secret.strip():
        row.secret = secret.strip()
    _check(row)
    if before != (row.key_id, row.secret, row.base_url):
        # What was wrong may be right now; templates are looked at anew.
        row.problem, row.synced_at = "", None
    row.save()
    put_signpost(SIGNPOST, row.public_id, {"account_id": row.id, "provider": provider})
    return row


@command(TAKE_OVER, audited=False)
def note_told(actor: Actor, *, account_id: int, at: datetime) -> None:
    """Remember that receipts or answers came at `at`."""
    SmsAccount.visible_to(actor).filter(id=account_id).update(told_at=at)


@command(TAKE_OVER, audited=False)
def order_pull(actor: Actor, *, account_id: int) -> None:
    """Have receipts asked for that were not pushed."""
    now = clock.now()
    SmsAccount.visible_to(actor).filter(id=account_id).update(pulled_at=now)
    key = f"sms.fetch_receipts:{account_id}:{int(now.timestamp() // 60)}"
    delivery.deliver(actor, "sms.fetch_receipts", key, {"account_id": account_id})


@command(CALL, audited=False)
def note_problem(actor: Actor, *, account_id: int, reason: str) -> None:
    """Remember that the provider refuses whatever we ask, with a code of `cove.facts.delivery.REASONS`; empty: all is well."""
    SmsAccount.visible_to(actor).filter(id=account_id).exclude(problem=reason).update(problem=reason)


def _check(row: SmsAccount) -> None:
    fields: dict[str, Words] = {}
    if not row.key_id:
        fields["key_id"] = Words("请填写访问密钥 ID", "Fill in the access key id")
    if not row.secret:
        fields["secret"] = Words("请填写访问密钥", "Fill in the access key secret")
    if row.provider == "tencent" and not row.app_id:
        fields["app_id"] = Words("请填写短信应用的 SdkAppId", "Fill in the application's SdkAppId")
    if not _BASE_URL.match(row.base_url):
        fields["base_url"] = Words(
            "请填写以 http:// 或 https:// 开头的地址", "Give an address that begins with http:// or https://"
        )
    if fields:
        raise InvalidInput(fields=fields)
