"""What other modules may ask about what people allow, and about people who were erased."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from cove.directory.privacy.commands import consents as consent_commands
from cove.directory.privacy.contracts import MARKETING, Channel, ChoiceSource, ConsentCard, Evidence, Held
from cove.directory.privacy.queries import consents as consent_queries
from cove.directory.privacy.queries import erasures
from cove.directory.privacy.queries import settings as settings_queries
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.personal_data import retained
from cove.kernel.scope import tenant_scope


def consents(actor: Actor, contact_ids: Iterable[int], purpose: str) -> dict[int, ConsentCard]:
    """Return what each of the contacts said to a purpose (by its key); as many queries for one as for many."""
    return consent_queries.consents(actor, contact_ids, purpose)


def reachable_by(actor: Actor, contact_ids: Iterable[int], channel: Channel) -> set[int]:
    """Return those of the contacts who did not unsubscribe from a channel, nor from all."""
    wanted = set(contact_ids)
    return wanted - consent_queries.unsubscribed(actor, wanted, channel)


def held_back(
    actor: Actor, contact_ids: Iterable[int], *, channel: Channel, purpose: str = MARKETING
) -> dict[int, Held]:
    """Return, of these contacts, whom a message of this purpose may not reach by this channel, each with the reason."""
    return consent_queries.held_back(actor, contact_ids, channel=channel, purpose_key=purpose)


def reasons_held(actor: Actor, *, channel: Channel, purpose: str = MARKETING) -> dict[str, Q]:
    """Return for each reason of `held_back`, the first that holds first, the filter over contacts who were never merged."""
    return consent_queries.reasons_held(actor, channel=channel, purpose_key=purpose)


def may_reach(actor: Actor, contact_id: int, *, channel: Channel, purpose: str = MARKETING) -> bool:
    """Tell whether a message of this purpose may reach one contact by this channel."""
    return not held_back(actor, [contact_id], channel=channel, purpose=purpose)


def keep_choices(
    actor: Actor,
    *,
    contact_id: int,
    source: ChoiceSource,
    purposes: Mapping[str, bool],
    channels: Mapping[Channel, bool],
    reason: str = "",
    evidence: Evidence | None = None,
    at: datetime | None = None,
) -> None:
    """Keep what a contact chose in a form or an import: consents by purpose key, and by channel whether he may be reached.

    Within the caller's command. Raises UnknownPurpose.
    """
    consent_commands.keep_choices(
        actor,
        contact_id=contact_id,
        source=source,
        purposes=purposes,
        channels=channels,
        reason=reason,
        evidence=evidence or Evidence(),
        at=at,
    )


def is_gone(actor: Actor, kind: str, value: str) -> bool:
    """Tell whether somebody known by an identity was erased and did not come back."""
    return bool(erasures.erased(actor.tenant_id, kind, [value])) and not erasures.is_known(actor.tenant_id, kind, value)


def late_facts(tenant_id: int, envelopes: Sequence[Envelope]) -> dict[int, Envelope]:
    """Return, by position, those of a tenant's facts that are about somebody who is erased, made anonymous."""
    with tenant_scope(tenant_id):
        return erasures.late_facts(tenant_id, envelopes)


def tenants_with_erased() -> list[int]:
    """Return the tenants that have erased anybody."""
    return erasures.tenants_with_erased()


def any_erased(tenant_id: int, *, contact_ids: Iterable[int], visitor_ids: Iterable[int]) -> bool:
    """Tell whether one of these contacts and visitors of a tenant is erased."""
    with tenant_scope(tenant_id):
        return erasures.any_erased(tenant_id, contact_ids, visitor_ids)


def days_kept(actor: Actor, keys: Collection[str]) -> dict[str, int | None]:
    """Return for how many days the actor's company keeps classes of data (keys of `retained`), None for ever."""
    settings = settings_queries.settings_of(actor)
    return {key: settings_queries.days_of(settings, retained[key]) for key in keys}


def days_decided(keys: Collection[str]) -> dict[int, dict[str, int | None]]:
    """Return the same for every company that has decided anything, by its number; the others keep them for as long as is usual."""
    return settings_queries.decided_days(keys)
