"""The console's routes for links, through the front door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.engine.content.links.commands.clicks import note_recipient
from cove.engine.content.links.contracts import recipient_of
from cove.kernel import clock

from .conftest import AT

JSON = {"content_type": "application/json"}
DRAFT = {
    "name": "秋季目录",
    "target": "https://www.cove.example/a?b=1",
    "utm": {"source": "wecom", "medium": "chat", "campaign": "autumn"},
}


@pytest.fixture
def made(browser_client):
    answer = browser_client.post("/api/links", DRAFT, **JSON)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_what_is_made_is_read_back(browser_client, made, administrator):
    assert browser_client.get(f"/api/links/{made['id']}").json() == made
    assert made["short_url"] == f"{settings.PUBLIC_URL}/l/{made['slug']}"
    assert made["location"] == ("https://www.cove.example/a?b=1&utm_source=wecom&utm_medium=chat&utm_campaign=autumn")
    assert made["created_by"] == {"id": administrator.id, "name": "管理员"}
    assert made["figures"] == {"clicks": 0, "suspicious": 0, "recipients": 0}
    assert made["may"] == ["links.change", "links.delete"]


def test_list_search_change_delete_restore(browser_client, made):
    path = f"/api/links/{made['id']}"
    assert browser_client.get("/api/links?search=目录").json()["total"] == 1
    assert browser_client.get("/api/links?search=cove.example").json()["total"] == 1
    assert browser_client.get("/api/links?search=无").json()["items"] == []
    until = (clock.now() + timedelta(days=1)).isoformat()
    changed = browser_client.patch(path, {"name": "冬季目录", "expires_at": until}, **JSON).json()
    assert (changed["name"], changed["expired"], changed["target"]) == ("冬季目录", False, DRAFT["target"])
    assert changed["expires_at"]
    assert browser_client.patch(path, {"off": True}, **JSON).json()["expires_at"], "what is left out stays"
    assert browser_client.get("/api/links").json()["items"] == []
    assert browser_client.get("/api/links?state=closed").json()["total"] == 1
    assert browser_client.patch(path, {"off": False, "expires_at": None}, **JSON).json()["expires_at"] is None
    assert browser_client.delete(path).json()["deleted_at"]
    assert browser_client.get("/api/links?state=deleted").json()["items"][0]["name"] == "冬季目录"
    assert browser_client.post(f"{path}/restore").json()["deleted_at"] is None


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"name": " "}, 422, "name"),
        ({"name": "长" * 61}, 422, "name"),
        ({"target": "javascript:alert(1)"}, 422, "target"),
        ({"target": "https://a.test/" + "x" * 2000}, 422, "target"),
        ({"target": ""}, 422, "target"),
        ({"utm": {"source": "x" * 101}}, 422, "utm.source"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, 422, "expires_at"),
        ({"expires_at": "2026-01-01"}, 422, "expires_at"),
    ],
)
def test_bad_input_names_its_field(browser_client, change, status, field):
    answer = browser_client.post("/api/links", {**DRAFT, **change}, **JSON)
    assert answer.status_code == status
    assert field in answer.json()["error"]["fields"]
    assert browser_client.get("/api/links").json()["total"] == 0


def test_a_taken_name_is_a_conflict(browser_client, made):
    answer = browser_client.post("/api/links", {**DRAFT, "name": " 秋季目录 "}, **JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "links.name_taken")


def test_pictures_and_report(browser_client, made):
    path = f"/api/links/{made['id']}"
    assert browser_client.get(f"{path}/qr.png").content.startswith(b"\x89PNG")
    assert b"<svg" in browser_client.get(f"{path}/qr.svg").content
    told = browser_client.get(f"{path}/report").json()
    assert len(told["days"]) == 30
    assert {metric["key"] for metric in told["metrics"]} == {"clicks", "visitors", "recipients", "suspicious"}
    wrong = browser_client.get(f"{path}/report?from=2026-02-02&to=2026-02-01")
    assert "to" in wrong.json()["error"]["fields"]


def test_a_personal_link_and_who_followed_it(browser_client, made, actor, customer):
    chen = customer()
    url = browser_client.get(f"/api/links/{made['id']}/personal/{chen}").json()["url"]
    assert recipient_of(url.rsplit("/", 1)[1], slug=made["slug"], secret=settings.SECRET_KEY) == chen
    assert browser_client.get(f"/api/links/{made['id']}/personal/{10**9}").status_code == 404
    for visitor in (5, 6):
        note_recipient(actor, link_id=made["id"], contact_id=chen, visitor_id=visitor, at=AT)
    (row,) = browser_client.get(f"/api/links/{made['id']}/recipients").json()["items"]
    assert (row["contact"], row["clicks"], row["browsers"]) == ({"id": chen, "name": "陈静怡"}, 2, 2)


def test_the_list_asks_as_often_however_many_there_are(browser_client, made):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser_client.get("/api/links").status_code == 200
        return len(queries)

    few = asked()
    for number in range(10):
        browser_client.post("/api/links", {**DRAFT, "name": f"链接 {number}"}, **JSON)
    assert asked() == few
