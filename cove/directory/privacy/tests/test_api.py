"""The console's routes of privacy."""

from __future__ import annotations

from cove.directory.privacy.commands.erasures import ERASE_JOB
from cove.directory.privacy.tests.world import Somebody, run_jobs, settle_in

# The session, roles, a page of erasures, its count, members; contacts are asked for only while one waits.
LIST_ERASURES_QUERIES = 5


def patch(client, body):
    return client.patch("/api/privacy/settings", body, content_type="application/json")


def test_the_watermark_comes_with_the_session(browser_client):
    assert browser_client.get("/api/session").json()["tenant"]["watermark"] is False
    assert patch(browser_client, {"watermark": True, "grace_days": 0}).json()["watermark"] is True
    assert browser_client.get("/api/session").json()["tenant"]["watermark"] is True
    assert patch(browser_client, {"grace_days": 400}).status_code == 422


def test_purposes(browser_client):
    assert len(browser_client.get("/api/privacy/purposes").json()["items"]) == 4
    body = {"name": "会员活动", "text": "第一版"}
    made = browser_client.post("/api/privacy/purposes", body, content_type="application/json")
    assert made.status_code == 201
    address = f"/api/privacy/purposes/{made.json()['id']}"
    changed = browser_client.put(address, {**body, "text": "第二版"}, content_type="application/json").json()
    assert [one["version"] for one in changed["texts"]] == [2, 1]
    taken = browser_client.post("/api/privacy/purposes", body, content_type="application/json")
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "privacy.purpose_name_taken")
    assert (
        browser_client.put("/api/privacy/purposes/999999999", body, content_type="application/json").status_code == 404
    )


def test_an_erasure_from_preview_to_certificate(browser_client, actor, drain, django_assert_num_queries):
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    preview = browser_client.get(f"/api/contacts/{contact_id}/erasure-preview").json()
    assert (preview["name"], preview["grace_days"]) == (who.name, 7)
    assert {"people.contact", "timeline.facts"} <= {one["key"] for one in preview["holders"] if one["count"]}
    address = f"/api/contacts/{contact_id}/erasure"
    wrong = browser_client.post(address, {"name": "别人"}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["error"]["fields"])) == (422, ["name"])
    asked = browser_client.post(address, {"name": who.name, "why": "来信"}, content_type="application/json")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert browser_client.get(f"/api/contacts/{contact_id}/privacy").json()["erasure"]["state"] == "waiting"
    assert browser_client.delete(address).json()["state"] == "cancelled"
    assert browser_client.delete(address).status_code == 409
    patch(browser_client, {"grace_days": 0})
    browser_client.post(address, {"name": who.name}, content_type="application/json")
    drain()
    run_jobs(actor, ERASE_JOB)
    with django_assert_num_queries(LIST_ERASURES_QUERIES):
        listed = browser_client.get("/api/privacy/erasures").json()
    done, cancelled = listed["items"]
    assert (done["state"], done["contact_id"], done["contact_name"], done["why"]) == ("done", None, "", "")
    assert cancelled["state"] == "cancelled"
    assert {one["label"]: one["count"] for one in done["counts"]}["Profile"] >= 1
    assert browser_client.get(f"/api/contacts/{contact_id}/privacy").status_code == 404
