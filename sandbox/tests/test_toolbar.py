import hashlib

import pytest

from sandbox import seed
from sandbox.tests.site import Page

APP = f"/corps/{seed.CORP_ID}/apps/{seed.APP_AGENT_ID}"
FANG = f"/corps/{seed.CORP_ID}/members/WangFang"
WANTED = ["getContext", "getCurExternalContact", "getCurExternalChat"]


class Beside:
    """A page of the toolbar, opened by WangFang, without a browser around it."""

    def __init__(self, box, site) -> None:
        self.box, self.path, self.load = box, "/sidebar?company=x", "load-1"
        site.pages["/sidebar"] = Page("<!doctype html><head></head>customer")
        domain = site.url.removeprefix("http://")
        box.api("PUT", f"{APP}/web", {"trusted_domain": domain})
        self.url = f"{site.url}{self.path}"
        shown = box.api("PUT", f"{APP}/toolbar", {"pages": [{"name": "客户画像", "url": self.url}]})
        self.page_id = shown["pages"][0]["id"]

    def open(self, **beside) -> dict:
        found = self.box.api("POST", f"{FANG}/toolbar", {"page_id": self.page_id, **beside})
        self.host = found["src"].split("/")[2]
        return found

    def call(self, name: str, /, **given) -> dict:
        asked = {"name": name, "arguments": given, "page": self.load, "path": self.path}
        return self.box.http.post("/__wechat__/js", json=asked, headers={"host": self.host}).json()

    def agent_config(self, **changes) -> dict:
        ticket = self.box.get("ticket/get", type="agent_config")["ticket"]
        return self.call("agentConfig", **(self.signed(ticket) | changes))

    def signed(self, ticket: str) -> dict:
        text = f"jsapi_ticket={ticket}&noncestr=N&timestamp=1700000000&url={self.url}"
        return {
            "corpid": seed.CORP_ID,
            "agentid": str(seed.APP_AGENT_ID),
            "nonceStr": "N",
            "timestamp": "1700000000",
            "signature": hashlib.sha1(text.encode()).hexdigest(),
            "jsApiList": WANTED,
        }


@pytest.fixture
def beside(box, site) -> Beside:
    return Beside(box, site)


def test_a_signed_page_learns_whose_chat_it_stands_beside(box, beside):
    external = box.befriend(1)
    opened = beside.open(person_id=1)
    assert opened["name"] == "客户画像"
    assert beside.call("getCurExternalContact")["err_msg"] == "getCurExternalContact:fail no permission"
    assert beside.agent_config() == {"err_msg": "agentConfig:ok"}
    assert beside.call("getContext") == {"err_msg": "getContext:ok", "entry": "single_chat_tools"}
    assert beside.call("getCurExternalContact") == {"err_msg": "getCurExternalContact:ok", "userId": external}
    missing = beside.call("getCurExternalChat")
    assert missing["err_msg"] == "getCurExternalChat:fail without context of external chat"
    beside.open(person_id=1, profile=True)
    beside.agent_config()
    assert beside.call("getContext")["entry"] == "contact_profile"
    assert beside.call("getCurExternalContact")["userId"] == external


def test_what_a_load_was_allowed_ends_with_it(box, beside):
    box.befriend(1)
    beside.open(person_id=1)
    beside.agent_config(jsApiList=["getContext"])
    assert beside.call("getContext")["err_msg"] == "getContext:ok"
    assert beside.call("getCurExternalContact")["err_msg"].endswith("no permission")
    beside.load = "load-2"
    assert beside.call("getContext")["err_msg"].endswith("no permission")
    assert beside.call("chooseInvoice")["err_msg"] == "chooseInvoice:fail function not exist"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signature": "0" * 40}, 40093),
        ({"timestamp": "1700000001"}, 40093),
        ({"corpid": "ww0000000000000000"}, 40013),
        ({"agentid": "1"}, 40056),
        ({"agentid": "²"}, 40056),
        ({"jsApiList": "getContext"}, 40058),
    ],
)
def test_a_bad_config_has_the_clients_number(box, beside, changes, code):
    box.befriend(1)
    beside.open(person_id=1)
    assert beside.agent_config(**changes)["err_code"] == code
    assert beside.call("getContext")["err_msg"].endswith("no permission")


