from __future__ import annotations

import re
import time
import uuid
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from cove.business.live_codes.contracts import PostedCode, PostedMember, Visit
from cove.edge import mirror, spool
from cove.edge.hot import hot_routes
from cove.edge.redirects import code_of
from cove.facts.live_codes import CodeScanned
from cove.kernel.ids import visitor_id

from .conftest import browser, post
from .reading import logged, logged_within

UTM = {"utm_source": "expo", "utm_medium": "", "utm_campaign": "autumn", "utm_content": "", "utm_term": ""}
WECHAT = {"user-agent": "MicroMessenger/8.0.50", "referer": "https://site.test/a"}


def posted(**changes):
    members = (PostedMember(11, "小王", 3, "https://wework.qpic.cn/a"), PostedMember(12, "小李", 1, ""))
    values = {"code_id": 5, "name": "展会", "company": "云岫家居", "deleted": False, "members": members, "utm": UTM}
    return PostedCode(**{**values, **changes})


@pytest.fixture
def code(tenant, posts):
    posts["live_code", "abc"] = post("live_code", "abc", tenant.id, posted().document())
    return posted()


async def test_a_scan_is_noted_and_leads_to_our_own_page(edge, code, tenant):
    answer = await edge.get("/c/abc", headers=WECHAT)
    assert answer.status_code == 302
    where = urlsplit(answer.headers["location"])
    assert (where.scheme, where.netloc, where.path) == ("", "", "/c/abc/add")
    visit = Visit.read(parse_qs(where.query)["v"][0], settings.SECRET_KEY)
    assert visit.tenant_id == tenant.id
    [(kind, payload)] = await logged_within(tenant.id, 1)
    assert kind == "live_codes.code_scanned"
    assert payload["visit"] == visit.name
    assert payload["visitor_id"] == visit.visitor_id
    assert payload["member_id"] == visit.member_id
    assert payload["utm_source"] == "expo"
    assert payload["user_agent"] == "MicroMessenger/8.0.50"
    assert payload["address"] == "203.0.113.7"
    assert payload["referrer"] == "https://site.test/a"


async def test_names_and_headers_with_any_character_arrive_as_they_are(edge, posts, tenant):
    name = 'A "100%" \\u0000 %(at)s code'
    posts["live_code", "odd"] = post("live_code", "odd", tenant.id, posted(name=name).document())
    agent = 'q"u\\o%te%(visit)s'
    await edge.get("/c/odd", headers={"user-agent": agent})
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert (payload["code_name"], payload["user_agent"]) == (name, agent)
    assert CodeScanned.model_validate(payload).utm_campaign == "autumn"


async def test_the_same_browser_is_the_same_visitor(edge, code, tenant):
    first = await edge.get("/c/abc")
    cookie = first.headers["set-cookie"]
    assert re.search(r"Max-Age=63072000; Path=/; HttpOnly; SameSite=Lax", cookie)
    second = await edge.get("/c/abc")
    assert "set-cookie" not in second.headers
    facts = await logged_within(tenant.id, 2)
    assert facts[0][1]["visitor_id"] == facts[1][1]["visitor_id"]
    assert facts[0][1]["visit"] != facts[1][1]["visit"]


async def test_the_trackers_id_in_the_link_is_the_visitor(edge, code, tenant):
    known = str(uuid.uuid4())
    await edge.get("/c/abc", params={"cv": known.upper()})
    await edge.get("/c/abc", params={"cv": "../../evil"})
    facts = await logged_within(tenant.id, 2)
    assert facts[0][1]["visitor_id"] == visitor_id(tenant.id, known)
    assert facts[1][1]["visitor_id"] == visitor_id(tenant.id, known), "kept in the cookie of the first answer"


@pytest.mark.parametrize(
    "path",
    [
        "/c//evil.test",
        "/c/\\evil.test",
        "/c/%2F%2Fevil.test",
        "/c/%5C%5Cevil.test",
        "/c/https://evil.test",
        "/c/abc%2F..%2F%2Fevil.test",
        "/c/abc/%0d%0aLocation:%20https://evil.test",
        "/c/abc//evil.test",
        "/c/abc/add//evil.test",
    ],
)
async def test_no_path_leads_anywhere_else(edge, code, path):
    answer = await edge.get(path)
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "query", ["url=https://evil.test", "next=//evil.test", "v=//evil.test", "cv=https://evil.test"]
)
async def test_nothing_in_query_or_headers_leads_anywhere_else(edge, code, query):
    hostile = {"host": "evil.test", "x-forwarded-host": "evil.test", "referer": "https://evil.test"}
    for path in ("/c/abc", "/c/abc/add"):
        answer = await edge.get(f"{path}?{query}", headers=hostile)
        assert answer.status_code == 302
        assert re.fullmatch(r"/c/abc(/add\?v=[\w-]+)?", answer.headers["location"])


async def test_a_code_that_may_be_too_new_for_the_mirror_is_not_called_gone(edge, monkeypatch):
    monkeypatch.setattr(mirror.running[0], "database_away", True)
    answer = await edge.get("/c/never", headers={"accept-language": "en"})
    assert answer.status_code == 503
    assert "no longer in use" not in answer.text


