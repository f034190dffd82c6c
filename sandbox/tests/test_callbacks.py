import pytest

from sandbox import seed
from sandbox.tests.running import KEY, TOKEN, Sandbox, wait_until

CALLBACK = f"/corps/{seed.CORP_ID}/apps/{seed.APP_AGENT_ID}/callback"


@pytest.fixture
def quick(tmp_path):
    """A sandbox with little patience."""
    running = Sandbox(tmp_path / "data", callback_timeout=0.2, verify_timeout=0.2)
    yield running
    running.close()


def settings(receiver, **changes) -> dict:
    return {"url": receiver.url, "token": TOKEN, "aes_key": KEY} | changes


def test_settings_are_saved_after_the_echo(box, receiver):
    saved = box.api("PUT", CALLBACK, settings(receiver))
    assert saved["callback"] == settings(receiver)
    assert box.api("PUT", CALLBACK, {"url": ""})["callback"]["url"] == ""
    assert box.refused("PUT", CALLBACK.replace("1000002", "7"), settings(receiver)) == (404, "not_found")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": "ftp://x"}, "bad_url"),
        ({"token": "!"}, "bad_token"),
        ({"aes_key": "short"}, "bad_aes_key"),
        ({"url": "http://127.0.0.1:1/"}, "not_reached"),
    ],
)
def test_bad_settings(box, receiver, changes, code):
    assert box.refused("PUT", CALLBACK, settings(receiver, **changes)) == (422, code)
    assert box.api("GET", "/corps")["items"][0]["apps"][0]["callback"]["url"] == ""


def test_a_wrong_echo_is_refused(box, receiver):
    receiver.echo = b'"quoted"'
    assert box.refused("PUT", CALLBACK, settings(receiver)) == (422, "bad_echo")
    assert box.api("PUT", CALLBACK, settings(receiver, verify=False))["callback"]["url"] == receiver.url


def test_a_late_echo_is_refused(quick, receiver):
    receiver.silent.clear()
    assert quick.refused("PUT", CALLBACK, settings(receiver)) == (422, "not_answered")


def test_the_life_of_a_friendship(box, receiver):
    box.listen(receiver)
    customer = box.befriend(state="ch_7")
    added = dict(receiver.wait_for("add_external_contact"))
    now = box.api("GET", "/clock")["now"]
    assert 0 < int(added.pop("CreateTime")) <= now
    assert added.pop("WelcomeCode")
    assert added == {
        "ToUserName": box.corp_id,
        "FromUserName": "sys",
        "MsgType": "event",
        "Event": "change_external_contact",
        "ChangeType": "add_external_contact",
        "UserID": "WangFang",
        "ExternalUserID": customer,
        "State": "ch_7",
    }
    friend = f"/persons/1/friends/{box.corp_id}/WangFang"
    group = box.post("add_corp_tag", {"group_name": "意向", "tag": [{"name": "高"}]})["tag_group"]
    box.api("PATCH", friend, {"remark": "林", "tag_ids": [group["tag"][0]["id"]]})
    assert receiver.wait_for("edit_external_contact")["ExternalUserID"] == customer
    box.api("DELETE", friend)
    assert receiver.wait_for("del_follow_user")["UserID"] == "WangFang"
    assert box.messages() == []
    box.befriend()
    box.api("DELETE", friend + "?by=member")
    assert receiver.wait_for("del_external_contact")["UserID"] == "WangFang"
    box.api("POST", "/callbacks/drain")
    changes = [event["ChangeType"].split("_")[0] for event in receiver.events]
    assert changes == ["add", "edit", "del", "add", "del"]
    assert all("WelcomeCode" in event for event in receiver.events if event["ChangeType"].startswith("add"))


def test_codes_that_need_verification(box, receiver):
    box.listen(receiver)
    config_id = box.way("WangFang", skip_verify=False)["config_id"]
    asked = box.api("POST", "/persons/1/friends", {"config_id": config_id})
    assert asked["stage"] == "requested"
    assert box.get("externalcontact/list", userid="WangFang")["errcode"] == 84061
    friend = f"/persons/1/friends/{box.corp_id}/WangFang"
    assert box.refused("DELETE", friend) == (404, "not_found")
    assert box.api("POST", friend + "/accept")["stage"] == "full"
    assert receiver.wait_for("add_external_contact")["UserID"] == "WangFang"
    assert box.refused("POST", friend + "/accept") == (404, "not_found")


@pytest.mark.parametrize(("answers", "attempts", "state"), [([500], 2, "delivered"), ([500, 404, 500], 3, "failed")])
def test_three_attempts(box, receiver, answers, attempts, state):
    box.listen(receiver)
    receiver.answers = list(answers)
    box.befriend()
    box.api("POST", "/callbacks/drain")
    (callback,) = box.api("GET", "/callbacks")["items"]
    assert callback["state"] == state
    assert [one["status"] for one in callback["attempts"]] == [*answers, 200][:attempts]
    assert len({one.body for one in receiver.received}) == 1