def test_another_page_or_domain_is_not_signed_for(box, beside):
    box.befriend(1)
    beside.open(person_id=1)
    beside.path = "/other"
    assert beside.agent_config()["err_code"] == 40093
    box.api("PUT", f"{APP}/web", {"trusted_domain": "elsewhere.example"})
    beside.path = "/sidebar?company=x"
    assert beside.agent_config()["err_code"] == 50001


def test_an_ended_ticket_signs_nothing_and_config_has_its_own(box, beside):
    box.befriend(1)
    beside.open(person_id=1)
    given = beside.signed(box.get("ticket/get", type="agent_config")["ticket"])
    corp = beside.signed(box.get("get_jsapi_ticket")["ticket"])
    assert beside.call("agentConfig", **corp)["err_code"] == 40093
    verified = {
        "verifyAppId": seed.CORP_ID,
        "verifyNonceStr": "N",
        "verifyTimestamp": "1700000000",
        "verifySignature": corp["signature"],
        "verifyJsApiList": ["getLocation"],
    }
    assert beside.call("preVerifyJSAPI", **verified)["err_msg"] == "preVerifyJSAPI:ok"
    assert beside.call("getContext")["err_msg"].endswith("no permission")
    box.api("POST", "/clock", {"advance_seconds": 7200})
    assert beside.call("agentConfig", **given)["err_code"] == 40093


def test_beside_a_group_and_on_the_workbench_there_is_no_customer(box, beside):
    chat_id = box.api("POST", f"/corps/{seed.CORP_ID}/groups", {"owner": "WangFang", "name": "业主群"})["chat_id"]
    beside.open(chat_id=chat_id)
    beside.agent_config()
    assert beside.call("getContext")["entry"] == "group_chat_tools"
    assert beside.call("getCurExternalChat")["chatId"] == chat_id
    assert "without context" in beside.call("getCurExternalContact")["err_msg"]
    box.api("POST", f"{FANG}/open", {"url": beside.url})
    beside.agent_config()
    assert beside.call("getContext")["entry"] == "normal"


def test_only_ones_own_customers_groups_and_pages_can_be_stood_beside(box, beside):
    assert box.refused("POST", f"{FANG}/toolbar", {"page_id": beside.page_id, "person_id": 1}) == (409, "no_friends")
    assert box.refused("POST", f"{FANG}/toolbar", {"page_id": beside.page_id, "chat_id": "x"}) == (409, "not_in_group")
    assert box.refused("POST", f"{FANG}/toolbar", {"page_id": 10**6, "person_id": 1})[0] == 404
    assert box.refused("PUT", f"{APP}/toolbar", {"pages": [{"name": "x", "url": "ftp://x"}]}) == (422, "bad_url")
    assert box.refused("PUT", f"{APP}/toolbar", {"pages": [{"name": " ", "url": "http://x"}]}) == (422, "bad_name")
    assert box.refused("PUT", f"{APP}/toolbar", {"pages": {}})[0] == 400
    assert box.api("GET", f"{FANG}/phone")["toolbar"][0]["url"] == beside.url
    box.api("PUT", f"{APP}/toolbar", {"pages": []})
    assert box.api("GET", f"{FANG}/phone")["toolbar"] == []


@pytest.mark.parametrize("body", [b"", b"[]", b'{"name": 1}', b"\xff", b'{"name": "x", "page": "y", "path": 3}'])
def test_a_page_that_talks_nonsense_is_told_so(box, beside, body):
    box.befriend(1)
    beside.open(person_id=1)
    answer = box.http.post("/__wechat__/js", content=body, headers={"host": beside.host})
    assert answer.status_code == 400
