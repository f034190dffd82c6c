from __future__ import annotations

import secrets
from datetime import timedelta

from cove.directory.privacy.commands.consents import keep_choices
from cove.directory.privacy.contracts import Channel, Evidence
from cove.directory.privacy.models import PreferenceLink
from cove.directory.privacy.permissions import KEEP_PRIVACY, RECORD_CONSENT
from cove.directory.privacy.queries.consents import reach_or_refuse
from cove.directory.privacy.queries.digests import link_digest
from cove.directory.privacy.queries.links import NUMBER_BYTES, Token, link_of_token, sign_token
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

LINK_DAYS = 180


@command(RECORD_CONSENT)
def make_link(actor: Actor, *, contact_id: int) -> str:
    """Make a link to a contact's preference page, good for half a year; return its token. Raises NotFound.

    The token is nowhere but in the answer: whoever lost it makes another.
    """
    contact_id = reach_or_refuse(actor, contact_id, RECORD_CONSENT)[0]
    number, now = secrets.token_bytes(NUMBER_BYTES), clock.now()
    until = now + timedelta(days=LINK_DAYS)
    PreferenceLink.objects.create(
        contact_id=contact_id, digest=link_digest(number), made_by=actor.member_id, made_at=now, expires_at=until
    )
    return sign_token(Token(actor.tenant_id, int(until.timestamp()), number))


@command(RECORD_CONSENT)
def revoke_links(actor: Actor, *, contact_id: int) -> int:
    """Make all links of a contact useless; return how many there were. Raises NotFound."""
    family = reach_or_refuse(actor, contact_id, RECORD_CONSENT)
    living = PreferenceLink.objects.filter(contact_id__in=family, revoked_at__isnull=True)
    return living.update(revoked_at=clock.now())


@command(KEEP_PRIVACY)
def choose_by_link(
    actor: Actor, *, token: Token, purposes: dict[str, bool], channels: dict[Channel, bool], evidence: Evidence
) -> None:
    """Keep what the person himself chose on his page. Raises LinkNotFound, UnknownPurpose."""
    link = link_of_token(token)
    keep_choices(
        actor,
        contact_id=link.contact_id,
        source="preference_page",
        purposes=purposes,
        channels=channels,
        evidence=evidence,
    )
