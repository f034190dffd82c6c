from __future__ import annotations

from cove.directory.org.models import Member
from cove.directory.org.permissions import OWN_ACCOUNT
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(OWN_ACCOUNT)
def choose_language(actor: Actor, *, locale: str) -> None:
    """Remember the language the acting member reads (``zh-CN`` or ``en``)."""
    Member.visible_to(actor).filter(id=actor.member_id or 0).update(locale=locale)
