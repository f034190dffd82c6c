"""What a phone shows of accounts, groups, customer service, moments and mini-programs."""

import pytest

from sandbox.tests.weixin import PICTURE, Account


@pytest.fixture
def account(box):
    return Account(box, introduction="好好设计你的家")


@pytest.fixture
def mini(box):
    return Account(box, "mini", "云岫会员")


def phone(box, person=1):
    return box.api("GET", f"/persons/{person}/phone")


def chat(box, key, person=1):
    return next(one for one in phone(box, person)["chats"] if one["key"] == key)


def kf_account(box):
    query = {"access_token": box.token()}
    return box.http.post("/cgi-bin/kf/account/add", params=query, json={"name": "售后服务"}).json()["open_kfid"]


def test_followed_accounts_are_chats_with_their_menu(box, account):
    account.call("cgi-bin/menu/create", {"button": [{"type": "click", "name": "活动", "key": "act"}]})
    openid = account.act("follow")
    account.send(openid, "text", content="欢迎")
    found = chat(box, f"official/{account.app_id}")
    assert (found["type"], found["form"], found["unread"], found["following"]) == ("official", "service", 1, True)
    assert found["menu"] == [{"type": "click", "name": "活动", "key": "act"}]
    assert found["messages"][0]["body"] == {"content": "欢迎"}
    box.api("POST", "/persons/1/read", {"chat": found["key"]})
    assert chat(box, found["key"])["unread"] == 0
    account.act("unfollow")
    assert phone(box)["chats"] == []


def test_a_menu_for_a_tag_is_seen_by_those_who_have_it(box, account):
    account.call("cgi-bin/menu/create", {"button": [{"type": "click", "name": "全部", "key": "a"}]})
    openid = account.act("follow")
    account.act("follow", 2)
    tag = account.call("cgi-bin/tags/create", {"tag": {"name": "会员"}})["tag"]["id"]
    account.call("cgi-bin/tags/members/batchtagging", {"openid_list": [openid], "tagid": tag})
    only = {"button": [{"type": "click", "name": "会员", "key": "m"}], "matchrule": {"tag_id": str(tag)}}
    account.call("cgi-bin/menu/addconditional", only)
    key = f"official/{account.app_id}"
    assert [chat(box, key, person)["menu"][0]["name"] for person in (1, 2)] == ["会员", "全部"]


def test_a_mass_message_arrives_as_articles_that_can_be_read_for_good(box, account):
    account.act("follow")
    media_id = account.draft("秋天的灯", "老房子")
    account.to_all(media_id)
    account.call("cgi-bin/draft/delete", {"media_id": media_id})
    shown = chat(box, f"official/{account.app_id}")["messages"][0]
    assert (shown["kind"], [one["title"] for one in shown["body"]["articles"]]) == ("articles", ["秋天的灯", "老房子"])
    first = shown["body"]["articles"][0]
    assert first["digest"].startswith("一盏灯")
    page = box.http.get(first["url"])
    assert "秋天的灯" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert box.http.get(first["picurl"]).content == PICTURE
    assert box.http.get("/weixin/s/nothing").status_code == 404


def test_template_messages_are_told_line_by_line(box, account, mini):
    content = "{{first.DATA}}\n门店：{{thing1.DATA}}\n{{remark.DATA}}"
    made = {"form": "template", "title": "预约成功", "content": content}
    template = box.api("POST", f"/weixin/apps/{account.app_id}/templates", made)["template_id"]
    openid = account.act("follow")
    data = {"first": {"value": "您好"}, "thing1": {"value": "西溪店"}, "remark": {"value": "不见不散"}}
    asked = {"touser": openid, "template_id": template, "data": data, "url": f"{box.url}/healthz"}
    account.call("cgi-bin/message/template/send", asked)
    account.call(
        "cgi-bin/message/template/send", asked | {"miniprogram": {"appid": mini.app_id, "pagepath": "pages/a"}}
    )
    first, second = chat(box, f"official/{account.app_id}")["messages"]
    assert first["body"]["rows"][1] == {"label": "门店", "value": "西溪店"}
    assert (first["body"]["url"], first["body"]["mini"]) == (f"{box.url}/healthz", None)
    assert second["body"]["mini"] == {"app_id": mini.app_id, "page": "pages/a"}


