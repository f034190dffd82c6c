"""Every rule of the outbox as one line of a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cove.engine.channels.delivery.contracts import Again, Doubtful, Kind, Later, Order, Refused, Sent
from cove.engine.channels.delivery.judging import expire, judge
from cove.facts.delivery import REASONS
from cove.kernel.words import Words

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HARMLESS, GUARDED, UNSAFE = Again.HARMLESS, Again.REFUSED, Again.UNSAFE


def kind(again: Again) -> Kind:
    return Kind("test.act", Words("做", "Act"), again, perform=None, done_before=frozenset({"already_chatting"}))


def order(*, left: float | None = 20.0, setbacks: int = 0, doubtful: bool = False) -> Order:
    return Order(
        id=1,
        tenant_id=1,
        kind="test.act",
        key="k",
        payload={},
        attempts=1,
        setbacks=setbacks,
        doubtful=doubtful,
        not_after=NOW + timedelta(seconds=left) if left is not None else None,
        claim=1,
        chain=(),
    )


CASES = [
    # again, order, outcome, state, reason, seconds until the next try
    (UNSAFE, order(), Sent(), "sent", "", None),
    (UNSAFE, order(), Refused("bad_request", 40058), "refused", "bad_request", None),
    (GUARDED, order(doubtful=True), Refused("already_chatting", 41051), "sent", "probably_sent", None),
    (GUARDED, order(), Refused("already_chatting", 41051), "refused", "already_chatting", None),
    (GUARDED, order(doubtful=True), Refused("code_invalid", 41050), "unknown", "no_answer", None),
    (HARMLESS, order(doubtful=True), Refused("bad_request"), "refused", "bad_request", None),
    (UNSAFE, order(), Later("busy", -1), "pending", "busy", 0.5),
    (UNSAFE, order(setbacks=2), Later("busy", -1), "pending", "busy", 2.0),
    (UNSAFE, order(setbacks=3), Later("busy", -1), "failed", "busy", None),
    (UNSAFE, order(left=0.4), Later("busy", -1), "missed", "expired", None),
    (UNSAFE, order(), Later("rate_limited", 45009, seconds=60, retries=None), "missed", "expired", None),
    (UNSAFE, order(left=None, setbacks=9), Later("rate_limited", 45009, 60, None), "pending", "rate_limited", 60.0),
    (GUARDED, order(left=1, doubtful=True), Later("busy", -1, seconds=2), "unknown", "no_answer", None),
    (UNSAFE, order(), Doubtful(), "unknown", "no_answer", None),
    (UNSAFE, order(), Doubtful("internal_error"), "unknown", "internal_error", None),
    (GUARDED, order(), Doubtful(), "pending", "no_answer", 0.5),
    (GUARDED, order(left=None), Doubtful(), "unknown", "no_answer", None),
    (GUARDED, order(left=0.2), Doubtful(), "unknown", "no_answer", None),
    (HARMLESS, order(left=None), Doubtful(), "pending", "no_answer", 0.5),
    (HARMLESS, order(left=None, setbacks=8), Doubtful(), "failed", "no_answer", None),
    (HARMLESS, order(left=0.2), Doubtful(), "missed", "expired", None),
]


@pytest.mark.parametrize(("again", "claimed", "outcome", "state", "reason", "seconds"), CASES)
def test_verdicts(again, claimed, outcome, state, reason, seconds):
    verdict = judge(kind(again), claimed, outcome, NOW)
    assert (verdict.state, verdict.reason) == (state, reason)
    assert verdict.not_before == (NOW + timedelta(seconds=seconds) if seconds is not None else None)
    assert not reason or reason in REASONS


def test_only_what_counts_against_the_retries_is_a_setback():
    assert judge(kind(UNSAFE), order(), Later("busy"), NOW).setback
    assert not judge(kind(UNSAFE), order(left=None), Later("rate_limited", retries=None), NOW).setback


def test_an_expired_act_is_missed_unless_nobody_knows():
    assert (expire(order()).state, expire(order()).reason) == ("missed", "expired")
    assert (expire(order(doubtful=True)).state, expire(order(doubtful=True)).reason) == ("unknown", "no_answer")


def test_every_trouble_of_wecom_has_words_and_a_remedy():
    from cove.engine.channels.wecom.troubles import _TROUBLES, trouble_of

    for trouble in [*_TROUBLES, trouble_of(123456)]:
        assert trouble.words.zh
        assert trouble.words.en
        assert trouble.remedy.zh
        assert trouble.remedy.en
