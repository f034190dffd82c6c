"""What people does because of facts: whoever proves who he is becomes known, with all he did before."""

from __future__ import annotations

from typing import Any

from cove.directory.people.commands.identifying import alias_users, identify_user
from cove.directory.people.contracts import Claim, Identity, Profile
from cove.directory.people.queries.names import is_news, mail_address, phone_number
from cove.facts.tracking import IdentityAliased, VisitorIdentified
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react

# As long as the fields of a contact may be.
_LONGEST = {"name": 64, "company_name": 128, "position": 64}
_LONGEST_NAME = 200
_GENDERS = {"male": 1, "男": 1, "1": 1, "female": 2, "女": 2, "2": 2}


@react(VisitorIdentified, zh="识别登录的用户", en="users who sign in are recognised")
def know_user(actor: Actor, fact: VisitorIdentified, envelope: Envelope) -> None:
    """Join the browser and the user to the contact he is. A claim without proof joins nobody."""
    if fact.proof == "none" or not _sound(fact.user_id):
        return
    claim = Claim(
        user_id=fact.user_id,
        user_visitor=fact.user_visitor,
        visitor_id=fact.visitor_id,
        # A signature covers the user's id alone: what a page says beside it anybody can write there.
        names=_names(fact.traits) if fact.proof == "server" else (),
        profile=_profile(fact.traits, proven=fact.proof == "server"),
    )
    if is_news(claim):
        # A clock that is a little ahead makes nobody known tomorrow.
        identify_user(actor, claim=claim, at=min(envelope.at, clock.now()))


@react(IdentityAliased, zh="关联同一用户的多个 ID", en="names of one user are put together")
def link_names(actor: Actor, fact: IdentityAliased, _envelope: Envelope) -> None:
    """Keep that two names are one user's, if it was proven."""
    names = {fact.previous_id: fact.previous_visitor, fact.user_id: fact.user_visitor}
    if fact.proof != "none" and len(names) > 1 and all(map(_sound, names)):
        alias_users(actor, names=names)


def _sound(name: str) -> bool:
    return len(name.strip()) > 0 and len(name) <= _LONGEST_NAME and "\0" not in name


def _names(traits: dict[str, Any]) -> tuple[Identity, ...]:
    unionid = _text(traits, "unionid", "union_id", "unionId")
    phone, email = phone_number(_text(traits, "phone", "mobile")), mail_address(_text(traits, "email"))
    found = (
        Identity("unionid", unionid if len(unionid) <= _LONGEST_NAME else ""),
        Identity("phone", phone),
        Identity("email", email),
    )
    return tuple(one for one in found if one.value)


def _profile(traits: dict[str, Any], *, proven: bool) -> Profile:
    said = {
        "name": _text(traits, "name", "nickname"),
        "company_name": _text(traits, "company", "company_name"),
        "position": _text(traits, "position", "title"),
    }
    profile: dict[str, Any] = {name: value[: _LONGEST[name]] for name, value in said.items() if value}
    if proven:
        avatar = _text(traits, "avatar", "avatar_url")
        profile |= {
            "avatar_url": avatar if avatar.startswith("https://") and len(avatar) <= 500 else None,  # noqa: PLR2004 -- an address
            "gender": _GENDERS.get(_text(traits, "gender").lower()),
            "phone": phone_number(_text(traits, "phone", "mobile")) or None,
            "email": mail_address(_text(traits, "email")) or None,
        }
    return Profile(**profile)


def _text(traits: dict[str, Any], *names: str) -> str:
    """Return the first of these traits that is a text or a whole number, as a text."""
    for name in names:
        value = traits.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).replace("\0", "").strip()
    return ""
