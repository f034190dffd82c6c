"""The console's doors to the quality of traffic."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cove.directory.org.facade import actor_of
from cove.engine.timeline.contracts import Verdict
from cove.engine.timeline.facade import keep_verdicts
from cove.engine.tracking.commands.sources import create_source
from cove.facts.tracking import PageViewed
from cove.kernel.ids import person_id
from cove.kernel.log.publish import append_facts, pending

# 2026-03-02 00:30 in Shanghai.
AT = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
PERIOD = {"from": "2026-03-01", "to": "2026-03-02"}
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.fixture
def source(actor, administrator):
    """A source with three visitors: a person, a crawler, and one who turned out suspicious later."""
    made = create_source(actor_of(actor, administrator.id), name="Site", allowed_origins=[])

    def view(visitor, number, **more):
        fact = PageViewed(
            visitor_id=visitor, message_id=f"{visitor}-{number}", source_id=made.id, url="https://a.cn/",
            title="Prices", user_agent=CHROME, address="203.0.113.7", **more,
        )  # fmt: skip
        append_facts([pending(fact, at=AT, chain=())])

    view(1, 1)
    view(1, 2, suspicion=30, suspicion_reasons=["headers"])
    view(2, 1, suspicion=100, suspicion_reasons=["crawler"])
    view(3, 1)
    return made


def test_the_report_counts_events_and_visitors(browser_client, actor, source, drain):
    drain()
    verdict = Verdict(person_id(visitor=3), AT, 60, ("headers", "many_identities"))
    keep_verdicts(actor.tenant_id, [verdict])
    answer = browser_client.get("/api/tracking/traffic", PERIOD)
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert [found[name] for name in ("events", "suspicious_events", "visitors", "suspicious_visitors")] == [4, 2, 3, 2]
    assert [(one["day"], one["events"], one["suspicious_events"]) for one in found["days"]] == [
        ("2026-03-01", 0, 0),
        ("2026-03-02", 4, 2),
    ]
    assert [(one["name"], one["events"], one["suspicious_events"]) for one in found["sources"]] == [("Site", 4, 2)]
    counted = {one["reason"]: (one["name"], one["events"], one["suspicious_events"]) for one in found["reasons"]}
    assert counted == {
        "crawler": ("Known crawler", 1, 1),
        "headers": ("Lacks what browsers send", 2, 1),
        "many_identities": ("Many users on one device", 1, 1),
    }
    assert browser_client.get("/api/tracking/traffic", {**PERIOD, "source_id": source.id + 1}).json()["events"] == 0


def test_samples_say_who_and_why(browser_client, source, drain):
    drain()
    answer = browser_client.get("/api/tracking/traffic/samples", {**PERIOD, "reason": "crawler"})
    assert answer.status_code == 200, answer.content
    [sample] = answer.json()["items"]
    assert (sample["visitor"], sample["device"], sample["address"]) == ("2", "Chrome · Windows", "203.0.113.7")
    assert (sample["source"], sample["score"], sample["events"], sample["pages"]) == ("Site", 100, 1, ["Prices"])
    assert [one["reason"] for one in sample["reasons"]] == ["crawler"]
    assert browser_client.get("/api/tracking/traffic/samples", {**PERIOD, "reason": "headless"}).json()["items"] == []


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "2020-03-02", "to": "2026-03-01"}, "from"),
        ({"from": "soon", "to": "2026-03-01"}, "from"),
    ],
)
def test_a_wrong_period_is_refused_by_its_field(browser_client, period, field):
    answer = browser_client.get("/api/tracking/traffic", period)
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["error"]["fields"]


def test_marks_are_made_listed_and_taken_back(browser_client, administrator):
    made = browser_client.post(
        "/api/tracking/traffic/marks",
        {"visitor": "9007199254740993", "title": "Chrome · Windows", "note": "The kiosk"},
        content_type="application/json",
    )
    assert made.status_code == 201, made.content
    [mark] = browser_client.get("/api/tracking/traffic/marks").json()["items"]
    assert mark == made.json()
    assert (mark["title"], mark["is_device"], mark["note"], mark["made_by"], mark["applied"]) == (
        "Chrome · Windows", True, "The kiosk", administrator.name, False,
    )  # fmt: skip
    assert browser_client.delete(f"/api/tracking/traffic/marks/{mark['id']}").status_code == 204
    assert browser_client.get("/api/tracking/traffic/marks").json()["items"] == []
    assert browser_client.delete(f"/api/tracking/traffic/marks/{mark['id']}").status_code == 404


@pytest.mark.parametrize(
    "said", [{}, {"address": "the office"}, {"visitor": str(2**63)}, {"visitor": "-1"}, {"address": "x" * 60}]
)
def test_a_mark_of_nothing_is_refused(browser_client, said):
    answer = browser_client.post("/api/tracking/traffic/marks", said, content_type="application/json")
    assert answer.status_code == 422, answer.content
    assert answer.json()["error"]["fields"]
