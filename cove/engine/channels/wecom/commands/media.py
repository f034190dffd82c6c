from __future__ import annotations

from datetime import datetime

from cove.engine.channels.wecom.models import WecomMedia, WecomTicket
from cove.engine.channels.wecom.permissions import CALL
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(CALL, audited=False)
def keep_media(actor: Actor, *, file_id: int, purpose: int, corp_id: str, media_id: str, expires_at: datetime) -> None:
    """Remember what the platform calls a file of ours, and until when."""
    WecomMedia.objects.update_or_create(
        file_id=file_id, purpose=purpose, corp_id=corp_id, defaults={"media_id": media_id, "expires_at": expires_at}
    )


@command(CALL, audited=False)
def keep_ticket(actor: Actor, *, channel_id: int, kind: str, ticket: str, expires_at: datetime) -> None:
    """Share a ticket for pages inside WeCom with all processes."""
    WecomTicket.objects.update_or_create(
        channel_id=channel_id, kind=kind, defaults={"ticket": ticket, "expires_at": expires_at}
    )
