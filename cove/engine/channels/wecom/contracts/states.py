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
    """What became of one whom a mass message was for; the last four are failures, `left_out` one of our own rules."""

    WAITING = "waiting"
    SENT = "sent"
    NO_FRIEND = "not_a_friend"
    HAD_THE_MOST = "had_the_most"
    UNREACHABLE = "unreachable"
    LEFT_OUT = "left_out"


class MassRule(StrEnum):
    """How many mass messages a customer may have: as many a month as it has days, seven a week, or one a day (document 92135)."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


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
