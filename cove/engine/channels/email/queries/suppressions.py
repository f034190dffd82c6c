from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet

from cove.engine.channels.email.models import Suppression
from cove.engine.channels.email.permissions import SEE_EMAIL
from cove.kernel.actor import Actor
from cove.kernel.sensitive import sensitive_fields
from cove.kernel.words import Words

REASON_LABELS = {
    Suppression.Reason.HARD_BOUNCE: Words("地址不存在", "The address does not exist"),
    Suppression.Reason.COMPLAINT: Words("被投诉为垃圾邮件", "Called spam by the recipient"),
    Suppression.Reason.MANUAL: Words("手工添加", "Added by hand"),
}


def digest_of(address: str) -> str:
    """Return by what an address is known on the list: without the installation's key nobody can try addresses against it."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"cove.mail.never").digest()
    return hashlib.blake2b(address.strip().lower().encode(), digest_size=20, key=key).hexdigest()


def suppressed(actor: Actor, addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses that are on the list; one query for all."""
    digests = {digest_of(one): one for one in addresses}
    rows = Suppression.visible_to(actor).filter(digest__in=digests)
    return {digests[one] for one in rows.values_list("digest", flat=True)}


def suppressions(actor: Actor, *, search: str = "", reason: str = "") -> QuerySet[Suppression]:
    """Return the list, with part of an address or for one reason if asked. Raises Forbidden."""
    actor.require(SEE_EMAIL)
    rows = Suppression.visible_to(actor)
    if search:
        # Whoever may not see addresses cannot find out by asking for them either.
        rows = rows.filter(address__icontains=search) if actor.sees(sensitive_fields["people.email"]) else rows.none()
    return rows.filter(reason=reason) if reason else rows
