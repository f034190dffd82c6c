"""Where tasks on the platform stand."""

from __future__ import annotations

from enum import StrEnum


class MassState(StrEnum):
    """waiting: the platform was not asked yet; made: members have it; done: all is told, or its time is over."""

    WAITING = "waiting"
    MADE = "made"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class TargetState(StrEnum):
    """What became of one whom a mass message was for; the last three are failures."""

    WAITING = "waiting"
    SENT = "sent"
    NO_FRIEND = "not_a_friend"
    HAD_THE_MOST = "had_the_most"
    UNREACHABLE = "unreachable"


class MomentState(StrEnum):
    """waiting: the platform was not asked yet; asked: its job runs; made: members have it."""

    WAITING = "waiting"
    ASKED = "asked"
    MADE = "made"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class TransferState(StrEnum):
    """wanted: the platform was not asked yet; asking: an order is on its way; waiting: the customer has 24 hours to refuse."""

    WANTED = "wanted"
    ASKING = "asking"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
