"""How long a password would stand against a guesser who knows whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zxcvbn import zxcvbn

from cove.directory.org.errors import WeakPassword
from cove.directory.org.models import Member, Tenant
from cove.directory.org.queries.strength_words import FEEDBACK
from cove.kernel.words import Words

ENOUGH = 3
LONGEST = 128
_JUDGED = 72
"""Letters that zxcvbn looks at: its time grows with the square of the length, and a guesser is lost long before."""


@dataclass(frozen=True, slots=True)
class Strength:
    """Points from 0 to 4, and what to do about too few."""

    score: int
    advice: tuple[Words, ...]

    @property
    def enough(self) -> bool:
        """Whether it may be used."""
        return self.score >= ENOUGH


def judge_password(password: str, known: Iterable[str]) -> Strength:
    """Judge a password; `known` are words a guesser would begin with (name, e-mail, company)."""
    if not password:
        return Strength(0, ())
    words = {part for text in known for part in (text, *text.replace("@", " ").replace(".", " ").split()) if part}
    found = zxcvbn(password[:_JUDGED], user_inputs=sorted(words), max_length=_JUDGED)
    feedback = [found["feedback"]["warning"], *found["feedback"]["suggestions"]]
    return Strength(found["score"], tuple(FEEDBACK[text] for text in feedback if text in FEEDBACK))


def require_strong(password: str, known: Iterable[str], *, field: str = "password") -> None:
    """Raise WeakPassword, with advice at `field`, unless the password is strong enough."""
    judged = judge_password(password, known)
    if judged.enough:
        return
    advice = judged.advice or (WeakPassword.words,)
    said = Words("；".join(one.zh for one in advice), "; ".join(one.en for one in advice))
    raise WeakPassword(fields={field: said})


def words_about(member: Member) -> list[str]:
    """Return what a guesser would know of a member: his name, his e-mail, his company."""
    company = Tenant.objects.filter(id=member.tenant_id).values_list("name", flat=True).first()
    return [member.name, member.email or "", company or ""]
