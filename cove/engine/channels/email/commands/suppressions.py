from __future__ import annotations

from cove.engine.channels.email.commands.senders import is_mail_address
from cove.engine.channels.email.errors import AlreadySuppressed
from cove.engine.channels.email.models import Suppression
from cove.engine.channels.email.permissions import RUN_EMAIL, SUPPRESS
from cove.engine.channels.email.queries.suppressions import digest_of
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

_BAD_ADDRESS = Words("请填写完整的邮箱地址", "Give a whole mail address")


@command(SUPPRESS)
def suppress(actor: Actor, *, address: str, detail: str = "") -> Suppression:
    """Put an address onto the list by hand. Raises InvalidInput, AlreadySuppressed."""
    address = address.strip().lower()
    if not is_mail_address(address):
        raise InvalidInput(fields={"address": _BAD_ADDRESS})
    row, made = Suppression.objects.get_or_create(
        digest=digest_of(address),
        defaults={
            "address": address,
            "reason": Suppression.Reason.MANUAL,
            "detail": detail.strip(),
            "created_at": clock.now(),
            "created_by_id": actor.member_id,
        },
    )
    if not made:
        raise AlreadySuppressed(fields={"address": AlreadySuppressed.words})
    return row


@command(SUPPRESS)
def lift(actor: Actor, *, suppression_id: int) -> None:
    """Take an address off the list. Raises NotFound."""
    row = Suppression.visible_to(actor).filter(id=suppression_id).first()
    if row is None:
        raise NotFound
    row.delete()


@command(RUN_EMAIL)
def suppress_address(actor: Actor, *, address: str, reason: Suppression.Reason, detail: str = "") -> None:
    """Put an address onto the list because of what was heard of it; what stands there already stays."""
    if address:
        Suppression.objects.get_or_create(
            digest=digest_of(address),
            defaults={"address": address.lower(), "reason": reason, "detail": detail[:500], "created_at": clock.now()},
        )
