"""What the installation's owner gives a company. He works from his own company; the rows are the other one's."""

from __future__ import annotations

from cove.directory.org import facade as org
from cove.directory.org.facade import MANAGE_INSTALLATION
from cove.engine.channels.credits.contracts import Terms
from cove.engine.channels.credits.errors import MoreThanLeft, NotOpened
from cove.engine.channels.credits.models import CreditAccount, CreditMeter, CreditMovement
from cove.engine.channels.credits.permissions import KEEP
from cove.engine.channels.credits.queries import tariff_of
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

LARGEST = 10**12
LONGEST_NOTE = 200
_NOTHING = Words("请填写不为 0 的数量", "Give an amount other than 0")
_TOO_LARGE = Words("数量过大，最多 {most}", "That is too much; at most {most}").with_values(most=str(LARGEST))
_TOO_LONG = Words("备注最多 200 个字", "A note has at most 200 characters")


@command(MANAGE_INSTALLATION)
def set_company_terms(actor: Actor, *, tenant_id: int, tariff: str, terms: Terms) -> None:
    """Set on what terms a company sends, for an owner of the installation; see `set_terms`. Raises NotFound, InvalidInput."""
    org.company(actor, tenant_id)
    set_terms(Actor.system(tenant_id), tariff=tariff, terms=terms)


@command(MANAGE_INSTALLATION)
def top_up_company(actor: Actor, *, tenant_id: int, tariff: str, amount: int, note: str, once_key: str) -> None:
    """Put credits into a company's account, for an owner of the installation; see `top_up`.

    Raises NotFound, NotOpened, MoreThanLeft, InvalidInput.
    """
    org.company(actor, tenant_id)
    top_up(Actor.system(tenant_id), tariff=tariff, amount=amount, note=note, once_key=once_key)


@command(KEEP)
def set_terms(actor: Actor, *, tariff: str, terms: Terms) -> CreditAccount:
    """Set on what terms the company sends; closed, it sends as much as it likes and keeps what is left. Raises NotFound, InvalidInput."""
    for name, value in (("warn_below", terms.warn_below), ("most_a_day", terms.most_a_day)):
        if value is not None and not 0 <= value <= LARGEST:
            raise InvalidInput(fields={name: _TOO_LARGE})
    row, made = CreditAccount.objects.select_for_update().get_or_create(tariff=tariff_of(tariff).key)
    row.opened, row.warn_below, row.most_a_day = terms.opened, terms.warn_below, terms.most_a_day
    row.save(update_fields=["opened", "warn_below", "most_a_day"])
    if made:
        CreditMeter.objects.create(account=row)
    _forget_warning(row)
    return row


@command(KEEP)
def top_up(actor: Actor, *, tariff: str, amount: int, note: str = "", once_key: str = "") -> CreditAccount:
    """Put credits into the company's account; below zero takes them away. The same `once_key` does it once.

    Raises NotFound, NotOpened, MoreThanLeft, InvalidInput.
    """
    _check(amount, note)
    row = CreditAccount.objects.select_for_update().filter(tariff=tariff_of(tariff).key, opened=True).first()
    if row is None:
        raise NotOpened
    if once_key and CreditMovement.objects.filter(account=row, once_key=once_key).exists():
        return row
    left = row.granted - CreditMeter.objects.get(account=row).spent
    if amount < 0 and left + amount < 0:
        raise MoreThanLeft(left=left)
    if row.granted + amount > LARGEST:
        raise InvalidInput(fields={"amount": _TOO_LARGE})
    row.granted += amount
    row.save(update_fields=["granted"])
    CreditMovement.objects.create(
        account=row, what="granted", hour=clock.now(), amount=amount, note=note.strip(), once_key=once_key
    )
    _forget_warning(row)
    return row


def _check(amount: int, note: str) -> None:
    fields = {}
    if not 0 < abs(amount) <= LARGEST:
        fields["amount"] = _TOO_LARGE if amount else _NOTHING
    if len(note) > LONGEST_NOTE:
        fields["note"] = _TOO_LONG
    if fields:
        raise InvalidInput(fields=fields)


def _forget_warning(row: CreditAccount) -> None:
    """Let the company be warned anew: what stands now is compared when the next message is paid for."""
    CreditMeter.objects.filter(account=row).update(told="")