@pytest.mark.parametrize(("language", "word"), [("zh-CN,zh;q=0.9", "二维码已失效"), ("en", "no longer in use")])
async def test_a_deleted_code_has_a_friendly_page(edge, posts, tenant, language, word):
    posts["live_code", "gone"] = post("live_code", "gone", tenant.id, posted(deleted=True).document())
    answer = await edge.get("/c/gone", headers={"accept-language": language})
    assert answer.status_code == 404
    assert word in answer.text
    assert "云岫家居" in answer.text
    assert len(answer.content) < 50_000
    assert "<script" not in answer.text
    unknown = await edge.get("/c/never", headers={"accept-language": language})
    assert unknown.status_code == 404
    assert "云岫家居" not in unknown.text


async def test_asking_whether_the_link_is_alive_is_no_scan(edge, code, tenant):
    assert (await edge.head("/c/abc")).status_code == 200
    assert (await edge.post("/c/abc")).status_code == 405
    assert (await edge.request("OPTIONS", "/c/abc")).status_code == 405
    await edge.get("/c/abc")
    await logged_within(tenant.id, 1)


async def test_a_full_disk_is_said_and_nothing_is_promised(edge, code, tenant, monkeypatch):
    def full(_frame):
        raise spool.SpoolUnavailableError

    monkeypatch.setattr(spool, "submit_frame", full)
    answer = await edge.get("/c/abc", headers={"accept-language": "en"})
    assert answer.status_code == 503
    assert "try again" in answer.text
    assert logged(tenant.id) == []


async def test_members_are_shown_as_often_as_their_weights_say(edge, code):
    ready = code_of("abc")
    steps = [number / 1000 for number in range(1000)]
    shown = Counter(ready.choose(lambda number=number: number).name for number in steps)
    assert shown == {"小王": 750, "小李": 250}
    drawn = Counter(ready.choose().name for _ in range(20_000))
    # Four standard deviations of a binomial with p = 0.75 and n = 20,000 are 245.
    assert abs(drawn["小王"] - 15_000) < 245
    assert ready.choose(lambda: 0.9999999999999999).name == "小李"


async def test_while_the_database_is_away_the_edge_shows_the_page_itself(edge, code, tenant, monkeypatch):
    monkeypatch.setattr(mirror, "database_away", lambda: True)
    for _ in range(20):
        answer = await edge.get("/c/abc", headers={"accept-language": "zh-CN"})
        page = await edge.get(answer.headers["location"], headers={"accept-language": "zh-CN"})
        assert page.status_code == 200
        if "小王" in page.text:
            assert 'src="https://wework.qpic.cn/a"' in page.text
            break
    else:
        pytest.fail("three in four visits are 小王's")


async def test_trouble_behind_is_covered_and_its_answer_passed_on_otherwise(edge, code, monkeypatch):
    async def behind(scope, receive, send):
        status = 500 if b"broken" in scope["query_string"] else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"from behind"})

    monkeypatch.setattr(mirror, "database_away", lambda: False)
    async with browser(hot_routes(behind)) as client:
        where = (await client.get("/c/abc")).headers["location"]
        assert (await client.get(where)).text == "from behind"
        assert "云岫家居" in (await client.get(where + "&broken=1")).text


async def test_the_page_view_is_noted_once_a_visit(edge, code, tenant):
    where = (await edge.get("/c/abc")).headers["location"]
    await edge.get(where)
    await edge.get(where)
    facts = await logged_within(tenant.id, 2)
    assert [kind for kind, _ in facts] == ["live_codes.code_scanned", "tracking.page_viewed"]
    assert facts[1][1]["utm_campaign"] == "autumn"
    assert "v=" not in facts[1][1]["url"]


async def test_a_forged_or_strange_visit_begins_again(edge, code, posts, tenant):
    where = (await edge.get("/c/abc")).headers["location"]
    forged = where[:-3] + ("AAA" if not where.endswith("AAA") else "BBB")
    posts["live_code", "xyz"] = post("live_code", "xyz", tenant.id, posted(code_id=6).document())
    for path in (forged, "/c/abc/add?v=", "/c/abc/add?v=%00", where.replace("/abc/", "/xyz/")):
        answer = await edge.get(path)
        assert answer.status_code == 302
        assert answer.headers["location"] in ("/c/abc", "/c/xyz")


async def test_a_forwarded_page_is_a_visit_of_whoever_got_it(edge, code, tenant, monkeypatch):
    where = (await edge.get("/c/abc")).headers["location"]
    async with browser() as stranger:
        assert (await stranger.get(where)).status_code == 200, "just begun: his browser may keep no cookies"
        later = time.time() + 300
        monkeypatch.setattr("time.time", lambda: later)
        assert (await edge.get(where)).status_code == 200
        answer = await stranger.get(where)
        assert (answer.status_code, answer.headers["location"]) == (302, "/c/abc")
        again = (await stranger.get("/c/abc")).headers["location"]
        assert (await stranger.get(again)).status_code == 200
