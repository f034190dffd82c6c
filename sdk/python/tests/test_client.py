"""The SDK against the real collector: what was told is in the log, each once, whatever the network does."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cove_sdk import Cove, sending

from cove.kernel.ids import visitor_id

PACKAGE = Path(__file__).parents[1] / "src"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(sending, "FIRST_PAUSE", 0.02)


@pytest.fixture
def failures():
    return []


@pytest.fixture
def cove(host, key, failures, quick):
    client = Cove(host, key, interval=0.05, on_failure=lambda event, failure: failures.append((event, failure)))
    yield client
    client.close(5)


def test_every_kind_of_event_arrives(cove, logged, actor, failures):
    cove.track(
        "order_paid",
        {"amount": 199.5, "at": datetime(2026, 1, 31, tzinfo=timezone.utc)},
        user_id="u1",
        account="acme",
        plan="3",
    )
    cove.page("https://www.example.com/a", "首页", user_id="u1")
    cove.identify("u1", {"name": "李"}, anonymous_id="browser-1234")
    cove.group("u1", "acme", {"seats": 20})
    cove.alias("u1", "old-1")
    assert cove.flush(60)
    found = logged(5)
    assert [kind.partition(".")[2] for kind, _ in found] == [
        "event_tracked", "page_viewed", "visitor_identified", "account_joined", "identity_aliased"
    ]  # fmt: skip
    tracked, _, identified, joined, aliased = (payload for _, payload in found)
    assert tracked["visitor_id"] == visitor_id(actor.tenant_id, "user:u1")
    assert (tracked["event"], tracked["account"], tracked["properties"]["amount"]) == ("order_paid", "acme", 199.5)
    assert (identified["proof"], identified["visitor_id"]) == ("server", visitor_id(actor.tenant_id, "browser-1234"))
    assert (joined["account"], joined["traits"]) == ("acme", {"seats": 20})
    assert (aliased["user_id"], aliased["previous_id"]) == ("u1", "old-1")
    assert failures == []


def test_what_the_network_does_loses_nothing_and_doubles_nothing(cove, gate, logged, failures):
    gate.script.extend(["break", (503, {"Retry-After": "0"}), (429, {}), "lose the answer", (502, {})])
    for number in range(250):
        cove.track("step", {"n": number}, user_id="u1")
    assert cove.flush(60)
    found = logged(250)
    assert sorted(payload["properties"]["n"] for _, payload in found) == list(range(250))
    assert failures == []


def test_retry_after_is_obeyed(cove, gate, logged):
    gate.script.append((503, {"Retry-After": "1"}))
    began = time.monotonic()
    cove.track("a", user_id="u1")
    assert cove.flush(60)
    assert time.monotonic() - began >= 1
    logged(1)


def test_a_batch_that_is_too_large_goes_in_halves(cove, gate, logged, failures):
    gate.script.extend([(413, {}), (413, {})])
    for number in range(100):
        cove.track("big", {"n": number}, user_id="u1")
    assert cove.flush(60)
    assert [payload["properties"]["n"] for _, payload in logged(100)] == list(range(100))
    assert failures == []


def test_one_bad_event_is_told_and_its_neighbours_arrive(cove, logged, failures):
    cove.track("good", user_id="u1")
    cove.track("$bad", user_id="u1")
    cove.track("good too", user_id="u1")
    assert cove.flush(60)
    assert [payload["event"] for _, payload in logged(2)] == ["good", "good too"]
    [(event, failure)] = failures
    assert (event["event"], failure.code) == ("$bad", "collector.reserved_name")
    assert "event" in failure.fields


def test_a_key_that_is_not_known_fails_at_once_and_says_so(host, quick, collector):
    failures = []
    client = Cove(host, "sk_unknown", interval=0.01, on_failure=lambda event, failure: failures.append(failure))
    client.track("a", user_id="u1")
    assert client.close(60)
    assert [failure.code for failure in failures] == ["collector.unknown_key"]


@pytest.mark.parametrize(
    "answer",
    [
        (403, {}, b'{"error": "Forbidden"}'),
        (404, {}, b'{"error": ["not", "here"]}'),
        (400, {}, b'{"error": {"code": "x", "fields": ["y"]}}'),
        (200, {}, b'{"refused": null}'),
        (200, {}, b'{"refused": [{"index": 99}, {"index": "0"}, 7]}'),
        (503, {"Retry-After": "nan"}, b"{}"),
    ],
)
def test_whatever_stands_before_the_collector_answers_the_next_event_arrives(cove, gate, logged, answer):
    gate.script.append(answer)
    cove.track("before", user_id="u1")
    assert cove.flush(60)
    cove.track("after", user_id="u1", message_id="after")
    assert cove.flush(60)
    assert "after" in [payload["message_id"] for _, payload in logged(2 if answer[0] == 503 else 1)]


def test_what_no_one_foresaw_is_told_and_the_next_event_arrives(cove, logged, failures, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError("x")

    with monkeypatch.context() as patch:
        patch.setattr(cove._door, "_once", broken)
        cove.track("before", user_id="u1")
        assert cove.flush(60)
    assert [failure.code for _, failure in failures] == ["broken"]
    cove.track("half a letter \ud800", {"half": "\ud800"}, user_id="u1")
    assert cove.flush(60)
    logged(1)


def test_the_same_message_twice_is_one_event(cove, logged):
    for _ in range(3):
        assert cove.track("once", user_id="u1", message_id="order-7-paid") == "order-7-paid"
    assert cove.flush(60)
    assert [payload["message_id"] for _, payload in logged(1)] == ["order-7-paid"]


def test_history_keeps_its_time(cove, logged, actor):
    cove.track("old", user_id="u1", timestamp=datetime.now(timezone.utc) - timedelta(days=400))
    assert cove.flush(60)
    logged(1)


def test_a_queue_that_is_full_lets_the_oldest_go_and_tells(quick):
    lost = []
    client = Cove(
        "http://127.0.0.1:9",
        "sk_x",
        queue=5,
        interval=60,
        on_failure=lambda event, failure: lost.append((event["event"], failure.code)),
    )
    for number in range(8):
        client.track(f"e{number}", user_id="u1")
    assert client.dropped == 3
    assert lost == [(f"e{number}", "queue_full") for number in range(3)]
    assert client.close(0.2) is False


def test_what_cannot_be_reached_in_time_is_given_up_with_a_reason(quick):
    failures = []
    client = Cove(
        "http://127.0.0.1:9",
        "sk_x",
        interval=0.01,
        patience=0.3,
        on_failure=lambda event, failure: failures.append(failure.code),
    )
    client.track("a", user_id="u1")
    assert client.flush(60)
    assert failures == ["unreachable"]
    client.close()


def test_many_threads_at_once(cove, logged):
    def work(number):
        for step in range(25):
            cove.track("t", {"n": number * 25 + step}, user_id=f"u{number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cove.flush(60)
    assert sorted(payload["properties"]["n"] for _, payload in logged(200)) == list(range(200))


PROGRAM = """
import os, sys
from cove_sdk import Cove
cove = Cove(sys.argv[1], sys.argv[2], interval=60)
cove.track("parent", user_id="u1")
if "fork" in sys.argv:
    pid = os.fork()
    if pid == 0:
        cove.track("child", user_id="u1")
        sys.exit(0)
    os.waitpid(pid, 0)
