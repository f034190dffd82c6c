from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cove.directory.privacy.commands.purposes import lay_usual_purposes
from cove.directory.privacy.contracts import Channel, ChoiceSource, Evidence
from cove.directory.privacy.errors import UnknownPurpose
from cove.directory.privacy.models import ChannelChoice, Consent, ConsentEvent, Purpose
from cove.directory.privacy.permissions import KEEP_PRIVACY, RECORD_CONSENT
from cove.directory.privacy.queries.consents import current_versions, reach_or_refuse
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
    reach_or_refuse(actor, contact_id, RECORD_CONSENT)
    keep_choices(
        actor, contact_id=contact_id, source="console", reason=reason, purposes=purposes or {}, channels=channels or {}
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
    """Keep what a contact chose, by whichever way it came; what is already so is no news. Raises UnknownPurpose."""
    when = at or clock.now()
    if purposes:
        _keep_consents(actor, contact_id, purposes, source, reason, evidence, when)
    for channel, wanted in channels.items():
        _keep_channel(actor, contact_id, channel, source, reason, evidence, when, unsubscribed=not wanted)


def _keep_consents(
    actor: Actor,
    contact_id: int,
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
    said = {row.purpose_id: row for row in Consent.objects.select_for_update().filter(contact_id=contact_id)}
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
    contact_id: int,
    channel: Channel,
    source: ChoiceSource,
    reason: str,
    evidence: Evidence,
    when: datetime,
    *,
    unsubscribed: bool,
) -> None:
    before = ChannelChoice.objects.select_for_update().filter(contact_id=contact_id, channel=channel).first()
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
