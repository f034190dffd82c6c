"""Changing one's own password, profile, and ending sessions."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password

from cove.directory.org.commands.second_factor import CHECK_BY_MEMBER, use_code
from cove.directory.org.errors import WrongPassword
from cove.directory.org.models import Device, Member, Session
from cove.directory.org.permissions import END_SESSIONS, OWN_ACCOUNT, SIGN_IN
from cove.directory.org.queries import account
from cove.directory.org.queries.strength import require_strong, words_about
from cove.facts.org import PasswordChanged
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.live.publish import SESSIONS_CHANGED, tell_live
from cove.kernel.origin import current_origin
from cove.kernel.throttle.limit import count_try


@command(OWN_ACCOUNT)
def change_profile(actor: Actor, *, name: str, locale: str) -> Member:
    """Change the name others see and the language one reads (``zh-CN``, ``en``; empty leaves it to the browser)."""
    member = account.own(actor)
    member.name, member.locale = name.strip() or member.name, locale
    member.save(update_fields=["name", "locale"])
    return member


@command(OWN_ACCOUNT)
def change_password(actor: Actor, *, current: str, code: str, password: str) -> None:
    """Change one's own password, proved by the current one or by a code of the second factor; all other sessions end.

    Raises WrongPassword, WrongCode, SecondFactorOff, WeakPassword, TooManyTries.
    """
    count_try(CHECK_BY_MEMBER, f"{actor.tenant_id}.{actor.member_id}")
    member = account.own(actor)
    if code:
        use_code(actor, code=code)
    elif not check_password(current, member.password):
        raise WrongPassword(fields={"current_password": WrongPassword.words})
    require_strong(password, words_about(member))
    member.keep_password(password)
    shut_out(actor, member_id=member.id, but=current_origin().session_id)
    publish(PasswordChanged(member_id=member.id, way="account"))


@command(OWN_ACCOUNT)
def end_own_session(actor: Actor, *, session_id: int) -> None:
    """End one of one's own sessions. Raises NotFound."""
    if not account.own_sessions(actor).filter(id=session_id).delete()[0]:
        raise NotFound
    tell_live(actor.tenant_id, SESSIONS_CHANGED, member_ids=[actor.member_id or 0])


@command(OWN_ACCOUNT)
def end_own_other_sessions(actor: Actor) -> None:
    """End all of one's own sessions but this one; trusted browsers are asked for the second factor again."""
    shut_out(actor, member_id=actor.member_id or 0, but=current_origin().session_id)


@command(END_SESSIONS)
def end_member_sessions(actor: Actor, *, member_id: int, session_id: int | None = None) -> None:
    """End a member's sessions, or the one with `session_id`. Raises NotFound."""
    found = account.member_sessions(actor, member_id)
    if session_id is None:
        shut_out(actor, member_id=member_id)
    elif not found.filter(id=session_id).delete()[0]:
        raise NotFound
    else:
        tell_live(actor.tenant_id, SESSIONS_CHANGED, member_ids=[member_id])


@command(SIGN_IN)
def shut_out(actor: Actor, *, member_id: int, but: int | None = None) -> None:
    """End all sessions of a member except `but`, and trust none of his browsers any more."""
    Session.objects.filter(member_id=member_id).exclude(id=but or 0).delete()
    Device.objects.filter(member_id=member_id).update(trusted_until=None)
    tell_live(actor.tenant_id, SESSIONS_CHANGED, member_ids=[member_id])
