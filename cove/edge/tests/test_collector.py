from __future__ import annotations

import uuid

import pytest

from cove.edge import mirror, spool
from cove.edge.collector import wire
from cove.engine.tracking.contracts import PostedSource
from cove.kernel.ids import visitor_id

from .conftest import post
from .reading import logged, logged_within

SITE = "https://www.shop.test"
PAGE = {
    "write_key": "wk_1",
    "message_id": "m1",
    "anonymous_id": "6f1c3f1e-4d53-4d0b-9a6e-1f0e5ad0c111",
    "url": f"{SITE}/a?utm_source=baidu&utm_medium=cpc",
    "title": "首页",
}
CHINESE = {"accept-language": "zh-CN"}


@pytest.fixture
def source(tenant, posts):
    document = PostedSource(3, frozenset({SITE})).document()
    posts["write_key", "wk_1"] = post("write_key", "wk_1", tenant.id, document)


async def test_a_page_view_is_in_the_log_with_its_campaign(edge, source, tenant):
    answer = await edge.post("/collect/page", json=PAGE, headers={"origin": SITE})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == SITE
    [(kind, payload)] = await logged_within(tenant.id, 1)
    assert kind == "tracking.page_viewed"
    assert payload["visitor_id"] == visitor_id(tenant.id, PAGE["anonymous_id"])
    assert (payload["utm_source"], payload["utm_medium"]) == ("baidu", "cpc")
    assert payload["source_id"] == 3
    assert payload["address"] == "203.0.113.7"


async def test_campaign_fields_that_are_given_win(edge, source, tenant):
    await edge.post("/collect/page", json={**PAGE, "utm_source": "given"})
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert (payload["utm_source"], payload["utm_medium"]) == ("given", "")


async def test_the_same_message_twice_is_one_fact(edge, source, tenant):
    for _ in range(3):
        assert (await edge.post("/collect/page", json=PAGE)).status_code == 200
    await edge.post("/collect/page", json={**PAGE, "message_id": "m2"})
    facts = await logged_within(tenant.id, 2)
    assert [payload["message_id"] for _, payload in facts] == ["m1", "m2"]


async def test_a_beacon_as_plain_text_is_taken(edge, source, tenant):
    import json

    event = {**PAGE, "event": "add_to_cart", "properties": {"sku": "A-1", "price": 9.5}}
    answer = await edge.post("/collect/track", content=json.dumps(event), headers={"content-type": "text/plain"})
    assert answer.status_code == 200
    [(kind, payload)] = await logged_within(tenant.id, 1)
    assert kind == "tracking.event_tracked"
    assert payload["properties"] == {"sku": "A-1", "price": 9.5}


async def test_an_id_in_capitals_is_the_same_visitor(edge, source, tenant):
    await edge.post("/collect/page", json={**PAGE, "anonymous_id": PAGE["anonymous_id"].upper()})
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert payload["visitor_id"] == visitor_id(tenant.id, PAGE["anonymous_id"])


@pytest.mark.parametrize(
    ("change", "field", "remedy"),
    [
        ({"url": "/a"}, "url", "https://"),
        ({"url": None}, "url", "字符串"),
        ({"anonymous_id": "short"}, "anonymous_id", "至少 8"),
        ({"title": "字" * 501}, "title", "最多 500"),
        ({"properties": "no"}, "properties", "JSON 对象"),
        ({"timestamp": "yesterday"}, "timestamp", "ISO 8601"),
        ({"timestamp": "2026-01-01T00:00:00"}, "timestamp", "时区"),
        ({"message_id": ""}, "message_id", "至少 1"),
    ],
)
async def test_a_bad_field_is_named_with_its_remedy(edge, source, tenant, change, field, remedy):
    answer = await edge.post("/collect/page", json={**PAGE, **change}, headers=CHINESE)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "collector.bad_event"
    assert remedy in error["fields"][field]
    assert logged(tenant.id) == []


async def test_what_is_missing_or_no_json_is_told(edge, source):
    missing = await edge.post("/collect/page", json={"write_key": "wk_1"}, headers={"accept-language": "en"})
    assert set(missing.json()["error"]["fields"]) == {"anonymous_id", "url"}
    for body in (b"", b"{", b"[]", b"\xff\xfe", b'"text"', b"[" * 20_000, b'{"write_key": none}'):
        answer = await edge.post("/collect/page", content=body, headers=CHINESE)
        assert answer.status_code == 400
        assert "JSON 对象" in answer.json()["error"]["fields"]["body"]


async def test_a_key_that_may_be_too_new_for_the_mirror_is_to_be_sent_again(edge, source, tenant, monkeypatch):
    monkeypatch.setattr(mirror.running[0], "database_away", True)
    unknown = await edge.post("/collect/page", json={**PAGE, "write_key": "wk_2"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (503, "collector.not_taken")
    assert (await edge.post("/collect/page", json=PAGE)).status_code == 200, "what is known is taken"


async def test_key_and_origin_are_judged(edge, source, tenant):
    unknown = await edge.post("/collect/page", json={**PAGE, "write_key": "wk_2"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (401, "collector.unknown_key")
    foreign = await edge.post("/collect/page", json=PAGE, headers={"origin": "https://evil.test"})
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (403, "collector.origin_refused")
    assert logged(tenant.id) == []


async def test_the_preflight_of_a_browser(edge):
    answer = await edge.options("/collect/page", headers={"origin": SITE, "access-control-request-method": "POST"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in answer.headers
    # A key in the header, of whichever kind, gets to where it is judged: else its sender reads no remedy.
    assert "authorization" in answer.headers["access-control-allow-headers"]


async def test_size_and_method_and_path(edge, source):
    large = await edge.post("/collect/page", json={**PAGE, "properties": {"a": "x" * wire.LARGEST_EVENT}})
    assert large.status_code == 413

    async def drip():
        for _ in range(100):
            yield b"x" * 1000

    assert (await edge.post("/collect/page", content=drip())).status_code == 413
    assert (await edge.get("/collect/page")).status_code == 405
    assert (await edge.post("/collect/elsewhere", json=PAGE)).status_code == 404


async def test_a_full_disk_asks_to_send_again(edge, source, monkeypatch):
    def full(_frame):
        raise spool.SpoolUnavailableError

    monkeypatch.setattr(spool, "submit_frame", full)
    answer = await edge.post("/collect/page", json=PAGE)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "message_id" in answer.json()["error"]["message"]


async def test_no_message_id_gets_one(edge, source, tenant):
    answer = await edge.post("/collect/page", json={key: value for key, value in PAGE.items() if key != "message_id"})
    assert uuid.UUID(answer.json()["message_id"])
    await logged_within(tenant.id, 1)
