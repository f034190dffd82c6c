from __future__ import annotations

from cove.directory.org.models import Session, SignInPolicy
from cove.directory.org.permissions import SET_SIGN_IN_POLICY
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(SET_SIGN_IN_POLICY)
def set_sign_in_policy(actor: Actor, *, second_factor: str, idle_days: int, session_days: int) -> SignInPolicy:
    """Say who needs a second factor (nobody, administrators, everybody) from his next sign-in on, and how long sessions last.

    Sessions that are open keep their end; how long they may lie unused is shortened at once.
    """
    wanted = {"second_factor": second_factor, "idle_days": idle_days, "session_days": session_days}
    row, _ = SignInPolicy.objects.update_or_create(tenant_id=actor.tenant_id, defaults=wanted)
    Session.objects.filter(idle_days__gt=idle_days).update(idle_days=idle_days)
    return row
