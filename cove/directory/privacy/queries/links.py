from __future__ import annotations

import hmac
import struct
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from cove.directory.privacy.errors import LinkNotFound
from cove.directory.privacy.models import PreferenceLink
from cove.directory.privacy.permissions import SEE_CONSENTS
from cove.directory.privacy.queries.consents import reach_or_refuse
from cove.directory.privacy.queries.digests import link_digest, link_mac
from cove.kernel import base64url, clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope

NUMBER_BYTES = 16
_DATA = struct.Struct(f">QI{NUMBER_BYTES}s")
_MAC_BYTES = 16


class Token(NamedTuple):
    """What a preference link says: the tenant, until when it is good, and a number that only this link has."""

    tenant_id: int
    until: int
    number: bytes


def sign_token(token: Token) -> str:
    """Return a token for an address: 59 characters of base64url, nothing in it can be guessed or changed."""
    data = _DATA.pack(*token)
    return base64url.encode(data + link_mac(data))


def read_token(text: str) -> Token:
    """Return what a token says. Raises LinkNotFound if it is not ours or too old."""
    raw = base64url.decode(text) or b""
    data, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if len(data) != _DATA.size or not hmac.compare_digest(mac, link_mac(data)):
        raise LinkNotFound
    token = Token(*_DATA.unpack(data))
    if datetime.fromtimestamp(token.until, UTC) <= clock.now():
        raise LinkNotFound
    return token


def link_of_token(token: Token) -> PreferenceLink:
    """Return the link of a token that was read; raises LinkNotFound if it was withdrawn or its contact is gone."""
    with tenant_scope(token.tenant_id):
        rows = PreferenceLink.objects.select_related("contact").filter(digest=link_digest(token.number))
        found = rows.filter(revoked_at__isnull=True, expires_at__gt=clock.now()).first()
    if found is None:
        raise LinkNotFound
    return found


def links(actor: Actor, contact_id: int) -> QuerySet[PreferenceLink]:
    """Return a contact's living links, newest first. Raises Forbidden, NotFound."""
    family = reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    living = PreferenceLink.objects.filter(contact_id__in=family, revoked_at__isnull=True, expires_at__gt=clock.now())
    return living.order_by("-id")
