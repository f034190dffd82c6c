from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Max, Prefetch, Q, QuerySet

from cove.directory.people import facade as people
from cove.directory.privacy.contracts import EVERY_CHANNEL, MARKETING, Channel, ConsentCard, ConsentState, Held
from cove.directory.privacy.models import ChannelChoice, Consent, ConsentEvent, Purpose, PurposeText
from cove.directory.privacy.permissions import MANAGE_PRIVACY, SEE_CONSENTS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation

Families = Mapping[int, tuple[int, ...]]


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


def reach_or_refuse(actor: Actor, contact_id: int, operation: Operation) -> list[int]:
    """Return all numbers of the person a contact is, the one that stays first: what was said under any of them he said.

    Raises Forbidden without the right, NotFound for a contact to whom the actor may not do `operation`.
    """
    actor.require(operation)
    family = people.family_of(actor, contact_id, operation)
    if not family:
        raise NotFound
    return family


def consents_of(actor: Actor, contact_id: int) -> dict[int, Consent]:
    """Return what a contact said last, by purpose. Raises Forbidden, NotFound."""
    return last_consents(reach_or_refuse(actor, contact_id, SEE_CONSENTS))


def last_consents(family: Iterable[int]) -> dict[int, Consent]:
    """Return the last words of a person, by purpose, whichever of his numbers they were said under."""
    rows = Consent.objects.filter(contact_id__in=list(family)).order_by("at", "id")
    return {row.purpose_id: row for row in rows}


def history_of(actor: Actor, contact_id: int) -> QuerySet[ConsentEvent]:
    """Return every consent a contact gave or withdrew. Raises Forbidden, NotFound."""
    family = reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    return ConsentEvent.objects.filter(contact_id__in=family).select_related("purpose")


def choices_of(actor: Actor, contact_id: int) -> dict[str, ChannelChoice]:
    """Return what a contact said of each channel. Raises Forbidden, NotFound."""
    return last_choices(reach_or_refuse(actor, contact_id, SEE_CONSENTS))


def last_choices(family: Iterable[int]) -> dict[str, ChannelChoice]:
    """Return what a person said last of each channel, whichever of his numbers it was said under."""
    rows = ChannelChoice.objects.filter(contact_id__in=list(family)).order_by("at", "id")
    return {row.channel: row for row in rows}


def consents(
    actor: Actor, contact_ids: Iterable[int], purpose_key: str, *, families: Families | None = None
) -> dict[int, ConsentCard]:
    """Return what each of the contacts said last to a purpose; as many queries for one as for all of them."""
    wanted = set(contact_ids)
    known = _families(actor, wanted) if families is None else families
    numbers = {one for key in wanted for one in known[key]}
    rows = Consent.objects.filter(tenant_id=actor.tenant_id, contact_id__in=numbers, purpose__key=purpose_key)
    said = {row.contact_id: row for row in rows}
    found = {}
    for key in wanted:
        words = [said[one] for one in known[key] if one in said]
        row = max(words, key=lambda one: (one.at, one.id), default=None)
        state: ConsentState = "never_asked" if row is None else "given" if row.given else "withdrawn"
        found[key] = ConsentCard(key, purpose_key, state, *((row.at, row.version) if row else ()))
    return found


def unsubscribed(
    actor: Actor, contact_ids: Iterable[int], channel: Channel, *, families: Families | None = None
) -> set[int]:
    """Return those of the contacts who do not want this channel, or none at all."""
    wanted = set(contact_ids)
    known = _families(actor, wanted) if families is None else families
    leads = {one: known[key][0] for key in wanted for one in known[key]}
    rows = ChannelChoice.objects.filter(tenant_id=actor.tenant_id, contact_id__in=list(leads)).order_by("at", "id")
    said = {
        (leads[row.contact_id], row.channel): row.unsubscribed
        for row in rows.filter(channel__in=[channel, EVERY_CHANNEL])
    }
    return {key for key in wanted if any(said.get((leads[key], one)) for one in (channel, EVERY_CHANNEL))}


def held_back(
    actor: Actor, contact_ids: Iterable[int], *, channel: Channel, purpose_key: str = MARKETING
) -> dict[int, Held]:
    """Return, of these contacts, whom a message of this purpose may not reach by this channel, and why."""
    wanted = set(contact_ids)
    families = _families(actor, wanted)
    held: dict[int, Held] = dict.fromkeys(unsubscribed(actor, wanted, channel, families=families), "unsubscribed")
    opt_in = _opt_in(actor, purpose_key)
    for key, card in consents(actor, wanted - set(held), purpose_key, families=families).items():
        if card.state == "withdrawn" or (card.state == "never_asked" and opt_in):
            held[key] = "no_consent"
    return held


def reasons_held(actor: Actor, *, channel: Channel, purpose_key: str = MARKETING) -> dict[str, Q]:
    """Return for each reason of `held_back`, the first that holds first, the filter over contacts whom it holds back.

    Each number by itself: what was said under a number that was merged into another is not counted for that one.
    """
    left = ChannelChoice.objects.filter(
        tenant_id=actor.tenant_id, channel__in=[channel, EVERY_CHANNEL], unsubscribed=True
    )
    said = Consent.objects.filter(tenant_id=actor.tenant_id, purpose__key=purpose_key)
    agreed, refused = (Q(id__in=said.filter(given=given).values("contact_id")) for given in (True, False))
    held = ~agreed if _opt_in(actor, purpose_key) else refused
    return {"unsubscribed": Q(id__in=left.values("contact_id")), "no_consent": held}


def _opt_in(actor: Actor, purpose_key: str) -> bool:
    asked = Purpose.objects.filter(tenant_id=actor.tenant_id, key=purpose_key).first()
    # A purpose nobody defined yet is as strict as the usual ones.
    return asked is None or asked.opt_in


def _families(actor: Actor, contact_ids: set[int]) -> Families:
    """Return for each number all numbers of that person: what was said under any of them he said. Who is not there is alone."""
    return {key: (key,) for key in contact_ids} | people.families_of(actor, contact_ids)
