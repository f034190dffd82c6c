from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from cove.engine.tracking.contracts import SERVER_KEY, SIGNPOST, PostedSource, SourceKind, server_key_name
from cove.engine.tracking.errors import BadOrigin, SourceNameTaken
from cove.engine.tracking.models import Source
from cove.engine.tracking.permissions import MANAGE_SOURCES, NOTE_SEEN
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.ids import new_slug
from cove.kernel.secrets import seal_secret
from cove.kernel.signposts.commands import put_signpost, take_down_signpost

_KEY_LENGTH = 24
_SECRET_LENGTH = 40
"""Letters of 5.8 bits: 232 bits, so that a plain SHA-256 hides a key (as in `org.commands.keys`)."""
_HINT = 4


@command(MANAGE_SOURCES)
def create_source(actor: Actor, *, name: str, allowed_origins: Sequence[str], kind: SourceKind = "web") -> Source:
    """Make a source with a write key of its own. Raises SourceNameTaken, BadOrigin."""
    source = Source(name=name, kind=kind, write_key=f"wk_{new_slug(_KEY_LENGTH)}", created_at=clock.now())
    source.allowed_origins = sorted({origin_of(origin) for origin in allowed_origins})
    _save(source)
    _post(source)
    return source


@command(MANAGE_SOURCES)
def change_source(actor: Actor, *, source_id: int, name: str, allowed_origins: Sequence[str]) -> Source:
    """Rename a source, and say anew which origins may send. Raises NotFound, SourceNameTaken, BadOrigin."""
    source = _own(actor, source_id)
    source.name = name
    source.allowed_origins = sorted({origin_of(origin) for origin in allowed_origins})
    _save(source)
    _post(source)
    return source


@command(MANAGE_SOURCES)
def make_server_key(actor: Actor, *, source_id: int) -> tuple[Source, str]:
    """Give a source a server key, in place of the one it had; return it, as it cannot be shown again. Raises NotFound."""
    source = _own(actor, source_id)
    _take_down_server_key(source)
    key = f"sk_{new_slug(_SECRET_LENGTH)}"
    source.server_key_hash, source.server_key_hint = server_key_name(key), key[-_HINT:]
    source.server_key_made_at = clock.now()
    source.save(update_fields=["server_key_hash", "server_key_hint", "server_key_made_at"])
    _post(source)
    return source, key


@command(MANAGE_SOURCES)
def make_signing_secret(actor: Actor, *, source_id: int) -> tuple[Source, str]:
    """Give a source a signing secret, in place of the one it had; return it, as it is not shown again. Raises NotFound."""
    source = _own(actor, source_id)
    source.signing_secret, source.signing_secret_made_at = new_slug(_SECRET_LENGTH), clock.now()
    source.save(update_fields=["signing_secret", "signing_secret_made_at"])
    _post(source)
    return source, source.signing_secret


@command(MANAGE_SOURCES)
def delete_source(actor: Actor, *, source_id: int) -> None:
    """Take a source away: its keys are refused from now on, what it sent stays. Raises NotFound."""
    source = _own(actor, source_id)
    take_down_signpost(SIGNPOST, source.write_key)
    _take_down_server_key(source)
    source.delete()


@command(NOTE_SEEN, audited=False)
def note_seen(actor: Actor, *, seen: dict[int, datetime]) -> None:
    """Remember when sources last sent something (`seen`: source id to time)."""
    for source_id, at in sorted(seen.items()):
        Source.visible_to(actor).filter(id=source_id).exclude(last_seen_at__gte=at).update(last_seen_at=at)


def _own(actor: Actor, source_id: int) -> Source:
    source = Source.visible_to(actor).select_for_update().filter(id=source_id).first()
    if source is None:
        raise NotFound
    return source


def _save(source: Source) -> None:
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise SourceNameTaken(name=source.name, fields={"name": SourceNameTaken.words}) from error


def _post(source: Source) -> None:
    secret = seal_secret(source.signing_secret) if source.signing_secret else ""
    posted = PostedSource(source.id, frozenset(source.allowed_origins), source.kind, secret).document()
    put_signpost(SIGNPOST, source.write_key, posted)
    if source.server_key_hash:
        put_signpost(SERVER_KEY, source.server_key_hash, posted)


def _take_down_server_key(source: Source) -> None:
    if source.server_key_hash:
        take_down_signpost(SERVER_KEY, source.server_key_hash)


def origin_of(text: str) -> str:
    """Return an origin as browsers send it (scheme, host, port; RFC 6454). Raises BadOrigin."""
    text = text.strip().rstrip("/").lower()
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and f"{parts.scheme}://{parts.netloc}" == text
        good = good and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise BadOrigin(origin=text, fields={"allowed_origins": BadOrigin.words})
    return text
