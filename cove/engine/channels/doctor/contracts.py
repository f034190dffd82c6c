from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cove.kernel.actor import Actor
from cove.kernel.registry import Registry
from cove.kernel.words import Words


class Level(StrEnum):
    """How bad a finding is. broken: something a company counts on does not work; warning: it works, but not for long or not well."""

    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in words that are finished (`Words.with_values` for what was measured), and what a person does about it.

    `key` tells several findings of one check apart and stays the same while the trouble lasts (a domain's name, a userid). `since` is
    when it began, where the channel knows; otherwise the doctor notes when he first saw it.
    """

    level: Level
    words: Words
    remedy: Words
    key: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """A channel as a whole, as the doctor's page shows it: `path` is the console's page where it is set up.

    `in_use` tells whether the tenant uses the channel at all; what he does not use is not looked at.
    """

    key: str
    label: Words
    path: str
    in_use: Callable[[Actor], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One question to a channel, named ``channel.what_is_asked``; `label` says what is well when nothing is found.

    `run` is called in a thread, with the tenant bound, as Cove itself, outside any transaction: it may ask the platform (an asyncio
    client by `asyncio.run`) and must come back within half a minute. It returns what is wrong, nothing if all is well. An error it
    raises is shown as a finding of its own.
    """

    key: str
    channel: str
    label: Words
    run: Callable[[Actor], list[Finding]]


@dataclass(frozen=True, slots=True)
class Ability:
    """Something a channel can do for the company, as it was when the doctor looked. `usable` is None where it cannot be asked.

    `trouble` and `remedy` are finished texts, given when it is not usable. `left` of `most` is what the platform itself says of its
    quota, `approved` of `most` how much it approved of what was handed in; `quotas` are keys of quotas that channels declare to the
    outbox, whose use is shown beside.
    """

    key: str
    label: Words
    usable: bool | None
    trouble: Words | None = None
    remedy: Words | None = None
    left: int | None = None
    approved: int | None = None
    most: int | None = None
    quotas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do: asked as checks are, under the same conditions."""

    channel: str
    run: Callable[[Actor], list[Ability]]


patients: Registry[Patient] = Registry("channels that the doctor looks at", Patient)
checks: Registry[Check] = Registry("checks of channels", Check)
abilities: Registry[Abilities] = Registry("what channels can do", Abilities)


def patient(key: str, zh: str, en: str, *, path: str, in_use: Callable[[Actor], bool]) -> Patient:
    """Declare a channel to the doctor, in its `checkups` room."""
    return patients.add(key, Patient(key, Words(zh, en), path, in_use))


def checkup(
    key: str, zh: str, en: str
) -> Callable[[Callable[[Actor], list[Finding]]], Callable[[Actor], list[Finding]]]:
    """Declare the decorated function as a check; the key's first word is the channel's key."""

    def declare(run: Callable[[Actor], list[Finding]]) -> Callable[[Actor], list[Finding]]:
        checks.add(key, Check(key, key.partition(".")[0], Words(zh, en), run))
        return run

    return declare


def able(channel: str) -> Callable[[Callable[[Actor], list[Ability]]], Callable[[Actor], list[Ability]]]:
    """Declare the decorated function as the one that knows what a channel can do."""

    def declare(run: Callable[[Actor], list[Ability]]) -> Callable[[Actor], list[Ability]]:
        abilities.add(channel, Abilities(channel, run))
        return run

    return declare
