"""What was asked for and how far it has come, kept in the data folder: a start that was cut off goes on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cove.launch.demo.life.plan import Plan
from cove.launch.env import Environment

FILE = "demo.life.json"
USUAL = {"contacts": 60, "months": 12, "seed": 1}
MOST_BY_DOORS = 5_000
"""Contacts that come through the doors; more are loaded in bulk."""


class OtherLifeError(Exception):
    """The data folder holds another life than the one that is asked for."""


@dataclass
class Kept:
    """A plan, and how many of its contacts are in with how many facts.

    `piece` holds the numbers that bulk loading set aside, `past` those for what is laid beside contacts who come through the doors.
    """

    path: Path
    contacts: int
    months: int
    seed: int
    until: str
    done: int = 0
    facts: int = 0
    piece: dict[str, int] | None = None
    past: dict[str, int] | None = None
    namespace: str = ""

    @property
    def plan(self) -> Plan:
        """The plan, the same at every start."""
        return Plan(self.contacts, self.months, self.seed, datetime.fromisoformat(self.until), self.namespace)

    @property
    def by_doors(self) -> bool:
        """Whether the contacts come through the doors."""
        return self.contacts <= MOST_BY_DOORS

    def save(self) -> None:
        """Keep it, whole or not at all."""
        told = {name: value for name, value in asdict(self).items() if name not in ("path", "namespace")}
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(self.path)


def kept_life(read: Environment) -> Kept:
    """Return the life this folder is to have: the one that was begun, else the one asked for now.

    Raises OtherLifeError when it holds another than the one that is named now.
    """
    asked = {"contacts": read.demo_contacts, "months": read.demo_months, "seed": read.demo_seed}
    named = {name: value for name, value in asked.items() if value is not None}
    path = read.data / FILE
    if not path.exists():
        until = datetime.now(UTC).replace(microsecond=0).isoformat()
        wish = {**USUAL, **named}
        return Kept(path, wish["contacts"], wish["months"], wish["seed"], until)
    found = Kept(path, **json.loads(path.read_text(encoding="utf-8")))
    if any(getattr(found, name) != value for name, value in named.items()):
        raise OtherLifeError(
            f"{read.data} holds the demo of {found.contacts:,} contacts, {found.months} months, seed {found.seed}. "
            "Choose another folder with --data for another one, or remove this one."
        )
    return found
