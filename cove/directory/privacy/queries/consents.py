from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, Prefetch, QuerySet

from cove.directory.people import facade as people
from cove.directory.privacy.contracts import EVERY_CHANNEL, MARKETING, Channel, ConsentCard, Held
from cove.directory.privacy.models import ChannelChoice, Consent, ConsentEvent, Purpose, PurposeText
from cove.directory.privacy.permissions import MANAGE_PRIVACY, SEE_CONSENTS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation


def purposes(actor: Actor) -> QuerySet[Purpose]:
    """Return the tenant's purposes in the order of making, their texts (newest first) with them."""
    texts = PurposeText.objects.order_by("-version")
    return Purpose.objects.filter(tenant_id=actor.tenant_id).prefetch_related(Prefetch("texts", texts)).order_by("id")


def purpose(actor: Actor, purpose_id: int) -> Purpose:
    """Return one purpose; raises Forbidden, NotFound."""
    actor.require(MANAGE_PRIVACY)
    found = purposes(actor).filter(id=purpose_id).first()
    if found is None:
        raise NotFound
    return found


def current_versions(purpose_ids: Iterable[int]) -> dict[int, int]:
    """Return the newest version of each purpose's text."""
    rows = PurposeText.objects.filter(purpose_id__in=list(purpose_ids)).values("purpose_id")
    return dict(rows.annotate(newest=Max("version")).values_list("purpose_id", "newest"))


def reach_or_refuse(actor: Actor, contact_id: int, operation: Operation) -> None:
    """Raise Forbidden without the right, NotFound for a contact to whom the actor may not do `operation`."""
    actor.require(operation)
    if not people.reachable(actor, [contact_id], operation):
        raise NotFound


def consents_of(actor: Actor, contact_id: int) -> dict[int, Consent]:
    """Return what a contact said last, by purpose. Raises Forbidden, NotFound."""
    reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    return {row.purpose_id: row for row in Consent.objects.filter(contact_id=contact_id)}


def history_of(actor: Actor, contact_id: int) -> QuerySet[ConsentEvent]:
    """Return every consent a contact gave or withdrew. Raises Forbidden, NotFound."""
    reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    return ConsentEvent.objects.filter(contact_id=contact_id).select_related("purpose")


def choices_of(actor: Actor, contact_id: int) -> dict[str, ChannelChoice]:
    """Return what a contact said of each channel. Raises Forbidden, NotFound."""
    reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    return {row.channel: row for row in ChannelChoice.objects.filter(contact_id=contact_id)}


def consents(actor: Actor, contact_ids: Iterable[int], purpose_key: str) -> dict[int, ConsentCard]:
    """Return what each of the contacts said to a purpose, one query for all of them."""
    wanted = set(contact_ids)
    rows = Consent.objects.filter(tenant_id=actor.tenant_id, contact_id__in=wanted, purpose__key=purpose_key)
    said = {
        row.contact_id: ConsentCard(
            row.contact_id, purpose_key, "given" if row.given else "withdrawn", row.at, row.version
        )
        for row in rows
    }
    return {key: said.get(key) or ConsentCard(key, purpose_key, "never_asked") for key in wanted}


def unsubscribed(actor: Actor, contact_ids: Iterable[int], channel: Channel) -> set[int]:
    """Return those of the contacts who do not want this channel, or none at all."""
    rows = ChannelChoice.objects.filter(tenant_id=actor.tenant_id, contact_id__in=set(contact_ids), unsubscribed=True)
    return set(rows.filter(channel__in=[channel, EVERY_CHANNEL]).values_list("contact_id", flat=True))


def held_back(
    actor: Actor, contact_ids: Iterable[int], *, channel: Channel, purpose_key: str = MARKETING
) -> dict[int, Held]:
    """Return, of these contacts, whom a message of this purpose may not reach by this channel, and why."""
    wanted = set(contact_ids)
    held: dict[int, Held] = dict.fromkeys(unsubscribed(actor, wanted, channel), "unsubscribed")
    asked = Purpose.objects.filter(tenant_id=actor.tenant_id, key=purpose_key).first()
    # A purpose nobody defined yet is as strict as the usual ones.
    opt_in = asked is None or asked.opt_in
    for key, card in consents(actor, wanted - set(held), purpose_key).items():
        if card.state == "withdrawn" or (card.state == "never_asked" and opt_in):
            held[key] = "no_consent"
    return held
