from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cove.directory.people import facade as people
from cove.directory.privacy.commands.purposes import lay_usual_purposes
from cove.directory.privacy.contracts import Channel, ChoiceSource, Evidence
from cove.directory.privacy.errors import UnknownPurpose
from cove.directory.privacy.models import ChannelChoice, Consent, ConsentEvent, Purpose
from cove.directory.privacy.permissions import KEEP_PRIVACY, RECORD_CONSENT
from cove.directory.privacy.queries.consents import current_versions, last_choices, last_consents, reach_or_refuse
from cove.facts.privacy import ChannelResubscribed, ChannelUnsubscribed, ConsentGiven, ConsentWithdrawn
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(RECORD_CONSENT)
def record_choices(
    actor: Actor,
    *,
    contact_id: int,
    reason: str,
    purposes: Mapping[str, bool] | None = None,
    channels: Mapping[Channel, bool] | None = None,
) -> None:
    """Record what a contact told a member: consents by purpose, and by channel whether he may still be reached (False: unsubscribed).

    `reason` is how the member knows. Raises NotFound, UnknownPurpose.
    """
    family = reach_or_refuse(actor, contact_id, RECORD_CONSENT)
    keep_choices(
        actor, contact_id=family[0], source="console", reason=reason, purposes=purposes or {}, channels=channels or {}
    )


@command(KEEP_PRIVACY)
def keep_choices(
    actor: Actor,
    *,
    contact_id: int,
    source: ChoiceSource,
    purposes: Mapping[str, bool],
    channels: Mapping[Channel, bool],
    reason: str = "",
    evidence: Evidence = Evidence(),  # noqa: B008 -- frozen
    at: datetime | None = None,
) -> None:
    """Keep what a contact chose, by whichever way it came; what is already so is no news. Raises UnknownPurpose.

    Who was merged speaks for the one that stays.
    """
    when = at or clock.now()
    family = people.families_of(actor, [contact_id]).get(contact_id, (contact_id,))
    if purposes:
        _keep_consents(actor, family, purposes, source, reason, evidence, when)
    for channel, wanted in channels.items():
        _keep_channel(actor, family, channel, source, reason, evidence, when, unsubscribed=not wanted)


def _keep_consents(
    actor: Actor,
    family: Sequence[int],
    wanted: Mapping[str, bool],
    source: ChoiceSource,
    reason: str,
    evidence: Evidence,
    when: datetime,
) -> None:
    lay_usual_purposes(actor)
    known = {row.key: row for row in Purpose.objects.filter(key__in=list(wanted))}
    if len(known) != len(wanted):
        raise UnknownPurpose(fields={"purposes": UnknownPurpose.words})
    versions = current_versions(row.id for row in known.values())
    contact_id = family[0]
    list(Consent.objects.select_for_update().filter(contact_id__in=family).order_by("id"))
    said = last_consents(family)
    for key, given in wanted.items():
        purpose, version, before = known[key], versions.get(known[key].id, 0), said.get(known[key].id)
        # Agreeing again to a newer text is news; saying the same to the same text is not.
        if before is not None and before.given == given and (not given or before.version == version):
            continue
        if before is None and not given and source == "preference_page" and purpose.opt_in:
            continue
        row, _ = Consent.objects.update_or_create(
            contact_id=contact_id, purpose=purpose, defaults={"given": given, "version": version, "at": when}
        )
        ConsentEvent.objects.create(
            contact_id=contact_id,
            purpose=purpose,
            given=given,
            version=version,
            source=source,
            reason=reason,
            member_id=actor.member_id,
            address=evidence.address,
            agent=evidence.agent[:400],
            at=when,
        )
        _tell_consent(actor, row, purpose, source, when)


def _tell_consent(actor: Actor, row: Consent, purpose: Purpose, source: str, when: datetime) -> None:
    kind = ConsentGiven if row.given else ConsentWithdrawn
    publish(
        kind(
            contact_id=row.contact_id,
            member_id=actor.member_id,
            source=source,
            purpose=purpose.key,
            purpose_name=purpose.name,
            version=row.version,
        ),
        at=when,
    )


def _keep_channel(
    actor: Actor,
    family: Sequence[int],
    channel: Channel,
    source: ChoiceSource,
    reason: str,
    evidence: Evidence,
    when: datetime,
    *,
    unsubscribed: bool,
) -> None:
    contact_id = family[0]
    list(ChannelChoice.objects.select_for_update().filter(contact_id__in=family, channel=channel).order_by("id"))
    before = last_choices(family).get(channel)
    if (before.unsubscribed if before else False) == unsubscribed:
        return
    ChannelChoice.objects.update_or_create(
        contact_id=contact_id,
        channel=channel,
        defaults={
            "unsubscribed": unsubscribed,
            "source": source,
            "reason": reason,
            "member_id": actor.member_id,
            "address": evidence.address,
            "agent": evidence.agent[:400],
            "at": when,
        },
    )
    kind = ChannelUnsubscribed if unsubscribed else ChannelResubscribed
    publish(kind(contact_id=contact_id, member_id=actor.member_id, source=source, channel=channel), at=when)
