from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from cove.engine.channels.ads.contracts.leads import BASE_URLS, CODES, USUAL_MAPPING, Event, Platform, Target
from cove.engine.channels.ads.errors import AccountTaken
from cove.engine.channels.ads.models import AdAccount
from cove.engine.channels.ads.permissions import CALL, CONFIGURE, TAKE_OVER
from cove.engine.channels.delivery import facade as delivery
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.signposts.commands import put_signpost, take_down_signpost
from cove.kernel.words import Words

SIGNPOST = "ads_callback"
PULL = "ads.pull_leads"
PUBLIC_ID_LENGTH = 32
"""Nothing public says how platforms sign what they push (facts G12): the address itself is the secret."""

_BASE_URL = re.compile(r"^https?://[^/?#\s]+(/[^?#\s]*)?$")


@dataclass(frozen=True, slots=True)
class Access:
    """How an account is reached; a secret that is None keeps its value."""

    name: str
    outer_id: str
    base_url: str = ""
    token: str | None = None
    secret: str | None = None


@command(CONFIGURE)
def add_account(actor: Actor, *, platform: Platform, access: Access) -> AdAccount:
    """Add an account with the platform's usual mapping and codes; its leads of the last week are asked for at once. Raises InvalidInput."""
    row = AdAccount(
        platform=platform,
        public_id=new_slug(PUBLIC_ID_LENGTH),
        mapping=USUAL_MAPPING[platform],
        codes=CODES[platform],
        created_at=clock.now(),
    )
    _put(row, access)
    _order(actor, row)
    return row


@command(CONFIGURE)
def change_account(actor: Actor, *, ad_account_id: int, access: Access) -> AdAccount:
    """Change how an account is reached; it takes effect at once. Raises NotFound, InvalidInput, AccountTaken."""
    row = _held(actor, ad_account_id)
    _put(row, access)
    return row


@command(CONFIGURE)
def switch_account(actor: Actor, *, ad_account_id: int, off: bool) -> AdAccount:
    """Ask an account for leads no longer, or again. Raises NotFound."""
    row = _held(actor, ad_account_id)
    row.off = off
    row.save(update_fields=["off"])
    _post(row)
    return row


@command(CONFIGURE)
def map_fields(
    actor: Actor, *, ad_account_id: int, mapping: Mapping[Target, str], codes: Mapping[Event, str]
) -> AdAccount:
    """Say which field becomes which of the contact's, and what is reported as what; later leads follow. Raises NotFound, InvalidInput."""
    row = _held(actor, ad_account_id)
    if not mapping.get("phone") and not mapping.get("email"):
        needed = Words(
            "请至少映射手机号或邮箱，否则无法建立联系人", "Map the phone or the e-mail, or nobody can be made of a lead"
        )
        raise InvalidInput(fields={"mapping": needed})
    if row.platform != "tencent" and any(code and not code.isdecimal() for code in codes.values()):
        raise InvalidInput(
            fields={"codes": Words("该平台的转化类型为数字", "This platform's conversion types are numbers")}
        )
    row.mapping = {target: path for target, path in mapping.items() if path}
    row.codes = {event: code for event, code in codes.items() if code}
    row.save(update_fields=["mapping", "codes"])
    return row


@command(CONFIGURE)
def order_pull(actor: Actor, *, ad_account_id: int) -> None:
    """Have an account asked for leads now. Raises NotFound."""
    _order(actor, _held(actor, ad_account_id))


@command(TAKE_OVER, audited=False)
def order_due_pull(actor: Actor, *, account_id: int) -> None:
    """The same, because it is time."""
    row = AdAccount.visible_to(actor).filter(id=account_id, off=False).first()
    if row is not None and row.token:
        _order(actor, row)
    AdAccount.visible_to(actor).filter(id=account_id).update(pulled_at=clock.now())


@command(TAKE_OVER, audited=False)
def note_told(actor: Actor, *, account_id: int, at: datetime) -> None:
    """Remember that leads were pushed at `at`."""
    AdAccount.visible_to(actor).filter(id=account_id).update(told_at=at)


@command(CALL, audited=False)
def note_pull(actor: Actor, *, account_id: int, until: datetime | None, problem: str) -> None:
    """Remember until when leads were asked for, or why the platform refused."""
    said: dict[str, object] = {"problem": problem, "pulled_at": clock.now()}
    if until is not None:
        said["pulled_until"] = until
    AdAccount.visible_to(actor).filter(id=account_id).update(**said)


def _held(actor: Actor, account_id: int) -> AdAccount:
    row = AdAccount.visible_to(actor).select_for_update().filter(id=account_id).first()
    if row is None:
        raise NotFound
    return row


def _put(row: AdAccount, access: Access) -> None:
    row.name, row.outer_id = access.name.strip(), access.outer_id.strip()
    row.base_url = access.base_url.strip() or BASE_URLS[cast("Platform", row.platform)]
    for field in ("token", "secret"):
        value = getattr(access, field)
        if value is not None and value.strip():
            setattr(row, field, value.strip())
    _check(row)
    taken = AdAccount.objects.filter(platform=row.platform, outer_id=row.outer_id).exclude(id=row.id or 0)
    if taken.exists():
        raise AccountTaken(fields={"outer_id": AccountTaken.words})
    row.problem = ""
    row.save()
    _post(row)


def _post(row: AdAccount) -> None:
    if row.off:
        take_down_signpost(SIGNPOST, row.public_id)
    else:
        put_signpost(SIGNPOST, row.public_id, {"account_id": row.id, "platform": row.platform})


def _order(actor: Actor, row: AdAccount) -> None:
    slot = int(clock.now().timestamp() // 10)
    delivery.deliver(actor, PULL, f"{PULL}:{row.id}:{slot}", {"account_id": row.id}, lane=f"{PULL}:{row.id}")


def _check(row: AdAccount) -> None:
    fields: dict[str, Words] = {}
    if not row.name:
        fields["name"] = Words("请填写名称", "Give it a name")
    if not row.outer_id:
        fields["outer_id"] = Words("请填写平台上的账号", "Fill in the account at the platform")
    if not row.token:
        fields["token"] = Words("请填写访问令牌", "Fill in the access token")
    if row.platform == "ocean" and not row.secret:
        fields["secret"] = Words("请填写飞鱼的签名密钥", "Fill in Feiyu's signing key")
    if not _BASE_URL.match(row.base_url):
        fields["base_url"] = Words(
            "请填写以 http:// 或 https:// 开头的地址", "Give an address that begins with http:// or https://"
        )
    if fields:
        raise InvalidInput(fields=fields)
