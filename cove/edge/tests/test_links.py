"""Links at the edge: they lead where they should and nowhere else, and every click is in the log."""

from __future__ import annotations

import time

import pytest
from django.conf import settings

from cove.edge import mirror, spool
from cove.engine.content.links.contracts import PostedLink, token_for

from .conftest import post
from .reading import logged, logged_within

TARGET = "https://www.cove.example/catalogue?page=1&utm_source=wecom#top"
BROWSER = {"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0", "accept-language": "zh-CN"}


def posted(**change) -> dict:
    given = {"link_id": 5, "name": "秋季目录", "company": "云岫家居", "location": TARGET, "off": False, "expires": None}
    return PostedLink(**{**given, "utm": {"utm_source": "wecom"}, **change}).document()


@pytest.fixture
def link(posts, tenant):
    posts["link", "abcd2345"] = post("link", "abcd2345", tenant.id, posted())


async def test_a_click_leads_to_the_target_and_is_in_the_log(edge, link, tenant):
    answer = await edge.get("/l/abcd2345", headers={**BROWSER, "referer": "https://r.test/"})
    assert (answer.status_code, answer.headers["location"]) == (302, TARGET)
    assert "cove_visitor=" in answer.headers["set-cookie"]
    await edge.get("/l/abcd2345", headers=BROWSER)
    first, second = [payload for _, payload in await logged_within(tenant.id, 2)]
    assert first["visitor_id"] == second["visitor_id"], "the browser is known again by its cookie"
    assert first["click"] != second["click"]
    assert (first["link_id"], first["link_name"], first["url"]) == (5, "秋季目录", TARGET)
    assert (first["referrer"], first["utm_source"], first["contact_id"]) == ("https://r.test/", "wecom", None)
    assert first["suspicion"] == 0


async def test_a_personal_link_knows_whom_it_was_sent_to(edge, link, tenant):
    token = token_for(4711, slug="abcd2345", secret=settings.SECRET_KEY)
    answer = await edge.get(f"/l/abcd2345/{token}", headers=BROWSER)
    assert answer.headers["location"] == TARGET
    ((_, payload),) = await logged_within(tenant.id, 1)
    assert payload["contact_id"] == 4711


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAA", "x", "%2e%2e", "A" * 5000, "é"])
async def test_a_forged_token_is_nobodys_and_still_leads_there(edge, link, tenant, token):
    answer = await edge.get(f"/l/abcd2345/{token}", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (302, TARGET)
    ((_, payload),) = await logged_within(tenant.id, 1)
    assert payload["contact_id"] is None


@pytest.mark.parametrize("path", ["/l/abcd2345/a/b", "/l/abcd2345//evil.test", "/l//evil.test", "/l/", "/l/never"])
async def test_no_path_leads_anywhere_else(edge, link, path):
    answer = await edge.get(path)
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("query", ["url=https://evil.test", "next=//evil.test", "cv=https://evil.test", "%0d%0aX: y"])
async def test_nothing_in_query_or_headers_leads_anywhere_else(edge, link, query):
    hostile = {"host": "evil.test", "x-forwarded-host": "evil.test", "referer": "https://evil.test"}
    answer = await edge.get(f"/l/abcd2345?{query}", headers=hostile)
    assert answer.headers["location"] == TARGET


@pytest.mark.parametrize(
    ("change", "language", "word"),
    [
        ({"off": True}, "zh-CN", "链接已失效"),
        ({"expires": time.time() - 1}, "en", "no longer in use"),
    ],
)
async def test_a_closed_link_has_a_friendly_page(edge, posts, tenant, change, language, word):
    posts["link", "closed"] = post("link", "closed", tenant.id, posted(**change))
    answer = await edge.get("/l/closed", headers={"accept-language": language})
    assert answer.status_code == 404
    assert word in answer.text
    assert "云岫家居" in answer.text
    assert "<script" not in answer.text
    assert logged(tenant.id) == []


async def test_whoever_only_asks_has_not_clicked(edge, link, tenant):
    assert (await edge.head("/l/abcd2345")).headers["location"] == TARGET
    ahead = await edge.get("/l/abcd2345", headers={"sec-purpose": "prefetch;prerender"})
    assert ahead.headers["location"] == TARGET
    assert (await edge.post("/l/abcd2345")).status_code == 405
    await edge.get("/l/abcd2345", headers=BROWSER)
    assert len(await logged_within(tenant.id, 1)) == 1


async def test_a_machine_is_told_as_one(edge, link, tenant):
    await edge.get("/l/abcd2345", headers={"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    ((_, payload),) = await logged_within(tenant.id, 1)
    assert payload["suspicion"] >= 50
    assert payload["suspicion_reasons"]


async def test_odd_letters_of_the_browser_are_kept_as_text(edge, link, tenant):
    await edge.get("/l/abcd2345", headers={"user-agent": 'a"b\\c%(at)s', "accept-language": "en"})
    ((_, payload),) = await logged_within(tenant.id, 1)
    assert payload["user_agent"] == 'a"b\\c%(at)s'


async def test_a_disk_that_takes_nothing_is_told(edge, link, monkeypatch):
    def away(_frame):
        raise spool.SpoolUnavailableError("full")

    monkeypatch.setattr(spool, "submit_frame", away)
    answer = await edge.get("/l/abcd2345", headers=BROWSER)
    assert answer.status_code == 503
    assert "location" not in answer.headers


async def test_links_are_followed_while_the_database_is_away(edge, link, monkeypatch):
    monkeypatch.setattr(mirror.running[0], "database_away", True)
    assert (await edge.get("/l/abcd2345", headers=BROWSER)).status_code == 302
    assert (await edge.get("/l/toonew11", headers=BROWSER)).status_code == 503
