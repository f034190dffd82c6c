import httpx
import pytest

from sandbox.__main__ import parse
from sandbox.tests.running import wait_until


def test_health(box):
    assert box.http.get("/healthz").json() == {"ok": True, "corps": 1}


def test_ordered_errcodes_are_used_up(box):
    box.api("POST", "/faults", {"pattern": "*/get_follow_user_list", "kind": "errcode", "errcode": 45009, "times": 2})
    codes = [box.get("externalcontact/get_follow_user_list")["errcode"] for _ in range(3)]
    assert codes == [45009, 45009, 0]
    assert box.get("department/list")["errcode"] == 0
    faulty = box.api("GET", "/calls?errcode=45009")["items"]
    assert [call["fault"] for call in faulty] == ["errcode", "errcode"]


def test_faults_can_be_seen_and_cleared(box):
    box.api("POST", "/faults", {"kind": "errcode", "errcode": -1, "times": 5})
    assert box.get("department/list", token="x")["errcode"] == -1
    (fault,) = box.api("GET", "/faults")["items"]
    assert (fault["remaining"], fault["parameters"]) == (4, {"errcode": -1})
    assert box.api("DELETE", "/faults") == {"cleared": 1}
    assert box.get("department/list")["errcode"] == 0


def test_http_errors_and_broken_connections(box):
    token = box.token()
    path, query = "/cgi-bin/externalcontact/add_corp_tag", {"access_token": token}
    body = {"group_name": "意向", "tag": [{"name": "高"}]}
    box.api("POST", "/faults", {"pattern": path, "kind": "http", "status": 502})
    assert box.http.post(path, params=query, json=body).status_code == 502
    box.api("POST", "/faults", {"pattern": path, "kind": "drop"})
    with pytest.raises(httpx.RemoteProtocolError):
        box.http.post(path, params=query, json=body)
    assert box.post("get_corp_tag_list")["tag_group"] == []
    box.api("POST", "/faults", {"pattern": path, "kind": "drop", "after": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        box.http.post(path, params=query, json=body)
    assert len(box.post("get_corp_tag_list")["tag_group"]) == 1


@pytest.mark.parametrize("after", [0, 1])
def test_delays(box, after):
    token = box.token()
    path = "/cgi-bin/department/list"
    box.api("POST", "/faults", {"pattern": path, "kind": "delay", "seconds": 0.5, "after": after})
    with pytest.raises(httpx.ReadTimeout):
        box.http.get(path, params={"access_token": token}, timeout=httpx.Timeout(60, read=0.1))
    assert box.get("department/list")["errcode"] == 0
    # Whoever asked has gone, and the call goes on: it must not end in the log of another test.
    wait_until(lambda: [call for call in box.api("GET", "/calls")["items"] if call["fault"] == "delay"])


@pytest.mark.parametrize(
    "body",
    [
        {"target": "moon", "kind": "delay"},
        {"kind": "forge"},
        {"target": "callback", "kind": "errcode", "errcode": 1},
        {"kind": "errcode"},
        {"kind": "delay", "seconds": "long"},
        {"kind": "delay", "times": 0},
    ],
)
def test_bad_faults(box, body):
    assert box.refused("POST", "/faults", body) == (400, "bad_fault")


def test_the_call_log_holds_both_sides(box):
    made = box.way("WangFang", state="ch_1")
    (call,) = box.api("GET", "/calls?path=*add_contact_way&limit=1")["items"]
    assert (call["method"], call["status"], call["errcode"], call["corp_id"]) == ("POST", 200, 0, box.corp_id)
    assert call["request"]["state"] == "ch_1"
    assert call["response"]["config_id"] == made["config_id"]
    assert box.api("GET", f"/calls?since={call['id']}")["items"] == []


def test_the_clock(box):
    before = box.api("GET", "/clock")
    assert before["offset_seconds"] == 0
    assert box.api("POST", "/clock", {"advance_seconds": 30})["now"] >= before["now"] + 30
    assert box.api("POST", "/clock", {"offset_seconds": 0})["offset_seconds"] == 0
    assert box.refused("POST", "/clock", {"advance_seconds": "1"}) == (400, "bad_field")


def test_state_survives_a_restart(box):
    customer = box.befriend()
    box.api("POST", "/clock", {"advance_seconds": 100})
    token = box.token()
    box.stop()
    box.start()
    assert box.get("externalcontact/list", userid="WangFang")["external_userid"] == [customer]
    assert box.token() == token
    assert box.api("GET", "/clock")["offset_seconds"] == 100


def test_reset(box):
    box.befriend()
    box.api("POST", "/reset")
    assert box.get("externalcontact/list", userid="WangFang")["errcode"] == 84061
    assert [one["id"] for one in box.api("GET", "/persons")["items"]] == [1, 2]
    box.api("POST", "/reset", {"seed": False})
    assert box.api("GET", "/corps")["items"] == []


def test_bad_bodies(box):
    for content in (b"{", b"[]"):
        response = box.http.post("/sandbox/api/persons", content=content)
        assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_json")
    assert box.refused("POST", "/persons", {"name": 5}) == (400, "bad_field")
    assert box.refused("POST", "/persons", {"name": "长" * 33}) == (422, "name_too_long")
    assert box.refused("GET", "/persons/99/phone") == (404, "not_found")


def test_the_command_line(tmp_path):
    settings = parse(["--data", str(tmp_path), "--port", "8123", "--public-url", "http://box.test/"])
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8123, "http://box.test")
    assert parse(["--data", str(tmp_path)]).base_url == "http://127.0.0.1:8100"
