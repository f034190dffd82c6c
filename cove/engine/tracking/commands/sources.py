from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from cove.engine.tracking.contracts import SIGNPOST, PostedSource
from cove.engine.tracking.errors import BadOrigin, SourceNameTaken
from cove.engine.tracking.models import Source
from cove.engine.tracking.permissions import MANAGE_SOURCES, NOTE_SEEN
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.ids import new_slug
from cove.kernel.signposts.commands import put_signpost, take_down_signpost

_KEY_LENGTH = 24


@command(MANAGE_SOURCES)
def create_source(actor: Actor, *, name: str, allowed_origins: Sequence[str]) -> Source:
    """Make a source with a write key of its own. Raises SourceNameTaken, BadOrigin."""
    origins = sorted({origin_of(origin) for origin in allowed_origins})
    source = Source(name=name, write_key=f"wk_{new_slug(_KEY_LENGTH)}", allowed_origins=origins, created_at=clock.now())
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise SourceNameTaken(name=name, fields={"name": SourceNameTaken.words}) from error
    put_signpost(SIGNPOST, source.write_key, PostedSource(source.id, frozenset(origins)).document())
    return source


@command(MANAGE_SOURCES)
def delete_source(actor: Actor, *, source_id: int) -> None:
    """Take a source away: its key is refused from now on, what it sent stays. Raises NotFound."""
    source = Source.visible_to(actor).select_for_update().filter(id=source_id).first()
    if source is None:
        raise NotFound
    take_down_signpost(SIGNPOST, source.write_key)
    source.delete()


@command(NOTE_SEEN, audited=False)
def note_seen(actor: Actor, *, seen: dict[int, datetime]) -> None:
    """Remember when sources last sent something (`seen`: source id to time)."""
    for source_id, at in sorted(seen.items()):
        Source.visible_to(actor).filter(id=source_id).exclude(last_seen_at__gte=at).update(last_seen_at=at)


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
