import pytest

from sandbox import seed
from sandbox.tests.running import Sandbox


def asked(box: Sandbox, **query) -> dict:
    return box.http.get("/cgi-bin/gettoken", params=query).json()


def test_the_same_token_is_handed_out_again(box):
    first = asked(box, corpid=box.corp_id, corpsecret=seed.APP_SECRET)
    assert (first["errcode"], first["errmsg"], first["expires_in"]) == (0, "ok", 7200)
    assert asked(box, corpid=box.corp_id, corpsecret=seed.APP_SECRET)["access_token"] == first["access_token"]
    assert box.token(seed.DIRECTORY_SECRET) != first["access_token"]


@pytest.mark.parametrize(
    ("query", "errcode"),
    [
        ({}, 41002),
        ({"corpid": seed.CORP_ID}, 41004),
        ({"corpid": "ww0", "corpsecret": seed.APP_SECRET}, 40013),
        ({"corpid": seed.CORP_ID, "corpsecret": "wrong"}, 40001),
    ],
)
def test_bad_credentials(box, query, errcode):
    answer = asked(box, **query)
    assert answer["errcode"] == errcode
    assert f"devtool/query?e={errcode}" in answer["errmsg"]


@pytest.mark.parametrize(("token", "errcode"), [("", 41001), ("garbage", 40014)])
def test_bad_tokens(box, token, errcode):
    assert box.get("department/list", token=token)["errcode"] == errcode


def test_expired_tokens(box):
    token = box.token()
    assert box.api("POST", "/tokens/expire", {"corp_id": box.corp_id}) == {"expired": 1}
    assert box.get("department/list", token=token)["errcode"] == 42001
    assert box.token() != token


def test_a_token_ends_by_the_clock(box):
    token = box.token()
    box.api("POST", "/clock", {"advance_seconds": 7100})
    renewed = box.token()
    assert renewed != token
    assert box.get("department/list", token=token)["errcode"] == 0
    box.api("POST", "/clock", {"advance_seconds": 100})
    assert box.get("department/list", token=token)["errcode"] == 42001
    assert box.get("department/list", token=renewed)["errcode"] == 0


def test_a_new_secret_refuses_the_old(box):
    changed = box.api("PATCH", f"/corps/{box.corp_id}/apps/{seed.APP_AGENT_ID}", {"secret": ""})
    assert asked(box, corpid=box.corp_id, corpsecret=seed.APP_SECRET)["errcode"] == 40001
    assert asked(box, corpid=box.corp_id, corpsecret=changed["secret"])["errcode"] == 0


def test_unknown_endpoints_are_loud(box):
    response = box.http.post("/cgi-bin/externalcontact/nothing", params={"access_token": box.token()})
    assert response.status_code == 404
    assert "errcode" not in response.json()
    (call,) = box.api("GET", "/calls?path=*nothing")["items"]
    assert (call["status"], call["errcode"]) == (404, None)


def test_wrong_method_and_broken_json(box):
    token = box.token()
    url = "/cgi-bin/externalcontact/remark"
    assert box.http.get(url, params={"access_token": token}).json()["errcode"] == 40058
    assert box.http.post(url, params={"access_token": token}, content=b"{").json()["errcode"] == 40058
    assert box.http.post(url, params={"access_token": token}, content=b"[]").json()["errcode"] == 40058
