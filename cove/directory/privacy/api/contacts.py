"""Console: consent, reach and data of one contact."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.people import facade as people
from cove.directory.privacy.api.answers import contact_privacy, data_file_answer, erasure_answer, member_names
from cove.directory.privacy.commands.consents import record_choices
from cove.directory.privacy.commands.data_files import ask_data_file
from cove.directory.privacy.commands.erasures import ask_erasure, cancel_erasure
from cove.directory.privacy.commands.links import make_link, revoke_links
from cove.directory.privacy.errors import ErasureUnderWay, NameDiffers, TooLateToCancel, UnknownPurpose
from cove.directory.privacy.permissions import ERASE_PERSON, EXPORT_PERSON, RECORD_CONSENT, SEE_CONSENTS
from cove.directory.privacy.queries.erasures import preview
from cove.directory.privacy.queries.settings import settings_of
from cove.directory.privacy.schemas.contacts import (
    ChoicesChange,
    ContactPrivacyAnswer,
    DataFileAnswer,
    ErasurePreview,
    ErasureRequest,
    PreferenceLinkAnswer,
    RevokedAnswer,
)
from cove.directory.privacy.schemas.settings import ErasureAnswer, ErasureCount
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["privacy"])


@console.get(
    "/contacts/{contact_id}/privacy",
    response={200: ContactPrivacyAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_CONSENTS),
)
def read_contact_privacy(request: HttpRequest, contact_id: int) -> ContactPrivacyAnswer:
    """Read what a contact allows, and what is under way with his data."""
    return contact_privacy(actor(request), contact_id)


@console.put(
    "/contacts/{contact_id}/privacy/choices",
    response={204: None, **refusals(Forbidden, NotFound, UnknownPurpose)},
    **needs(RECORD_CONSENT),
)
def record_contact_choices(request: HttpRequest, contact_id: int, payload: ChoicesChange) -> Status[None]:
    """Record consents and unsubscriptions that a contact told a member."""
    record_choices(
        actor(request),
        contact_id=contact_id,
        reason=payload.reason,
        purposes=payload.purposes,
        channels=payload.channels,
    )
    return Status(204, None)


@console.post(
    "/contacts/{contact_id}/privacy/link",
    response={201: PreferenceLinkAnswer, **refusals(Forbidden, NotFound)},
    **needs(RECORD_CONSENT),
)
def make_preference_link(request: HttpRequest, contact_id: int) -> Status[PreferenceLinkAnswer]:
    """Make a link to the contact's preference page, good for half a year."""
    token = make_link(actor(request), contact_id=contact_id)
    return Status(201, PreferenceLinkAnswer(url=f"{settings.PUBLIC_URL}/preferences/{token}"))


@console.delete(
    "/contacts/{contact_id}/privacy/links",
    response={200: RevokedAnswer, **refusals(Forbidden, NotFound)},
    **needs(RECORD_CONSENT),
)
def revoke_preference_links(request: HttpRequest, contact_id: int) -> RevokedAnswer:
    """Make all links to the contact's preference page useless."""
    return RevokedAnswer(revoked=revoke_links(actor(request), contact_id=contact_id))


@console.post(
    "/contacts/{contact_id}/data-files",
    response={202: DataFileAnswer, **refusals(Forbidden, NotFound)},
    **needs(EXPORT_PERSON),
)
def request_data_file(request: HttpRequest, contact_id: int) -> Status[DataFileAnswer]:
    """Start to put together everything that is held of a contact as a file."""
    return Status(202, data_file_answer(ask_data_file(actor(request), contact_id=contact_id)))


@console.get(
    "/contacts/{contact_id}/erasure-preview",
    response={200: ErasurePreview, **refusals(Forbidden, NotFound)},
    **needs(ERASE_PERSON),
)
def preview_erasure(request: HttpRequest, contact_id: int) -> ErasurePreview:
    """Read what an erasure would remove, holder by holder."""
    who = actor(request)
    held = preview(who, contact_id)
    card = people.contacts_by_id(who, [contact_id]).get(contact_id)
    if card is None:
        raise NotFound
    counts = [ErasureCount(key=one.holder.key, label=one.holder.label.here(), count=one.count) for one in held]
    return ErasurePreview(name=card.name, grace_days=settings_of(who).grace_days, holders=counts)


@console.post(
    "/contacts/{contact_id}/erasure",
    response={202: ErasureAnswer, **refusals(Forbidden, NotFound, NameDiffers, ErasureUnderWay)},
    **needs(ERASE_PERSON),
)
def request_erasure(request: HttpRequest, contact_id: int, payload: ErasureRequest) -> Status[ErasureAnswer]:
    """Ask for a contact's erasure, confirmed by his name."""
    who = actor(request)
    row = ask_erasure(who, contact_id=contact_id, name=payload.name, why=payload.why)
    return Status(202, erasure_answer(row, member_names(who, [row.asked_by])))


@console.delete(
    "/contacts/{contact_id}/erasure",
    response={200: ErasureAnswer, **refusals(Forbidden, NotFound, TooLateToCancel)},
    **needs(ERASE_PERSON),
)
def call_off_erasure(request: HttpRequest, contact_id: int) -> ErasureAnswer:
    """Call off an erasure that has not begun."""
    who = actor(request)
    row = cancel_erasure(who, contact_id=contact_id)
    return erasure_answer(row, member_names(who, [row.asked_by]))
