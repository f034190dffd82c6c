"""The console's doors to the analyses."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.cockpit.insight.queries.overview import overview
from cove.directory.org.commands.tenants import create_administrator
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.facts.live_codes import CodeScanned
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.log.consume import drain
from cove.kernel.log.publish import append_facts, pending

QUESTION = {
    "steps": [{"kind": "live_codes.code_scanned"}, {"kind": "wecom.friend_added"}],
    "window_hours": 24,
    "from": "2026-03-01",
    "to": "2026-03-07",
}


def scan(visitor, at):
    append_facts([pending(CodeScanned(visitor_id=visitor, code_id=1, code_name="展会", visit="v"), at=at, chain=())])


def test_days_are_the_tenants_days(browser_client, actor):
    # 2026-03-01 00:30 in Shanghai, and 2026-03-08 00:30, which is no longer the seventh.
    scan(1, datetime(2026, 2, 28, 16, 30, tzinfo=UTC))
    scan(2, datetime(2026, 3, 7, 16, 30, tzinfo=UTC))
    drain()
    answer = browser_client.post("/api/insight/funnel", QUESTION, content_type="application/json")
    assert answer.status_code == 200, answer.content
    steps = answer.json()["steps"]
    assert [(one["label"], one["people"]) for one in steps] == [("Code scanned", 1), ("Friend added", 0)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [{"kind": "wecom.friend_added"}] * 11}, "steps"),
        ({"steps": [{"kind": "wecom.friend_added"}, {"kind": "no.such"}]}, "steps.1.kind"),
        ({"window_hours": 0}, "window_hours"),
        ({"window_hours": 9000}, "window_hours"),
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-02-01"}, "to"),
        ({"to": "9999-12-31"}, "to"),
        ({"from": "2000-01-01"}, "from"),
    ],
)
def test_bad_input_is_refused_with_the_field(browser_client, change, field):
    answer = browser_client.post("/api/insight/funnel", {**QUESTION, **change}, content_type="application/json")
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["error"]["fields"]


def test_without_the_right_nothing_is_told(actor):
    with pytest.raises(Forbidden):
        overview(Actor(actor.tenant_id, "member", member_id=1))


def test_the_overview_counts_contacts_and_scans(browser_client, actor):
    now = clock.now()
    long_ago = now - timedelta(days=40)
    member = create_administrator(actor, name="小王", email="wang@cove.test", password="quiet-river-77")
    ids = [
        people.admit_contact(actor, identity=Identity("wecom_external", f"wm{number}"), source="wecom", at=at)[0].id
        for number, at in enumerate([now, long_ago, long_ago])
    ]
    for contact_id in ids:
        people.begin_ownership(actor, contact_id=contact_id, member_id=member.id, since=long_ago)
    people.end_ownership(actor, contact_id=ids[1], member_id=member.id, until=now)
    scan(1, now)
    scan(1, now)
    scan(2, now - timedelta(days=8))
    drain()

    found = browser_client.get("/api/insight/overview").json()

    assert (found["contacts"], found["new_today"], found["lost_today"], found["scans"]) == (3, 1, 1, 2)
    assert len(found["days"]) == 7
    assert found["days"][-1]["scans"] == 2
