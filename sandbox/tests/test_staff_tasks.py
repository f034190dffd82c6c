"""What members do on their phones beyond chatting: tasks, groups, cards, customer service."""

import pytest

from sandbox import seed
from sandbox.tests.running import wait_until

CORP = f"/corps/{seed.CORP_ID}"
FANG = f"{CORP}/members/WangFang"
AGENT = seed.APP_AGENT_ID
CARD = {
    "card_type": "button_interaction",
    "task_id": "visit-1",
    "main_title": {"title": "预约到店"},
    "action_menu": {"desc": "更多", "action_list": [{"text": "稍后", "key": "later"}]},
    "button_list": [{"text": "确认", "key": "ok"}],
}
VOTE = {
    "card_type": "vote_interaction",
    "task_id": "vote-1",
    "main_title": {"title": "培训时间"},
    "checkbox": {
        "question_key": "day",
        "mode": 1,
        "option_list": [{"id": "1", "text": "周三"}, {"id": "2", "text": "周四"}],
    },
    "submit_button": {"text": "提交", "key": "send"},
}


def phone(box, userid="WangFang"):
    return box.api("GET", f"{CORP}/members/{userid}/phone")


def tell(box, kind, body, userid="WangFang"):
    message = {"touser": userid, "agentid": AGENT, "msgtype": kind, kind: body}
    return box.http.post("/cgi-bin/message/send", params={"access_token": box.token()}, json=message).json()


def cards(box):
    return box.api("GET", f"{FANG}/threads/a{AGENT}")["items"]


def mass(box, text="秋季新品已到店", **more):
    made = box.post("add_msg_template", {"sender": "WangFang", "text": {"content": text}} | more)
    assert made["errcode"] == 0, made
    return made["msgid"]


def handed_out(box, path, msgid):
    """Ask after a task until the platform has handed it out: for half a second it refuses (41063)."""

    def asked():
        answer = box.post(path, {"msgid": msgid})
        return answer if answer["errcode"] == 0 else None

    return wait_until(asked)


def test_a_mass_message_waits_on_the_phone_until_it_is_sent(box):
    box.befriend(1)
    msgid = mass(box)
    (task,) = phone(box)["tasks"]
    assert (task["key"], task["kind"], task["state"], task["count"]) == (msgid, "mass", "waiting", 1)
    assert (task["to"][0]["name"], task["pieces"][0]["body"]) == ("林晓雨", {"content": "秋季新品已到店"})
    assert next(one for one in phone(box)["threads"] if one["key"] == "t")["unread"] == 1
    handed_out(box, "remind_groupmsg_send", msgid)
    assert phone(box)["tasks"][0]["reminders"] == 1
    box.api("POST", f"/mass/{msgid}/members/WangFang")
    (task,) = phone(box)["tasks"]
    assert (task["state"], task["sent"]) == ("done", 1)
    assert box.refused("POST", f"{FANG}/tasks/{msgid}/skip") == (404, "not_found")


def test_a_task_that_is_waved_away_still_waits_at_the_platform(box):
    box.befriend(1)
    msgid = mass(box)
    box.api("POST", f"{FANG}/tasks/{msgid}/skip")
    assert phone(box)["tasks"][0]["state"] == "skipped"
    told = handed_out(box, "get_groupmsg_task", msgid)["task_list"]
    assert [(one["userid"], one["status"]) for one in told] == [("WangFang", 0)]


def test_a_moment_waits_for_the_member(box):
    box.befriend(1)
    assert box.code("add_moment_task", {"text": {"content": "第 12 套房子完工"}}) == 0
    (task,) = phone(box)["tasks"]
    box.api("POST", f"/moments/{task['key']}/members/WangFang")
    (task,) = phone(box)["tasks"]
    assert (task["kind"], task["state"], task["sent"]) == ("moment", "done", 1)


def test_an_owner_looks_after_his_group(box, receiver):
    box.listen(receiver)
    box.befriend(1)
    box.befriend(2)
    assert box.refused("POST", f"{FANG}/groups", {"name": "业主群", "persons": []}) == (422, "nobody")
    chat = box.api("POST", f"{FANG}/groups", {"name": "业主群", "persons": [1]})["chat_id"]
    path = f"{FANG}/groups/{chat}"
    box.api("POST", f"{path}/people", {"persons": [2]})
    assert receiver.wait_for("create")["ChatId"] == chat
    assert [one["name"] for one in box.api("GET", path)["people"]] == ["王芳", "林晓雨", "周子墨"]
    box.api("POST", f"{FANG}/threads/g{chat}", {"text": "欢迎大家"})
    box.api("DELETE", f"{path}/people/1")
    box.api("PATCH", path, {"name": "滨江业主群"})
    found = box.api("PATCH", path, {"heir": "LiMingxuan"})
    assert (found["name"], found["owned"]) == ("滨江业主群", False)
    assert [one["name"] for one in found["people"]] == ["王芳", "周子墨", "李明轩"]
    assert box.refused("PATCH", path, {"name": "不行"}) == (409, "not_owner")
    said = [one for one in box.api("GET", f"{CORP}/members/LiMingxuan/threads/g{chat}")["items"] if not one["note"]]
    assert [(one["who"], one["mine"], one["body"]["content"]) for one in said] == [("王芳", False, "欢迎大家")]
    assert box.refused("GET", f"{CORP}/members/SuMan/threads/g{chat}") == (404, "not_found")
    box.api("DELETE", f"{CORP}/members/LiMingxuan/groups/{chat}")
    assert box.refused("GET", path) == (404, "not_found")


