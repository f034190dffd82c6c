"""The console's routes for live codes and sources, through the front door."""

from __future__ import annotations

import pytest

JSON = {"content_type": "application/json"}


@pytest.fixture
def draft(members, tags):
    return {
        "name": "秋季展会",
        "members": [{"member_id": members[0].id, "weight": 3}, {"member_id": members[1].id, "weight": 1}],
        "tag_ids": [tag.id for tag in tags],
        "welcome_text": "您好",
        "utm": {"source": "expo", "medium": "offline", "campaign": "autumn"},
    }


@pytest.fixture
def made(browser_client, draft, asked):
    answer = browser_client.post("/api/live-codes", draft, **JSON)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_what_is_made_is_read_back(browser_client, made, members, administrator):
    read = browser_client.get(f"/api/live-codes/{made['id']}").json()
    assert read == made
    assert read["short_url"].endswith(f"/c/{read['slug']}")
    assert [(one["name"], one["weight"], one["ready"]) for one in read["members"]] == [
        ("小王", 3, False),
        ("小李", 1, False),
    ]
    assert [tag["name"] for tag in read["tags"]] == ["展会", "秋季"]
    assert read["utm"] == {"source": "expo", "medium": "offline", "campaign": "autumn", "content": "", "term": ""}
    assert read["created_by"] == {"id": administrator.id, "name": "管理员"}
    assert read["figures"] == {"scans": 0, "adds": 0, "losses": 0}


def test_list_search_change_delete_restore(browser_client, made):
    path = f"/api/live-codes/{made['id']}"
    assert browser_client.get("/api/live-codes?search=展").json()["total"] == 1
    assert browser_client.get("/api/live-codes?search=无").json()["items"] == []
    changed = browser_client.patch(path, {"name": "冬季展会", "welcome_text": ""}, **JSON).json()
    assert (changed["name"], changed["welcome_text"], len(changed["members"])) == ("冬季展会", "", 2)
    assert browser_client.delete(path).json()["deleted_at"]
    assert browser_client.get("/api/live-codes").json()["items"] == []
    assert browser_client.get("/api/live-codes?state=deleted").json()["items"][0]["name"] == "冬季展会"
    assert browser_client.post(f"{path}/restore").json()["deleted_at"] is None


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"name": " "}, 422, "name"),
        ({"name": "长" * 61}, 422, "name"),
        ({"members": []}, 422, "members"),
        ({"members": [{"member_id": 1, "weight": 0}]}, 422, "members.0.weight"),
        ({"members": [{"member_id": 1, "weight": 101}]}, 422, "members.0.weight"),
        ({"members": [{"member_id": 999_999_999}]}, 422, "members"),
        ({"members": [{"member_id": 1}, {"member_id": 1}]}, 422, "members"),
        ({"tag_ids": [999_999_999]}, 422, "tag_ids"),
        ({"welcome_text": "字" * 1334}, 422, "welcome_text"),
        ({"utm": {"source": "x" * 101}}, 422, "utm.source"),
    ],
)
def test_bad_input_names_its_field(browser_client, draft, asked, change, status, field):
    answer = browser_client.post("/api/live-codes", {**draft, **change}, **JSON)
    assert answer.status_code == status
    assert field in answer.json()["error"]["fields"]
    assert browser_client.get("/api/live-codes").json()["total"] == 0


def test_a_taken_name_is_a_conflict(browser_client, made, draft):
    answer = browser_client.post("/api/live-codes", {**draft, "name": " 秋季展会 "}, **JSON)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "live_codes.name_taken"
    assert "秋季展会" in answer.json()["error"]["fields"]["name"]


def test_pictures(browser_client, made):
    png = browser_client.get(f"/api/live-codes/{made['id']}/qr.png?size=300")
    assert png.headers["Content-Type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    svg = browser_client.get(f"/api/live-codes/{made['id']}/qr.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    assert browser_client.get(f"/api/live-codes/{made['id']}/qr.png?size=9999").status_code == 422
    assert browser_client.get("/api/live-codes/999999/qr.png").status_code == 404


def test_report_has_the_shape_that_was_agreed(browser_client, made):
    answer = browser_client.get(f"/api/live-codes/{made['id']}/report?from=2026-11-01&to=2026-11-03").json()
    nothing = {"scans": 0, "visitors": 0, "adds": 0, "losses": 0}
    assert (answer["from"], answer["to"]) == ("2026-11-01", "2026-11-03")
    assert answer["totals"] == {**nothing, "net": 0}
    assert answer["previous"] == {**nothing, "net": 0}
    assert [day["day"] for day in answer["days"]] == ["2026-11-01", "2026-11-02", "2026-11-03"]
    assert {metric["key"] for metric in answer["metrics"]} >= {"scans", "visitors", "adds", "losses", "net", "shown"}
    assert len(browser_client.get(f"/api/live-codes/{made['id']}/report").json()["days"]) == 30
    wrong = browser_client.get(f"/api/live-codes/{made['id']}/report?from=2026-11-03&to=2026-11-01")
    assert wrong.status_code == 422


def test_the_list_asks_as_often_for_ten_codes_as_for_one(browser_client, made, draft, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        browser_client.get("/api/live-codes")
    for number in range(9):
        browser_client.post("/api/live-codes", {**draft, "name": f"码 {number}"}, **JSON)
    with CaptureQueriesContext(connection) as ten:
        assert len(browser_client.get("/api/live-codes").json()["items"]) == 10
    assert len(ten) == len(one) <= 14


def test_sources(browser_client):
    made = browser_client.post(
        "/api/tracking/sources", {"name": "官网", "allowed_origins": ["https://WWW.shop.test/"]}, **JSON
    )
    assert made.status_code == 201, made.content
    source = made.json()
    assert source["allowed_origins"] == ["https://www.shop.test"]
    assert source["write_key"] in source["snippet"]
    assert source["last_seen_at"] is None
    assert browser_client.get("/api/tracking/sources").json()["items"] == [source]
    for origin in ("shop.test", "https://shop.test/path", "ftp://shop.test", "https://a@shop.test", ""):
        bad = browser_client.post("/api/tracking/sources", {"name": "x", "allowed_origins": [origin]}, **JSON)
        assert bad.status_code == 422
        assert "allowed_origins" in bad.json()["error"]["fields"]
    taken = browser_client.post("/api/tracking/sources", {"name": "官网", "allowed_origins": []}, **JSON)
    assert taken.status_code == 409
    assert browser_client.delete(f"/api/tracking/sources/{source['id']}").status_code == 204
    assert browser_client.delete(f"/api/tracking/sources/{source['id']}").status_code == 404
