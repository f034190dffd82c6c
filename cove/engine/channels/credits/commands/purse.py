"""What the gate asks for each claim, and gives back. Whoever changes an account or its meter holds the account's row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from django.db import connection

from cove.engine.channels.credits.contracts import What
from cove.engine.channels.credits.models import CreditAccount, CreditMeter
from cove.engine.channels.credits.permissions import KEEP
from cove.engine.channels.credits.queries import today, zone_of
from cove.engine.channels.delivery.contracts import Charge, Purse, Taken, purses
from cove.facts.credits import CreditsRanLow
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

_SUM = """
INSERT INTO credits_movement (tenant_id, account_id, what, hour, amount, messages, note, once_key)
VALUES (%s, %s, %s, %s, %s, %s, '', '')
ON CONFLICT (tenant_id, account_id, what, hour) WHERE what <> 'granted'
DO UPDATE SET amount = credits_movement.amount + excluded.amount, messages = credits_movement.messages + excluded.messages
"""


@dataclass(slots=True)
class _Open:
    """An account that is being drawn on."""

    account: CreditAccount
    meter: CreditMeter
    credits: int = 0
    messages: int = 0
    short: list[int] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.account.granted - self.meter.spent

    def on(self, day: date) -> None:
        """Begin the company's day anew if it is another."""
        if self.meter.day != day:
            self.meter.day, self.meter.spent_today = day, 0

    def pay(self, price: int) -> str:
        """Take credits; return why that cannot be, empty if they were taken."""
        most = self.account.most_a_day
        if price > self.left:
            return "no_credits"
        if most is not None and self.meter.spent_today + price > most:
            return "credits_a_day"
        self.meter.spent += price
        self.meter.spent_today += price
        self.credits += price
        self.messages += 1
        return ""


@command(KEEP, audited=False)
def take_credits(actor: Actor, *, charges: Sequence[Charge]) -> Taken:
    """Pay for acts in their order, as far as there are credits; what is not counted is free."""
    accounts = _accounts(actor, charges)
    paid, short = {}, {}
    if accounts:
        day = today(actor)
        for one in accounts.values():
            one.on(day)
    for charge in charges:
        account = accounts.get(charge.tariff)
        why = account.pay(charge.credits) if account else ""
        if why:
            short[charge.delivery_id] = why
        else:
            paid[charge.delivery_id] = charge.credits if account else 0
    out = {charge.tariff for charge in charges if short.get(charge.delivery_id) == "no_credits"}
    for tariff, account in accounts.items():
        _warn(account, out=tariff in out)
        account.meter.save()
        _sum(account.account, "spent", -account.credits, account.messages)
    return Taken(paid, short)


@command(KEEP, audited=False)
def give_credits_back(actor: Actor, *, charges: Sequence[Charge]) -> None:
    """Give back what was paid for acts that did not go out after all, also where nothing is counted any more."""
    zone = zone_of(actor)
    for tariff, account in _accounts(actor, charges, closed=True).items():
        mine = [charge for charge in charges if charge.tariff == tariff]
        back = sum(charge.credits for charge in mine)
        account.meter.spent -= back
        # A day's limit is about what was paid on that day: what yesterday paid makes no room today.
        of_day = sum(charge.credits for charge in mine if _day(charge, zone) == account.meter.day)
        account.meter.spent_today = max(0, account.meter.spent_today - of_day)
        account.meter.save(update_fields=["spent", "spent_today"])
        _sum(account.account, "returned", back, len(mine))


def _day(charge: Charge, zone: ZoneInfo) -> date | None:
    return charge.paid_at.astimezone(zone).date() if charge.paid_at else None


def _accounts(actor: Actor, charges: Iterable[Charge], *, closed: bool = False) -> Mapping[str, _Open]:
    """Return the accounts in question, locked; the closed ones too if `closed`."""
    wanted = {charge.tariff for charge in charges}
    rows = CreditAccount.objects.filter(tenant_id=actor.tenant_id, tariff__in=wanted).order_by("id").select_for_update()
    found = {row.id: row for row in (rows if closed else rows.filter(opened=True))}
    meters = CreditMeter.objects.filter(account__in=found) if found else ()
    return {found[row.account_id].tariff: _Open(found[row.account_id], row) for row in meters}


def _warn(one: _Open, *, out: bool) -> None:
    """Tell once that little is left, and once that nothing is: until more is put in."""
    low = one.left < one.account.warn_below
    stands = "out" if out else "low" if low and one.meter.told != "out" else one.meter.told
    if stands != one.meter.told:
        one.meter.told = stands
        publish(CreditsRanLow(tariff=one.account.tariff, left=one.left, out=out))


def _sum(account: CreditAccount, what: What, amount: int, messages: int) -> None:
    if not messages:
        return
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_SUM, [account.tenant_id, account.id, what, hour, amount, messages])


purses.add(
    "credits",
    Purse(
        lambda actor, charges: take_credits(actor, charges=charges),
        lambda actor, charges: give_credits_back(actor, charges=charges),
    ),
)