def test_notices_of_mini_programs_are_in_one_chat(box, mini):
    made = {"form": "subscription", "title": "积分到账", "content": "积分：{{number1.DATA}}"}
    template = box.api("POST", f"/weixin/apps/{mini.app_id}/templates", made)["template_id"]
    openid = mini.act("choose", template_id=template)
    asked_for = box.api("GET", f"/persons/1/subscriptions/{mini.app_id}")["items"]
    assert [(one["title"], one["remaining"]) for one in asked_for] == [("积分到账", 1)]
    data = {"number1": {"value": "120"}}
    asked = {"touser": openid, "template_id": template, "page": "pages/points", "data": data}
    mini.call("cgi-bin/message/subscribe/send", asked)
    shown = chat(box, "notices")
    assert shown["unread"] == 1
    assert shown["messages"][0]["by"]["name"] == "云岫会员"
    assert shown["messages"][0]["body"]["mini"] == {"app_id": mini.app_id, "page": "pages/points"}


def test_codes_lead_to_accounts_groups_service_and_mini_programs(box, account, mini):
    code = account.code("store_1")
    scanned = box.api("POST", "/persons/1/scan", {"url": code["url"]})
    assert (scanned["kind"], scanned["account"]["following"]) == ("official", False)
    picture = f"{box.url}/weixin/cgi-bin/showqrcode?ticket={code['ticket']}"
    box.http.get(picture)
    assert box.api("POST", "/persons/1/scan", {"picture_url": picture})["ticket"] == code["ticket"]
    drawn = mini.box.http.post(
        "/weixin/wxa/getwxacodeunlimit", params={"access_token": mini._token()}, json={"scene": "a", "page": "pages/a"}
    )
    assert drawn.headers["content-type"] == "image/jpeg"
    link = {"path": "pages/b", "query": "id=7", "expire_type": 1, "expire_interval": 1}
    url = mini.call("wxa/generate_urllink", link)["url_link"]
    opened = box.api("POST", "/persons/1/scan", {"url": url})["mini"]
    assert (opened["path"], opened["parameters"]) == ("pages/b", [{"name": "id", "value": "7"}])
    box.api("POST", "/clock", {"advance_seconds": 86_401})
    assert box.refused("POST", "/persons/1/scan", {"url": url}) == (410, "code_gone")
    mini_code = f"{box.url}/weixin/mini/{mini.app_id}/pages/a?scene=a"
    assert box.api("POST", "/persons/1/scan", {"url": mini_code})["mini"]["path"] == "pages/a"
    assert phone(box)["minis"][0]["name"] == "云岫会员"
    kf = kf_account(box)
    assert box.api("POST", "/persons/1/scan", {"url": f"{box.url}/kf/{kf}?enc_scene=web"})["scene"] == "web"
    assert box.refused("POST", "/persons/1/scan", {"url": f"{box.url}/gm/gone"}) == (410, "code_gone")


def test_a_group_is_joined_by_its_code_and_greets_as_its_owner_chose(box):
    group = box.api("POST", f"/corps/{box.corp_id}/groups", {"owner": "WangFang", "name": "新居交流群", "persons": [2]})
    asked = {"text": {"content": "欢迎 %NICKNAME%"}, "link": {"title": "清单", "url": f"{box.url}/healthz"}}
    template = box.post("group_welcome_template/add", asked)["template_id"]
    path = f"/corps/{box.corp_id}/groups/{group['chat_id']}/welcome"
    box.api("PUT", path, {"template_id": template})
    assert box.refused("PUT", path, {"template_id": "gone"})[0] == 404
    box.post("groupchat/add_join_way", {"scene": 2, "chat_id_list": [group["chat_id"]], "state": "g1"})
    code = next(one for one in box.api("GET", "/codes")["items"] if one["kind"] == "group")
    box.http.get(code["picture"])
    before = box.api("POST", "/persons/1/scan", {"picture_url": code["qr_code"]})
    assert (before["group"]["name"], before["group"]["count"], before["group"]["joined"]) == ("新居交流群", 2, False)
    key = box.api("POST", "/persons/1/groups", {"slug": before["slug"]})["key"]
    shown = chat(box, key)
    assert [(one["kind"], one["body"].get("event")) for one in shown["messages"][-3:]] == [
        ("notice", "joined_by_code"),
        ("text", None),
        ("link", None),
    ]
    assert shown["messages"][-2]["body"]["content"] == "欢迎 林晓雨"
    assert [one["name"] for one in shown["members"]] == ["王芳", "周子墨", "林晓雨"]
    box.api("POST", f"/persons/1/groups/{group['chat_id']}/messages", {"text": "大家好"})
    heard = chat(box, key, 2)
    assert (heard["messages"][-1]["by"]["name"], heard["messages"][-1]["sender"]) == ("林晓雨", "other")
    box.api("DELETE", f"/corps/{box.corp_id}/groups/{group['chat_id']}/members/1")
    assert phone(box)["chats"] == []
    assert box.refused("POST", f"/persons/1/groups/{group['chat_id']}/messages", {"text": "在吗"})[0] == 404


