"""Names by which people are known, in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict

from django.db.models.functions import Coalesce

from cove.directory.people.contracts import Claim, Identity
from cove.directory.people.models import Contact, ContactIdentity, ContactVisitor, SuspectedDuplicate, UserName
from cove.kernel.actor import Actor

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}\.[^@\s.]{1,64}")
_MAINLAND = re.compile(r"(?:\+|00)?86(1[3-9]\d{9})")
_PHONE = re.compile(r"\+?\d{5,15}")


def phone_number(text: str) -> str:
    """Return a phone number in one spelling (mainland numbers without country code), empty if it is none."""
    digits = re.sub(r"[\s()（）-]", "", text)
    mainland = _MAINLAND.fullmatch(digits)
    if mainland:
        return mainland[1]
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return digits if _PHONE.fullmatch(digits) else ""


def mail_address(text: str) -> str:
    """Return an e-mail address in one spelling, empty if it is none."""
    found = text.strip().lower()
    return found if _EMAIL.fullmatch(found) else ""


def matching(actor: Actor, kind: str, value: str, *, without: int, most: int) -> list[int]:
    """Return the contacts who have a phone or e-mail (`kind`) in their profile or as an identity, newest first, but one."""
    name = phone_number(value) if kind == "phone" else mail_address(value)
    if not name:
        return []
    spellings = [
        value,
        name,
        *(f"{code}{name}" for code in ("+86", "86", "0086") if kind == "phone" and name[0] == "1"),
    ]
    known = ContactIdentity.objects.filter(tenant_id=actor.tenant_id, kind=kind, value=name)
    alike = Contact.objects.filter(tenant_id=actor.tenant_id, **{f"{kind}__in": spellings}).order_by("-id")
    found = {*known.values_list("contact_id", flat=True), *alike.values_list("id", flat=True)[: most + 1]}
    return sorted(found - {without}, reverse=True)[:most]


def chain_of(name: str) -> dict[str, int]:
    """Return all names that are known to be one user's, with the number of each as a visitor; empty for a name without a chain."""
    chain = UserName.objects.filter(name=name).values("chain")
    return dict(UserName.objects.filter(chain__in=chain).order_by("id").values_list("name", "visitor_id"))


def owners_of(names: Iterable[str]) -> dict[str, int]:
    """Return by user name the contact to whom it belongs, the oldest first."""
    rows = ContactIdentity.objects.filter(kind="user", value__in=list(names)).order_by("created_at", "id")
    return dict(rows.values_list("value", "contact_id"))


def is_news(claim: Claim) -> bool:
    """Tell whether a claim says anything that is not known yet: a page says who its user is each time it is opened."""
    owner = owners_of([claim.user_id]).get(claim.user_id)
    if owner is None:
        return True
    visitors = {claim.user_visitor, claim.visitor_id}
    if ContactVisitor.objects.filter(visitor_id__in=visitors).count() < len(visitors):
        return True
    if any(_unheard(owner, name) for name in claim.names):
        return True
    row = Contact.objects.get(id=owner)
    return any(value and not getattr(row, name) for name, value in asdict(claim.profile).items())


def _unheard(owner: int, name: Identity) -> bool:
    """Tell whether it is new that a contact has a name: nobody has it, or somebody else, which was not written down yet."""
    holder = (
        ContactIdentity.objects.filter(kind=name.kind, value=name.value).values_list("contact_id", flat=True).first()
    )
    if holder is None or holder == owner:
        return holder is None
    leads = Contact.objects.filter(id__in=[owner, holder]).values_list(Coalesce("merged_into_id", "id"), flat=True)
    if len(set(leads)) == 1:
        return False
    one, other = sorted((owner, holder))
    said = SuspectedDuplicate.objects.filter(one_id=one, other_id=other)
    return not said.filter(reasons__contains=[{"kind": name.kind, "value": name.value}]).exists()
