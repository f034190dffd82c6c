from __future__ import annotations

from cove.engine.channels.ads.commands.leads import take_leads
from cove.engine.channels.ads.contracts.leads import Lead
from cove.engine.channels.wecom.tests.driving import deliver_all
from cove.kernel import clock

LIST_QUERIES, LEADS_QUERIES = 4, 5


def put(client, path, body):
    return client.put(path, body, content_type="application/json")


def test_an_account_is_added_mapped_and_its_leads_are_shown(actor, browser_client, ocean):
    said = {"platform": "ocean", "name": "飞鱼", "outer_id": ocean.outer_id, "base_url": ocean.url}
    refused = browser_client.post("/api/channels/ads", said, content_type="application/json")
    assert set(refused.json()["error"]["fields"]) == {"token", "secret"}
    said |= {"token": ocean.token, "secret": ocean.secret}
    ocean.lead(公司="云岫家居")
    added = browser_client.post("/api/channels/ads", said, content_type="application/json")
    assert added.status_code == 201, added.content
    assert ocean.token not in added.content.decode()
    path = f"/api/channels/ads/{added.json()['id']}"
    deliver_all(actor)
    mapping = {"name": "name", "phone": "telphone", "company_name": "remark_dict.公司"}
    seen = browser_client.post(f"{path}/preview", {"mapping": mapping}, content_type="application/json").json()
    assert seen["contact"]["company_name"] == "云岫家居"
    assert {"telphone", "remark_dict.公司"} <= {one["path"] for one in seen["fields"]}
    changed = put(browser_client, f"{path}/mapping", {"mapping": mapping, "codes": {"paid": "285"}})
    assert changed.json()["mapping"] == mapping
    (lead,) = browser_client.get("/api/ads/leads").json()["items"]
    assert (lead["campaign"], lead["usable"], lead["contact"]["name"]) == ("秋季获客", True, "林晓雨")
    report = f"/api/ads/leads/{lead['id']}/report"
    for ordered in (True, False):
        answer = browser_client.post(report, {"event": "paid"}, content_type="application/json")
        assert answer.json() == {"ordered": ordered}
    deliver_all(actor)
    assert browser_client.get("/api/ads/leads").json()["items"][0]["reported"] == ["paid"]
    assert put(browser_client, f"{path}/off", {"off": True}).json()["off"] is True
    kept = put(browser_client, path, {"name": "飞鱼二", "outer_id": ocean.outer_id, "base_url": ocean.url})
    assert (kept.json()["name"], kept.json()["token_set"]) == ("飞鱼二", True)
    assert browser_client.post("/api/channels/ads/999999999/pull").status_code == 404


def test_the_lists_cost_the_same_however_long(actor, browser_client, ocean, django_assert_num_queries):
    account = ocean.connect(actor)
    for count in (1, 7):
        leads = [Lead(f"{count}-{one}", clock.now(), {"telphone": f"1390002{count}{one:03d}"}) for one in range(count)]
        take_leads(actor, account_id=account.id, leads=leads)
        with django_assert_num_queries(LIST_QUERIES):
            assert browser_client.get("/api/channels/ads").status_code == 200
        with django_assert_num_queries(LEADS_QUERIES):
            assert browser_client.get("/api/ads/leads").status_code == 200