def moment(box, text):
    asked = {"text": {"content": text}, "visible_range": {"sender_list": {"user_list": ["WangFang"]}}}
    jobid = box.post("add_moment_task", asked)["jobid"]
    made = box.get("externalcontact/get_moment_task_result", jobid=jobid)["result"]["moment_id"]
    box.api("POST", f"/moments/{made}/members/WangFang")
    return made


def test_moments_are_seen_by_friends_and_answered(box):
    box.befriend(1)
    made = moment(box, "样板间换了新窗帘")
    assert phone(box)["fresh_moments"] == 1
    box.api("POST", "/persons/1/moments/seen")
    assert phone(box)["fresh_moments"] == 0
    post = f"/persons/1/moments/{made}/WangFang"
    box.api("PUT", f"{post}/like")
    box.api("POST", f"{post}/comments", {"text": "好看"})
    shown = box.api("GET", "/persons/1/moments")["items"][0]
    assert (shown["liked"], shown["comments"]) == (True, [{"name": "林晓雨", "words": "好看"}])
    told = box.post("get_moment_comments", {"moment_id": made, "userid": "WangFang"})
    assert (len(told["like_list"]), len(told["comment_list"])) == (1, 1)
    box.api("DELETE", f"{post}/like")
    assert box.post("get_moment_comments", {"moment_id": made, "userid": "WangFang"})["like_list"] == []
    assert box.api("GET", "/persons/2/moments")["items"] == []
    assert box.refused("PUT", f"/persons/2/moments/{made}/WangFang/like")[0] == 404
    assert box.refused("POST", f"{post}/comments", {"text": " "}) == (422, "bad_text")


def test_customer_service_is_written_to_and_its_menu_pressed(box, receiver):
    box.listen(receiver)
    kf = kf_account(box)
    box.api("POST", f"/persons/1/services/{kf}", {"scene": "web"})
    box.api("POST", f"/persons/1/services/{kf}", {"text": "预约上门", "menu_id": "1"})
    box.api("POST", f"/kf/{kf}/persons/1", {"act": "answer", "userid": "ZhaoLei", "text": "明天上午可以吗"})
    shown = chat(box, f"kf/{kf}")
    assert [one["sender"] for one in shown["messages"]] == ["person", "other"]
    assert shown["messages"][1]["by"] == {"name": "赵磊"}
    query = {"access_token": box.token()}
    told = box.http.post("/cgi-bin/kf/sync_msg", params=query, json={"open_kfid": kf}).json()["msg_list"]
    assert next(one for one in told if one["msgtype"] == "text")["text"] == {"content": "预约上门", "menu_id": "1"}


def test_cards_and_files_are_sent_to_customer_service(box, mini, receiver):
    box.befriend(1)
    kf = kf_account(box)
    path = f"/persons/1/services/{kf}"
    place = {"name": "西湖", "address": "龙井路 1 号", "latitude": 30.25, "longitude": 120.15}
    box.api("POST", path, {"kind": "location", "body": place})
    box.api("POST", path, {"kind": "link", "body": {"url": "https://a.example/1?b=c"}})
    box.api("POST", path, {"kind": "miniprogram", "body": {"app_id": mini.app_id, "page": "pages/a"}})
    box.api("POST", path, {"kind": "business_card", "body": {"userid": "wangfang"}})
    sent = box.http.post(
        f"/sandbox/api{path}/files?name=合同.pdf", content=b"%PDF-1.7", headers={"content-type": "application/pdf"}
    )
    assert sent.status_code == 201, sent.text
    shown = chat(box, f"kf/{kf}")["messages"]
    assert [one["kind"] for one in shown] == ["place", "link", "mini", "member", "file"]
    assert shown[1]["body"]["title"] == "a.example"
    assert (shown[3]["body"]["name"], shown[4]["body"]["name"]) == ("王芳", "合同.pdf")
    query = {"access_token": box.token()}
    told = box.http.post("/cgi-bin/kf/sync_msg", params=query, json={"open_kfid": kf}).json()["msg_list"]
    bodies = {one["msgtype"]: one[one["msgtype"]] for one in told}
    assert bodies["location"] == place
    assert bodies["link"] == {"title": "a.example", "desc": "", "url": "https://a.example/1?b=c", "pic_url": ""}
    assert bodies["miniprogram"].keys() == {"title", "appid", "pagepath", "thumb_media_id"}
    assert bodies["business_card"] == {"userid": "WangFang"}
    kept = box.http.get("/cgi-bin/media/get", params=query | {"media_id": bodies["file"]["media_id"]})
    assert kept.content == b"%PDF-1.7"
    wrong = [
        ("location", place | {"latitude": 91}),
        ("location", place | {"address": ""}),
        ("link", {"url": "javascript:alert(1)"}),
        ("event", {}),
    ]
    for kind, body in wrong:
        assert box.refused("POST", path, {"kind": kind, "body": body})[1] == "bad_card"
    assert box.refused("POST", path, {"kind": "miniprogram", "body": {"app_id": "wx0"}})[0] == 404


