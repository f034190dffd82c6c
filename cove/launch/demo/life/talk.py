"""What customers write and what members answer, put together from pieces so that two people hardly ever say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cove.launch.demo.life.names import Firm
from cove.launch.demo.life.plan import Dice, Urn
from cove.launch.demo.life.words import AGAIN, ANSWERS, CLOSINGS, FOLLOW_UPS, GREETINGS, QUESTIONS, SLOTS, THANKS

Line = tuple[bool, str]
"""Whether the customer says it, and what."""

_SLOT = re.compile(r"\{(\w+)\}")
# What firms of a kind ask about, with weights.
_TOPICS = {
    "studio": {"software": 5, "sample": 4, "custom": 4, "price": 3, "cooperation": 3, "delivery": 1, "invoice": 1},
    "dealer": {"cooperation": 5, "price": 4, "delivery": 4, "display": 3, "software": 3, "after": 3, "invoice": 2},
    "builder": {"price": 5, "delivery": 4, "custom": 3, "install": 4, "after": 2, "invoice": 2, "software": 2},
    "developer": {"project": 5, "sample": 3, "price": 3, "delivery": 3, "install": 2, "invoice": 2},
    "hotel": {"project": 4, "sample": 4, "price": 3, "install": 3, "delivery": 3, "after": 1},
}
_ASKS_ON = 0.35
_ASKED = {kind: Urn(topics.items()) for kind, topics in _TOPICS.items()}


def conversation(dice: Dice, firm: Firm, *, again: bool) -> list[Line]:
    """Return what both say in one sitting: a greeting, one to three topics, thanks or a closing word; `again` if they have talked before."""
    topics = _ASKED[firm.kind]
    told = _Told(dice, firm)
    lines: list[Line] = []
    if dice.random() < 0.6:
        lines.append((True, told.filled(dice.choice(AGAIN if again else GREETINGS))))
    for topic in dict.fromkeys([dice.draw(topics) for _ in range(dice.choice((1, 1, 2, 3)))]):
        lines += _topic(dice, topic, firm)
    if dice.random() < 0.7:
        lines.append((True, told.filled(dice.choice(THANKS))))
        if dice.random() < 0.4:
            lines.append((False, told.filled(dice.choice(CLOSINGS))))
    return lines


def _topic(dice: Dice, topic: str, firm: Firm) -> Iterator[Line]:
    for question, fitting in dice.sample(QUESTIONS[topic], k=1 if dice.random() < 0.65 else 2):
        told = _Told(dice, firm)
        said = told.filled(question)
        # Some send one thought in two messages.
        first, comma, rest = said.partition("，")
        if comma and len(rest) > 8 and dice.random() < 0.3:
            yield True, first
            yield True, rest
        else:
            yield True, said
        yield False, told.filled(ANSWERS[topic][int(dice.choice(fitting))])
        if dice.random() < _ASKS_ON:
            for his, text in zip((True, False), dice.choice(FOLLOW_UPS[topic]), strict=True):
                yield his, told.filled(text)


class _Told:
    """Fills slots: what is spoken of once keeps its name while it is spoken of."""

    def __init__(self, dice: Dice, firm: Firm) -> None:
        self.dice = dice
        self.known = {"city": firm.city, "firm": firm.short}

    def filled(self, text: str) -> str:
        """Return a text with its slots filled; a word that stands twice in it is two things."""
        here: set[str] = set()

        def slot(found: re.Match[str]) -> str:
            name = found[1]
            if name not in self.known or (name in here and name in SLOTS):
                self.known[name] = str(self.dice.choice(SLOTS[name]))
            here.add(name)
            return self.known[name]

        return _SLOT.sub(slot, text)
