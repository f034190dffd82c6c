"""Each event becomes the fact that the catalogue knows, with every field of it."""

from __future__ import annotations

import pytest

from cove.kernel.log.fact import catalogue

from .reading import logged, logged_within
from .sources import ENGLISH, SITE, event, put_source

RESERVED = [
    ("$click", {"text": "立即购买", "element": "button#buy", "href": "/buy"}, "tracking.element_clicked"),
    ("$form_submit", {"form": "contact"}, "tracking.form_submitted"),
    ("$download", {"text": "报价单", "href": "/price.pdf"}, "tracking.file_downloaded"),
    ("$outbound", {"text": "地图", "href": "https://map.test/"}, "tracking.outbound_followed"),
    ("$leave", {"seconds": 42, "depth": 80}, "tracking.page_left"),
]


@pytest.fixture(autouse=True)
def source(tenant, posts):
    put_source(posts, tenant)


@pytest.mark.parametrize(("name", "properties", "kind"), RESERVED)
async def test_a_reserved_event_is_a_fact_of_its_own(edge, tenant, name, properties, kind):
    body = event(event=name, properties=properties | {"own": "kept"}, url=SITE, session_id="s1", account="acme")
    assert (await edge.post("/collect/track", json=body)).status_code == 200
    [(found, payload)] = await logged_within(tenant.id, 1)
    assert found == kind
    assert {key: payload[key] for key in properties} == properties
    assert payload["properties"] == {"own": "kept"}
    assert (payload["session_id"], payload["account"]) == ("s1", "acme")


@pytest.mark.parametrize(
    ("name", "properties", "fields"),
    [
        ("$click", {}, {"properties.text"}),
        ("$click", {"text": 5, "href": "x" * 2001}, {"properties.text", "properties.href"}),
        ("$leave", {"seconds": -1, "depth": 101}, {"properties.seconds", "properties.depth"}),
        ("$leave", {"seconds": "5"}, {"properties.seconds", "properties.depth"}),
        ("$download", {"text": "a"}, {"properties.href"}),
        ("$page", {}, {"event"}),
        ("$", {}, {"event"}),
    ],
)
async def test_what_is_wrong_with_a_reserved_event_is_named(edge, tenant, name, properties, fields):
    answer = await edge.post("/collect/track", json=event(event=name, properties=properties), headers=ENGLISH)
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == fields
    assert logged(tenant.id) == []


async def test_every_fact_of_the_collector_is_whole(edge, tenant):
    """Rows are built without the catalogue's models, for speed; each must be what the model would have written."""
    sent = [("track", {"event": name, "properties": properties}) for name, properties, _ in RESERVED]
    sent += [
        ("track", {"event": "buy", "properties": {"price": 9.5}}),
        ("page", {"url": f"{SITE}/a?gclid=x", "referrer": "https://www.baidu.com/s?wd=a"}),
        ("identify", {"user_id": "u"}),
        ("alias", {"user_id": "u", "previous_id": "v"}),
        ("group", {"group_id": "g"}),
    ]
    for number, (door, given) in enumerate(sent):
        answer = await edge.post(f"/collect/{door}", json=event(message_id=f"m{number}", **given))
        assert answer.status_code == 200, answer.text
    found = await logged_within(tenant.id, len(sent))
    assert len({kind for kind, _ in found}) == len(sent)
    for kind, payload in found:
        assert catalogue[kind].model_validate(payload).model_dump(mode="json") == payload


async def test_a_page_tells_its_click_ids_and_its_channel(edge, tenant):
    body = event(url=f"{SITE}/p/1?a=b&gclid=G1&bd_vid=V1&gclid=G2#utm_source=no", user_agent="x")
    await edge.post("/collect/page", json=body)
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert payload["click_ids"] == {"gclid": "G1", "bd_vid": "V1"}
    assert payload["channel"] == "paid_search"
    assert payload["utm_source"] == ""
    assert payload["title"] == "/p/1"


async def test_an_address_full_of_parameters_is_no_campaign(edge, tenant):
    query = "&".join("p=1" for _ in range(300))
    assert (await edge.post("/collect/page", json=event(url=f"{SITE}/?{query}"))).status_code == 200
    assert (await edge.post("/collect/page", json=event(url="http://[::1/x", message_id="m2"))).status_code == 200
    [(_, payload), _] = await logged_within(tenant.id, 2)
    assert payload["click_ids"] == {}


@pytest.mark.parametrize("url", ["/a", "ftp://x.test/", "http://", "https:///a", "javascript:alert(1)", "http://?x"])
async def test_a_web_page_has_a_whole_address(edge, tenant, url):
    answer = await edge.post("/collect/page", json=event(url=url))
    assert set(answer.json()["error"]["fields"]) == {"url"}


async def test_a_mini_program_has_pages_by_path(edge, tenant, posts):
    put_source(posts, tenant, kind="miniprogram")
    assert (await edge.post("/collect/page", json=event(url="pages/goods/index?id=5"))).status_code == 200
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert (payload["source"], payload["title"]) == ("miniprogram", "pages/goods/index")


async def test_what_is_known_of_the_device_stands_under_names_that_are_ours(edge, tenant):
    context = {"library": "web/1", "locale": "zh-CN", "timezone": "Asia/Shanghai", "consent": "granted", "plan": "3"}
    await edge.post("/collect/track", json=event(event="e", properties={"a": 1}, context=context))
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert payload["properties"] == {"a": 1, **{f"${name}": value for name, value in context.items()}}


async def test_a_driven_browser_is_suspicious_and_nothing_is_dropped(edge, tenant):
    agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0.0.0"}
    await edge.post("/collect/track", json=event(event="e", context={"automation": True}), headers=agent)
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert payload["suspicion"] > 50
    assert len(payload["suspicion_reasons"]) >= 2