def test_pictures_are_sent_and_kept(box, account, receiver):
    account.act("follow")
    box.befriend(1)
    kf = kf_account(box)
    keys = [f"official/{account.app_id}", f"{box.corp_id}/WangFang", f"kf/{kf}"]
    for key in keys:
        sent = box.http.post(
            f"/sandbox/api/persons/1/pictures?chat={key}", content=PICTURE, headers={"content-type": "image/png"}
        )
        assert sent.status_code == 201, sent.text
        shown = chat(box, key)["messages"][-1]
        assert (shown["kind"], shown["sender"]) == ("image", "person")
        assert box.http.get(shown["body"]["pic_url"]).content == PICTURE
    refused = box.http.post(
        f"/sandbox/api/persons/1/pictures?chat={keys[0]}", content=b"<svg/>", headers={"content-type": "image/svg+xml"}
    )
    assert refused.json()["error"]["code"] == "bad_picture"


def test_a_mini_program_gets_the_codes_its_user_agrees_to(box, mini):
    code = box.api("POST", f"/persons/1/minis/{mini.app_id}/login")["code"]
    asked = {"appid": mini.app_id, "secret": mini.secret, "js_code": code, "grant_type": "authorization_code"}
    assert box.http.get("/weixin/sns/jscode2session", params=asked).json()["openid"]
    code = box.api("POST", f"/persons/1/minis/{mini.app_id}/phone")["code"]
    number = mini.call("wxa/business/getuserphonenumber", {"code": code})["phone_info"]["phoneNumber"]
    assert number == phone(box)["phone"]
    assert box.refused("POST", f"/persons/1/minis/{mini.app_id}/other")[0] == 404
    assert box.refused("POST", "/persons/1/minis/wx0", {})[0] == 404


def test_accounts_are_found_by_name(box, account):
    Account(box, "mini", "积分商城")
    assert [one["name"] for one in box.api("GET", "/persons/1/search?q=商城")["items"]] == ["积分商城"]
    everything = box.api("GET", "/persons/1/search")["items"]
    assert [one["name"] for one in everything] == ["云岫家居", "云岫会员", "云岫家居", "积分商城"]
    box.api("PATCH", f"/weixin/apps/{account.app_id}", {"form": "subscription"})
    assert [one["form"] for one in box.api("GET", "/persons/1/search?q=家居")["items"]] == ["service", "subscription"]
    assert box.refused("PATCH", f"/weixin/apps/{account.app_id}", {"form": "other"})[0] == 400


def test_an_acquisition_link_adds_a_member_and_counts(box, receiver):
    box.listen(receiver)
    asked = {"link_name": "官网", "range": {"user_list": ["WangFang"]}}
    made = box.post("customer_acquisition/create_link", asked)["link"]
    scanned = box.api("POST", "/persons/1/scan", {"url": f"{made['url']}?customer_channel=%E5%AE%98%E7%BD%91%201"})
    assert (scanned["kind"], scanned["member"]["name"]) == ("contact", "王芳")
    box.api("POST", "/persons/1/friends", {"slug": scanned["slug"]})
    assert receiver.wait_for("add_external_contact")["State"] == "官网 1"
    customers = box.post("customer_acquisition/customer", {"link_id": made["link_id"]})["customer_list"]
    assert [(one["userid"], one["state"], one["chat_status"]) for one in customers] == [("WangFang", "官网 1", 0)]
    quota = box.get("externalcontact/customer_acquisition_quota")
    assert quota["total"] - quota["balance"] == 1
    box.api("PUT", "/settings/acquisition_quota", {"value": "1"})
    assert box.refused("POST", "/persons/2/scan", {"url": made["url"]}) == (410, "code_gone")