def test_no_answer_counts_as_none(quick, receiver):
    quick.api("PUT", CALLBACK, settings(receiver, verify=False))  # its patience is too short for a busy machine
    receiver.silent.clear()
    quick.befriend()
    quick.api("POST", "/callbacks/drain")
    (callback,) = quick.api("GET", "/callbacks?state=failed")["items"]
    assert len(callback["attempts"]) == 3
    assert callback["attempts"][0]["error"].startswith("TimeoutError")


def test_different_customers_do_not_wait_for_each_other(box, receiver):
    box.listen(receiver)
    receiver.silent.clear()
    box.befriend(person=1)
    box.befriend(person=2)
    wait_until(lambda: len(receiver.received) == 2)
    box.api("DELETE", f"/persons/1/friends/{box.corp_id}/WangFang")
    receiver.silent.set()
    receiver.wait_for("del_follow_user")
    assert [event["ChangeType"] for event in receiver.events][-1] == "del_follow_user"


@pytest.mark.parametrize(
    ("kind", "refusal"), [("forge", "signature"), ("truncate", "no xml"), ("wrong_corp", "receiver")]
)
def test_spoiled_callbacks(box, receiver, kind, refusal):
    box.listen(receiver)
    box.api("POST", "/faults", {"target": "callback", "pattern": "add_*", "kind": kind})
    box.befriend()
    box.api("POST", "/callbacks/drain")
    assert [one.refusal for one in receiver.received] == [refusal]
    (callback,) = box.api("GET", "/callbacks")["items"]
    assert box.api("POST", f"/callbacks/{callback['id']}/repeat", {"kind": kind}) == {"sent": 1, "taken": 1}
    assert box.api("POST", f"/callbacks/{callback['id']}/repeat") == {"sent": 1, "taken": 1}
    assert [one.refusal for one in receiver.received] == [refusal, refusal, ""]


def test_duplicates_and_replays(box, receiver):
    box.listen(receiver)
    box.api("POST", "/faults", {"target": "callback", "kind": "duplicate", "count": 10})
    box.befriend()
    box.api("POST", "/callbacks/drain")
    assert len({one.body for one in receiver.received}) == 1
    (callback,) = box.api("GET", "/callbacks")["items"]
    assert box.api("POST", f"/callbacks/{callback['id']}/repeat", {"count": 3})["taken"] == 3
    assert len(receiver.events) == 13
    assert box.refused("POST", "/callbacks/99/repeat", {}) == (404, "not_found")
    assert box.refused("POST", f"/callbacks/{callback['id']}/repeat", {"kind": "x"}) == (400, "bad_field")


def test_out_of_order_late_and_lost(box, receiver):
    box.listen(receiver)
    box.api("POST", "/faults", {"target": "callback", "pattern": "add_*", "kind": "reorder"})
    box.api("POST", "/faults", {"target": "callback", "pattern": "edit_*", "kind": "lose"})
    box.api("POST", "/faults", {"target": "callback", "pattern": "del_*", "kind": "late", "seconds": 0.05})
    box.befriend()
    friend = f"/persons/1/friends/{box.corp_id}/WangFang"
    box.api("PATCH", friend, {"remark": "x"})
    box.api("DELETE", friend)
    box.api("POST", "/callbacks/drain")
    assert [event["ChangeType"] for event in receiver.events] == ["del_follow_user", "add_external_contact"]


def test_oversized(box, receiver):
    box.listen(receiver)
    box.api("POST", "/faults", {"target": "callback", "kind": "oversize"})
    box.befriend()
    box.api("POST", "/callbacks/drain")
    assert len(receiver.received[0].body) > 3_000_000


def test_any_event_can_be_raised(box, receiver):
    box.listen(receiver)
    body = {
        "corp_id": box.corp_id,
        "event": "change_contact",
        "fields": {"ChangeType": "delete_user", "UserID": "a]]>b"},
    }
    assert len(box.api("POST", "/callbacks", body)["ids"]) == 1
    assert receiver.wait_for("delete_user")["UserID"] == "a]]>b"
    assert box.refused("POST", "/callbacks", body | {"fields": {"a": []}}) == (400, "bad_field")


def test_what_waited_goes_out_after_a_restart(box, receiver):
    box.listen(receiver)
    box.api("POST", "/faults", {"target": "callback", "kind": "late", "seconds": 60})
    customer = box.befriend()
    box.stop()
    box.start()
    assert receiver.wait_for("add_external_contact")["ExternalUserID"] == customer
    assert box.get("externalcontact/list", userid="WangFang")["external_userid"] == [customer]
