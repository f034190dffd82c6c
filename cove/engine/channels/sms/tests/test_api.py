from __future__ import annotations

from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.messages import send_test
from cove.engine.channels.sms.contracts.accounts import Draft
from cove.engine.channels.sms.tests.cloud import some_phone
from cove.engine.channels.sms.tests.conftest import set_up
from cove.engine.channels.wecom.tests.driving import deliver_all

LIST_TEMPLATES_QUERIES = 4
LIST_MESSAGES_QUERIES = 7


def test_a_provider_is_set_up_tried_and_used(actor, browser_client, aliyun, contact):
    empty = browser_client.get("/api/channels/sms").json()["items"]
    assert [(one["provider"], one["configured"], one["base_url"]) for one in empty] == [
        ("aliyun", False, "https://dysmsapi.aliyuncs.com"),
        ("tencent", False, "https://sms.tencentcloudapi.com"),
    ]
    body = {"key_id": aliyun.key_id, "secret": aliyun.secret, "base_url": aliyun.url, "price": 400}
    saved = browser_client.put("/api/channels/sms/aliyun", body, content_type="application/json")
    assert saved.status_code == 200, saved.content
    assert aliyun.secret not in saved.content.decode()
    assert saved.json()["receipts_url"].endswith("/receipts")
    assert browser_client.post("/api/channels/sms/aliyun/sync").status_code == 202
    deliver_all(actor)
    templates = browser_client.get("/api/sms/templates").json()
    assert [one["name"] for one in templates["items"]] == ["bare", "marketing", "notice", "waiting"]
    (signature,) = browser_client.get("/api/sms/signatures").json()["items"]
    notice = templates["items"][2]
    assert notice["variables"] == ["name", "time"]
    said = {"sms_template_id": notice["id"], "sms_signature_id": signature["id"], "values": {"name": "林女士" * 20}}
    seen = browser_client.post("/api/sms/preview", said, content_type="application/json").json()
    assert (seen["length"], seen["parts"], seen["cost"], seen["missing"]) == (88, 2, 800, ["time"])
    refused = browser_client.post("/api/sms/test", said | {"phone": some_phone()}, content_type="application/json")
    assert refused.status_code == 422
    assert "time" in refused.json()["error"]["fields"]["values"]
    contact_id, phone = contact()
    said |= {"values": {"name": "林女士", "time": "周六"}, "contact_id": contact_id, "key": "by-hand-1"}
    assert browser_client.post("/api/sms/messages", said, content_type="application/json").status_code == 202
    deliver_all(actor)
    (shown,) = browser_client.get("/api/sms/messages").json()["items"]
    assert (shown["state"], shown["phone"]) == ("sent", f"{phone[:3]}****{phone[-4:]}")
    assert shown["contact"]["id"] == contact_id
    (account, _) = browser_client.get("/api/channels/sms").json()["items"]
    assert account["figures"] == {"messages": 1, "parts": 1, "cost": 400, "arrived": 0, "failed": 0}


def test_what_is_not_set_up_says_so(browser_client):
    answer = browser_client.post("/api/channels/sms/tencent/sync")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "sms.not_configured")
    answer = browser_client.put("/api/channels/sms/nobody", {"key_id": "x"}, content_type="application/json")
    assert answer.status_code in (404, 422)


def test_lists_cost_the_same_however_long(actor, browser_client, aliyun, django_assert_num_queries):
    set_up(actor, aliyun)
    browser_client.get("/api/sms/templates")
    for number in range(6):
        send_test(actor, phone=some_phone(), draft=_draft(actor, number))
    with django_assert_num_queries(LIST_TEMPLATES_QUERIES):
        assert browser_client.get("/api/sms/templates").json()["total"] == 4
    with django_assert_num_queries(LIST_MESSAGES_QUERIES):
        assert browser_client.get("/api/sms/messages").json()["total"] == 6


def _draft(actor, number):
    row = queries.templates(actor).get(name="notice")
    return Draft(row.id, queries.signatures(actor)[0].id, {"name": f"客户{number}", "time": "周六"})
