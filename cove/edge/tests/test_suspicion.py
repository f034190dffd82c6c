"""How suspicious an event was stands beside it; nothing is refused for it."""

from __future__ import annotations

import pytest

from cove.engine.tracking.contracts import FINE, FineTraffic
from cove.engine.tracking.suspicion.judging import EVENTS_A_MINUTE
from cove.kernel.ids import visitor_id

from .conftest import post
from .reading import logged_within
from .sources import AS_SERVER, BROWSER, event, put_source

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
PEOPLE = {"user-agent": CHROME, "accept-language": "zh-CN"}
SPIDER = {"user-agent": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"}
CLICK = {"event": "clicked", "url": "https://www.shop.test/"}


@pytest.mark.parametrize(
    ("headers", "more", "expected"),
    [
        (PEOPLE, {}, (0, [])),
        (SPIDER, {}, (100, ["crawler"])),
        (PEOPLE, {"context": {"automation": True}}, (95, ["automation"])),
        (PEOPLE | AS_SERVER, {"context": {"automation": True}}, (0, [])),
    ],
)
async def test_the_score_and_its_reasons_are_kept(edge, posts, tenant, headers, more, expected):
    put_source(posts, tenant)
    said = event(**CLICK, **more)
    if "authorization" in headers:
        del said["write_key"]
    answer = await edge.post("/collect/track", json=said, headers=headers)
    assert answer.status_code == 200, answer.text
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert (payload["suspicion"], payload["suspicion_reasons"]) == expected


@pytest.mark.parametrize("fine", [{"addresses": frozenset({"203.0.113.7"})}, {"visitors": None}])
async def test_what_members_marked_as_normal_is_left_alone_at_once(edge, posts, tenant, fine):
    put_source(posts, tenant)
    fine = {name: value or frozenset({visitor_id(tenant.id, BROWSER)}) for name, value in fine.items()}
    posts[FINE, str(tenant.id)] = post(FINE, str(tenant.id), tenant.id, FineTraffic(**fine).document())
    await edge.post("/collect/track", json=event(**CLICK), headers=SPIDER)
    posts[FINE, str(tenant.id)] = post(FINE, str(tenant.id), tenant.id, FineTraffic().document())
    await edge.post("/collect/track", json=event(**CLICK, message_id="m2"), headers=SPIDER)
    said = [payload["suspicion"] for _, payload in await logged_within(tenant.id, 2)]
    assert said == [0, 100]


async def test_a_flood_in_one_batch_is_marked_and_its_neighbour_is_not(edge, posts, tenant):
    put_source(posts, tenant)
    said = event(**CLICK)
    key, device = said.pop("write_key"), said | {"type": "track"}
    flood = [device | {"message_id": f"flood-{number}"} for number in range(EVENTS_A_MINUTE + 1)]
    other = device | {"anonymous_id": "another-browser", "message_id": "other"}
    slow = device | {"anonymous_id": "a-third-browser", "message_id": "third", "context": {"automation": True}}
    answer = await edge.post("/collect/batch", json={"write_key": key, "batch": [*flood, other, slow]}, headers=PEOPLE)
    assert answer.json()["accepted"] == EVENTS_A_MINUTE + 3
    marks = {
        payload["message_id"]: payload["suspicion_reasons"]
        for _, payload in await logged_within(tenant.id, len(flood) + 2)
    }
    assert marks.pop("other") == []
    assert marks.pop("third") == ["automation"]
    assert {tuple(reasons) for reasons in marks.values()} == {("device_burst",)}