def test_a_pressed_button_comes_back_and_the_card_changes_once(box, receiver):
    box.listen(receiver)
    assert tell(box, "template_card", CARD)["errcode"] == 0
    (card,) = cards(box)
    path = f"{FANG}/cards/{card['id']}"
    assert box.refused("POST", path, {"key": "nothing"}) == (422, "no_button")
    box.api("POST", path, {"key": "ok"})
    box.api("POST", "/callbacks/drain")
    (event,) = receiver.events
    assert (event["Event"], event["FromUserName"], event["EventKey"]) == ("template_card_event", "WangFang", "ok")
    assert (event["TaskId"], event["CardType"], event["AgentID"]) == ("visit-1", "button_interaction", str(AGENT))
    update = {"agentid": AGENT, "response_code": event["ResponseCode"], "button": {"replace_name": "已确认"}}
    change = lambda: box.http.post(  # noqa: E731
        "/cgi-bin/message/update_template_card", params={"access_token": box.token()}, json=update
    ).json()["errcode"]
    assert change() == 0
    assert change() == 42019
    assert cards(box)[0]["body"]["replaced"] == "已确认"
    assert box.refused("POST", path, {"key": "ok"}) == (409, "card_over")


def test_a_vote_says_what_was_chosen(box, receiver):
    box.listen(receiver)
    tell(box, "template_card", VOTE)
    path = f"{FANG}/cards/{cards(box)[0]['id']}"
    assert box.refused("POST", path, {"key": "send", "answers": {"day": ["9"]}}) == (422, "bad_answer")
    assert box.refused("POST", path, {"key": "send", "answers": {"day": 1}}) == (400, "bad_field")
    box.api("POST", path, {"key": "send", "answers": {"day": ["1", "2"]}})
    assert box.refused("POST", path, {"key": "send", "answers": {}}) == (409, "card_over")
    xml = box.api("GET", "/callbacks")["items"][0]["xml"]
    options = "<OptionId><![CDATA[1]]></OptionId><OptionId><![CDATA[2]]></OptionId>"
    item = f"<SelectedItem><QuestionKey><![CDATA[day]]></QuestionKey><OptionIds>{options}</OptionIds></SelectedItem>"
    assert f"<SelectedItems>{item}</SelectedItems>" in xml


@pytest.fixture
def service(box):
    ask = lambda path, body: box.http.post(  # noqa: E731
        f"/cgi-bin/kf/{path}", params={"access_token": box.token()}, json=body
    ).json()
    made = ask("account/add", {"name": "云岫客服", "media_id": "x"})["open_kfid"]
    assert ask("servicer/add", {"open_kfid": made, "userid_list": ["WangFang"]})["errcode"] == 0
    return made


def test_a_servicer_answers_and_ends_a_conversation(box, service):
    box.api("POST", f"/kf/{service}/persons/1", {"act": "write", "text": "你们在哪"})
    (found,) = [one for one in phone(box)["threads"] if one["kind"] == "service"]
    assert (found["account"], found["unread"], found["taken"]) == ("云岫客服", 1, False)
    assert phone(box)["services"] == ["云岫客服"]
    assert box.refused("POST", f"{FANG}/threads/{found['key']}/end") == (409, "task_over")
    box.api("POST", f"{FANG}/threads/{found['key']}", {"text": "滨江大道 88 号"})
    shown = box.api("GET", f"{FANG}/threads/{found['key']}")["items"]
    assert [(one["mine"], one["body"]["content"]) for one in shown] == [(False, "你们在哪"), (True, "滨江大道 88 号")]
    box.api("POST", f"{FANG}/threads/{found['key']}/end")
    assert next(one for one in phone(box)["threads"] if one["kind"] == "service")["over"]
    assert box.refused("GET", f"{CORP}/members/SuMan/threads/{found['key']}") == (404, "not_found")


def test_customers_on_their_way_to_a_colleague_are_told_to_him(box):
    external = box.befriend(1)
    asked = {"handover_userid": "WangFang", "takeover_userid": "LiMingxuan", "external_userid": [external]}
    assert box.code("transfer_customer", asked) == 0
    (coming,) = phone(box, "LiMingxuan")["coming"]
    assert (coming["name"], coming["from_member"]) == ("林晓雨", "王芳")
    box.api("POST", f"{CORP}/transfers/settle", {})
    assert phone(box, "LiMingxuan")["coming"] == []
    assert box.api("GET", f"{CORP}/members/LiMingxuan/customers/1")["from_member"] == "王芳"