"""


@pytest.mark.parametrize(("how", "events"), [("exit", ["parent"]), ("fork", ["child", "parent"])])
def test_what_waits_is_sent_when_the_program_ends_and_a_child_starts_afresh(host, key, collector, logged, how, events):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, host, key, how],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(payload["event"] for _, payload in logged(len(events))) == events


@pytest.mark.parametrize(
    "call",
    [
        lambda cove: cove.track("a"),
        lambda cove: cove.track("a", {"x": float("nan")}, user_id="u"),
        lambda cove: cove.track("a", {"x": "y" * 40_000}, user_id="u"),
        lambda cove: cove.track("a", {"x": "字" * 11_000}, user_id="u"),
        lambda cove: cove.track("a", user_id="u", timestamp=datetime(2026, 1, 1)),  # noqa: DTZ001 -- it is what is refused
    ],
)
def test_what_is_wrong_is_said_where_it_is_called(call):
    with pytest.raises(ValueError, match=r"."):
        call(Cove("http://127.0.0.1:9", "sk_x", enabled=False))


@pytest.mark.parametrize(
    ("host", "key"),
    [("cove.example.com", "sk_x"), ("https://cove.example.com", ""), ("https://cove.example.com", "sk_x\n")],
)
def test_what_it_is_made_with_is_checked(host, key):
    with pytest.raises(ValueError, match=r"host|key"):
        Cove(host, key)


def test_what_the_caller_changes_later_changes_nothing(cove, logged):
    properties = {"list": [1]}
    cove.track("a", properties, user_id="u1")
    properties["list"].append(2)
    assert cove.flush(60)
    assert logged(1)[0][1]["properties"]["list"] == [1]


def test_switched_off_it_sends_nothing_and_checks_all_the_same(host, key, gate):
    client = Cove(host, key, enabled=False)
    assert client.track("a", user_id="u1")
    assert client.close(5)
    assert gate.bodies == []


def test_generated_code_of_a_plan_uses_it(cove, logged):
    from cove.engine.tracking.queries.checking import Plan
    from cove.engine.tracking.queries.snippets import SNIPPETS

    amount = {"name": "amount", "type": "number", "required": True, "choices": [], "pattern": ""}
    document = {"events": [{"name": "order_paid", "status": "live", "pql": False, "properties": [amount]}]}
    room = {}
    exec(compile(SNIPPETS["python"].write(Plan.read(3, document)), "plan.py", "exec"), room)
    room["TrackingPlan"](cove, "u1").order_paid(amount=5)
    assert cove.flush(60)
    assert logged(1)[0][1]["properties"]["amount"] == 5
