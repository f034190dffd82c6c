"""A member's own account: his second factor, sessions and devices, and what the tenant asks of him."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from cove.directory.org.models import Member, RecoveryCode, Role, SecondFactor, Session, SignInPolicy
from cove.directory.org.permissions import END_SESSIONS, SET_SIGN_IN_POLICY
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.words import Words

_SYSTEMS = (
    ("iPhone", Words("iPhone", "iPhone")),
    ("iPad", Words("iPad", "iPad")),
    ("Android", Words("安卓", "Android")),
    ("Windows", Words("Windows", "Windows")),
    ("Mac OS X", Words("Mac", "Mac")),
    ("Linux", Words("Linux", "Linux")),
)
_BROWSERS = (
    ("wxwork", Words("企业微信", "WeCom")),
    ("MicroMessenger", Words("微信", "WeChat")),
    ("Edg", Words("Edge 浏览器", "Edge")),
    ("OPR", Words("Opera 浏览器", "Opera")),
    ("Firefox", Words("Firefox 浏览器", "Firefox")),
    ("Chrome", Words("Chrome 浏览器", "Chrome")),
    ("Safari", Words("Safari 浏览器", "Safari")),
)
_UNKNOWN = Words("未知设备", "Unknown device")


def device_of(agent: str) -> Words:
    """Return a browser's User-Agent in words a person knows; the first that fits counts, so those that name others stand first."""
    found = [next((words for mark, words in marks if re.search(mark, agent)), None) for marks in (_BROWSERS, _SYSTEMS)]
    known = [words for words in found if words is not None]
    if not known:
        return _UNKNOWN
    return Words(" · ".join(words.zh for words in known), " · ".join(words.en for words in known))


def own(actor: Actor) -> Member:
    """Return the acting member. Raises NotFound for who is no member."""
    found = Member.visible_to(actor).filter(id=actor.member_id or 0, active=True).first()
    if found is None:
        raise NotFound
    return found


def sessions_of(member_id: int) -> QuerySet[Session]:
    """Return a member's live sessions, the last used first."""
    return Session.objects.filter(member_id=member_id, expires_at__gt=clock.now()).order_by("-last_used_at", "-id")


def own_sessions(actor: Actor) -> QuerySet[Session]:
    """Return the acting member's live sessions."""
    return sessions_of(actor.member_id or 0)


def member_sessions(actor: Actor, member_id: int) -> QuerySet[Session]:
    """Return another member's live sessions. Raises Forbidden, NotFound."""
    actor.require(END_SESSIONS)
    if not Member.visible_to(actor).filter(id=member_id).exists():
        raise NotFound
    return sessions_of(member_id)


def second_factor(member_id: int) -> SecondFactor | None:
    """Return the member's second factor if it counts."""
    return SecondFactor.objects.filter(member_id=member_id, confirmed_at__isnull=False).first()


def recovery_codes_left(member_id: int) -> int:
    """Return how many recovery codes are unused."""
    return RecoveryCode.objects.filter(member_id=member_id, used_at=None).count()


def policy() -> SignInPolicy:
    """Return the bound tenant's policy, or the defaults."""
    return SignInPolicy.objects.first() or SignInPolicy()


def sign_in_policy(actor: Actor) -> SignInPolicy:
    """Return the tenant's policy. Raises Forbidden."""
    actor.require(SET_SIGN_IN_POLICY)
    return policy()


def factor_demanded(member: Member, rules: SignInPolicy) -> bool:
    """Tell whether the tenant asks this member for a second factor; administrators are those who may do everything."""
    if rules.second_factor == "administrators":
        return Role.objects.filter(Q(grants__member_id=member.id), everything=True).exists()
    return rules.second_factor == "everybody"


def without_factor(actor: Actor) -> tuple[int, int]:
    """Return how many active members with a password have no second factor, and how many of these are administrators. Raises Forbidden."""
    actor.require(SET_SIGN_IN_POLICY)
    ready = SecondFactor.objects.filter(confirmed_at__isnull=False).values("member_id")
    bare = Member.visible_to(actor).filter(active=True).exclude(password="").exclude(id__in=ready)
    return bare.count(), bare.filter(roles__everything=True).distinct().count()
