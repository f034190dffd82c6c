"""Ways into a mini-program: codes and addresses that open one of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.contracts.entries import faults_of
from cove.engine.channels.wechat.models import WechatAccount, WechatEntry
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class EntryWish:
    """What is asked for: a code, an address or a ``weixin://`` one, for a page (empty: the first) with its scene or query."""

    name: str
    form: Literal["code", "link", "scheme"]
    page: str
    said: str
    days: int


@command(KEEP_REPLIES)
def create_entry(actor: Actor, *, account_id: int, wish: EntryWish) -> WechatEntry:
    """Have a way into a mini-program made; it is there moments later. Raises NotFound, InvalidInput."""
    if not WechatAccount.visible_to(actor).filter(id=account_id, kind=WechatAccount.Kind.MINI).exists():
        raise NotFound
    page, said = wish.page.strip(), wish.said.strip()
    fields = faults_of(wish.form, page, said, wish.days)
    if not wish.name.strip():
        fields["name"] = Words("请填写名称", "Fill in a name")
    if fields:
        raise InvalidInput(fields=fields)
    row = WechatEntry.objects.create(
        account_id=account_id,
        name=wish.name.strip(),
        form=wish.form,
        page=page,
        said=said,
        days=0 if wish.form == "code" else wish.days,
        created_at=clock.now(),
    )
    _order(actor, row)
    return row


@command(KEEP_REPLIES)
def renew_entry(actor: Actor, *, account_id: int, wechat_entry_id: int) -> WechatEntry:
    """Have a way in made again: one that ended or could not be made. An address becomes another. Raises NotFound."""
    row = _locked(actor, account_id, wechat_entry_id)
    row.made_at, row.ends_at, row.problem = None, None, ""
    row.save(update_fields=["made_at", "ends_at", "problem"])
    _order(actor, row)
    return row


@command(KEEP_REPLIES)
def remove_entry(actor: Actor, *, account_id: int, wechat_entry_id: int) -> None:
    """Forget a way in; what is printed or sent goes on leading there, as the platform takes nothing back. Raises NotFound."""
    _locked(actor, account_id, wechat_entry_id).delete()


@command(TAKE_OVER)
def note_entry_made(actor: Actor, *, wechat_entry_id: int, picture: bytes, address: str, problem: str) -> None:
    """Note that the platform made a way in, or why not."""
    row = WechatEntry.visible_to(actor).select_for_update().filter(id=wechat_entry_id).first()
    if row is None:
        return
    row.problem = problem
    if not problem:
        now = clock.now()
        row.picture, row.address, row.made_at = picture, address, now
        row.ends_at = now + timedelta(days=row.days) if row.days else None
    row.save()


def _locked(actor: Actor, account_id: int, wechat_entry_id: int) -> WechatEntry:
    rows = WechatEntry.visible_to(actor).select_for_update().filter(account_id=account_id)
    row = rows.filter(id=wechat_entry_id).first()
    if row is None:
        raise NotFound
    return row


def _order(actor: Actor, row: WechatEntry) -> None:
    said = {"account_id": row.account_id, "entry_id": row.id, "form": row.form}
    said |= {"page": row.page, "said": row.said, "days": row.days}
    kind = "wechat.make_mini_code" if row.form == WechatEntry.Form.CODE else "wechat.make_mini_link"
    delivery.deliver(actor, kind, f"{kind}:{row.id}:{new_slug(12)}", said)
