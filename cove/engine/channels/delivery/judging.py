"""What becomes of an act after one try. A pure function, so that every rule is one line of a table in its test."""

from __future__ import annotations

from datetime import datetime, timedelta

from cove.engine.channels.delivery.contracts import (
    Again,
    Doubtful,
    Kind,
    Later,
    Order,
    Outcome,
    Refused,
    Sent,
    State,
    Verdict,
)

FIRST_STEP = 0.5
LONGEST_STEP = 300.0
UNANSWERED_RETRIES = 8


def judge(kind: Kind, order: Order, outcome: Outcome, now: datetime) -> Verdict:
    """Return the verdict on `order` after `outcome`; `now` is the time of the judgement."""
    if isinstance(outcome, Sent):
        return Verdict(State.SENT, result=outcome.result)
    if isinstance(outcome, Refused):
        return _refused(kind, order, outcome)
    if isinstance(outcome, Doubtful):
        return _unanswered(kind, order, outcome, now)
    return _again(order, outcome, now, doubtful=order.doubtful)


def hold(order: Order) -> Verdict:
    """Return the verdict on an order that may not go out: refused, or unknown if an earlier try was never answered."""
    return Verdict(State.UNKNOWN if order.doubtful else State.REFUSED, reason=order.held, doubtful=order.doubtful)


def expire(order: Order) -> Verdict:
    """Return the verdict on an order whose time is over: missed, or unknown if an earlier try was never answered."""
    if order.doubtful:
        return Verdict(State.UNKNOWN, reason="no_answer", doubtful=True)
    return Verdict(State.MISSED, reason="expired")


def _refused(kind: Kind, order: Order, outcome: Refused) -> Verdict:
    if not order.doubtful:
        return Verdict(State.REFUSED, reason=outcome.reason, errcode=outcome.errcode)
    if outcome.reason in kind.done_before:
        return Verdict(State.SENT, reason="probably_sent", errcode=outcome.errcode, doubtful=True)
    if kind.again is Again.HARMLESS:
        return Verdict(State.REFUSED, reason=outcome.reason, errcode=outcome.errcode)
    return Verdict(State.UNKNOWN, reason="no_answer", errcode=outcome.errcode, doubtful=True)


def _unanswered(kind: Kind, order: Order, outcome: Doubtful, now: datetime) -> Verdict:
    # Without a deadline a single-use code is as unsafe as a message: nobody knows how long asking again makes sense.
    guarded = kind.again is Again.REFUSED and order.not_after is not None
    if kind.again is not Again.HARMLESS and not guarded:
        return Verdict(State.UNKNOWN, reason=outcome.reason, errcode=outcome.errcode, doubtful=True)
    later = Later(outcome.reason, outcome.errcode, retries=UNANSWERED_RETRIES)
    return _again(order, later, now, doubtful=kind.again is not Again.HARMLESS)


def _again(order: Order, outcome: Later, now: datetime, *, doubtful: bool) -> Verdict:
    if outcome.retries is not None and order.setbacks >= outcome.retries:
        state = State.UNKNOWN if doubtful else State.FAILED
        return Verdict(state, reason=outcome.reason, errcode=outcome.errcode, doubtful=doubtful)
    step = outcome.seconds if outcome.seconds is not None else min(FIRST_STEP * 2**order.setbacks, LONGEST_STEP)
    due = now + timedelta(seconds=step)
    if order.not_after is not None and due >= order.not_after:
        state, reason = (State.UNKNOWN, "no_answer") if doubtful else (State.MISSED, "expired")
        return Verdict(state, reason=reason, errcode=outcome.errcode, doubtful=doubtful)
    return Verdict(
        State.PENDING,
        reason=outcome.reason,
        errcode=outcome.errcode,
        not_before=due,
        doubtful=doubtful,
        setback=outcome.retries is not None,
        pause=outcome.pause,
    )
