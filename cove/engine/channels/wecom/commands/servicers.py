"""Accounts of customer service and who serves them, kept equal to the platform's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cove.directory.org import facade as org
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import Verdict
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.support import KfAccount
from cove.engine.channels.wecom.models import WecomKfAccount
from cove.engine.channels.wecom.permissions import MANAGE_TOOLS, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

_NO_USERID = Words(
    "「{name}」没有关联企业微信账号，请先同步企业微信或改选其他成员",
    "“{name}” has no WeCom account here; sync from WeCom first, or choose somebody else",
)


@command(TAKE_OVER)
def take_over_kf_accounts(
    actor: Actor, *, accounts: Sequence[KfAccount], servicers: Mapping[str, Sequence[str]]
) -> int:
    """Make the accounts equal to the platform's, with the userids that serve each; return how many there are.

    An account that the platform no longer lists stays for the sake of its conversations, without anybody who serves it.
    """
    for one in accounts:
        said = {"name": one.name, "servicers": list(servicers[one.open_kfid]), "listed": True}
        WecomKfAccount.objects.update_or_create(open_kfid=one.open_kfid, defaults=said)
    gone = WecomKfAccount.objects.exclude(open_kfid__in=[one.open_kfid for one in accounts])
    gone.update(listed=False, servicers=[])
    return len(accounts)


@command(MANAGE_TOOLS)
def choose_servicers(actor: Actor, *, kf_account_id: int, member_ids: Collection[int]) -> WecomKfAccount:
    """Say who serves an account from now on. Raises NotFound, NotConfigured, and InvalidInput for whoever has no WeCom account."""
    row = WecomKfAccount.objects.select_for_update().filter(id=kf_account_id, listed=True).first()
    if row is None:
        raise NotFound
    queries.credentials(actor)
    cards = org.members_by_id(actor, member_ids)
    for card in cards.values():
        if not card.wecom_userid:
            raise InvalidInput(fields={"member_ids": _NO_USERID.with_values(name=card.name)})
    wanted = {card.wecom_userid.lower(): card.wecom_userid for card in cards.values() if card.wecom_userid}
    now = {userid.lower(): userid for userid in row.servicers}
    payload = {
        "account_id": row.id,
        "open_kfid": row.open_kfid,
        "more": [wanted[key] for key in sorted(wanted.keys() - now.keys())],
        "less": [now[key] for key in sorted(now.keys() - wanted.keys())],
    }
    if payload["more"] or payload["less"]:
        name = f"wecom.kf_servicers:{row.id}:{clock.now().timestamp()}"
        delivery.deliver(actor, "wecom.kf_servicers", name, payload, lane=f"wecom.kf_servicers:{row.id}")
        row.reason = ""
        row.save(update_fields=["reason"])
    return row


@command(TAKE_OVER)
def note_servicers(actor: Actor, *, kf_account_id: int, servicers: Sequence[str] | None, verdict: Verdict) -> None:
    """Note who serves an account now, or why it could not be changed."""
    row = WecomKfAccount.objects.select_for_update().filter(id=kf_account_id).first()
    if row is None:
        return
    if servicers is not None:
        row.servicers = list(servicers)
    row.reason = verdict.trouble
    row.save(update_fields=["servicers", "reason"])
