from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import IntegrityError, transaction

from cove.engine.channels.wecom.errors import StateLost
from cove.engine.channels.wecom.models import SpentState
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

STATE_LIFETIME = timedelta(minutes=10)


@command(TAKE_OVER, audited=False)
def spend_state(actor: Actor, *, state: str) -> None:
    """Use a state up; raises StateLost if it was used before. Those that have ended by themselves are forgotten."""
    SpentState.objects.filter(spent_at__lt=clock.now() - STATE_LIFETIME).delete()
    digest = hashlib.sha256(state.encode()).hexdigest()
    try:
        with transaction.atomic():
            SpentState.objects.create(state_hash=digest, spent_at=clock.now())
    except IntegrityError as error:
        raise StateLost from error
