"""The rest of the client's calls against the stand-in of the platform: pages, links, words, customer service, figures, cards, archive."""

from __future__ import annotations

import pytest

from cove.engine.channels.wecom.client import archive, behaviour, cards, intercepts, js_sdk, links, support
from cove.engine.channels.wecom.contracts.kf_contents import KfText
from cove.engine.channels.wecom.tests.test_contract import DAY, now


def test_signatures_of_pages():
    """Known answers of the fact sheet, B13."""
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    page = "http://mp.weixin.qq.com?params=value#top"
    assert js_sdk.signed(ticket, "Wm3WZYTPz0wzccnW", 1414587457, page) == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    own = js_sdk.signed("TICKET", "NONCE", 1700000000, "https://scrm.example.com/sidebar?x=1")
    assert own == "22a313ebef22283108f95f11aa38ec553e7802e2"


def test_tickets(call):
    first, until = call(js_sdk.fetch_ticket, "corp")
    assert call(js_sdk.fetch_ticket, "corp")[0] == first
    assert call(js_sdk.fetch_ticket, "agent_config")[0] != first
    assert until


def test_acquisition_links(call, refused, platform):
    made = call(links.create_link, name="官网获客", userids=["ChenYuqing"])
    assert made.url
    assert call(links.list_links) == [made.link_id]
    call(links.update_link, made.link_id, link_name="官网首页")
    found, userids = call(links.get_link, made.link_id)
    assert (found.link_name, userids) == ("官网首页", ["ChenYuqing"])
    assert call(links.customers, made.link_id) == []
    quota = call(links.quota)
    assert quota.balance == quota.total > 0
    call(links.delete_link, made.link_id)
    assert call(links.list_links) == []
    assert refused(links.create_link, name="x", userids=["Nobody"]) == 60111


def test_addresses_of_links():
    assert links.with_state("https://work.weixin.qq.com/ca/abc", "官网 1").endswith(
        "?customer_channel=%E5%AE%98%E7%BD%91%201"
    )
    assert links.opening_wechat("https://a/b?c=d") == "weixin://biz/ww/profile/https%3A%2F%2Fa%2Fb%3Fc%3Dd"
    with pytest.raises(ValueError, match="64 bytes"):
        links.with_state("https://a/", "长" * 22)


def test_words_that_may_not_be_sent(call, refused):
    made = call(intercepts.add_rule, name="辱骂", words=["坏"], block=True, userids=["ChenYuqing"], semantics=[1])
    assert [one.rule_name for one in call(intercepts.list_rules)] == ["辱骂"]
    rule = call(intercepts.get_rule, made)
    assert (rule["extra_rule"], rule["intercept_type"]) == ({"semantics_list": [1]}, 1)
    change = {"name": "辱骂词", "words": ["坏", "差"], "block": False, "semantics": []}
    call(intercepts.update_rule, made, **change, more={"user_list": ["WangFang"]}, less={"user_list": ["ChenYuqing"]})
    rule = call(intercepts.get_rule, made)
    assert (rule["applicable_range"]["user_list"], rule["intercept_type"]) == (["WangFang"], 2)
    call(intercepts.delete_rule, made)
    assert refused(intercepts.get_rule, made) == 41070
    assert refused(intercepts.add_rule, name="长" * 21, words=["坏"], block=True, userids=["WangFang"]) == 40058


def test_customer_service(call, refused, platform):
    platform.ask("DELETE", "faults")
    open_kfid = _account(call)
    assert [one.name for one in call(support.list_accounts)] == ["客服"]
    assert open_kfid in call(support.add_contact_way, open_kfid, scene="site")
    assert call(support.add_servicers, open_kfid, ["ChenYuqing", "Nobody"]) == ["Nobody"]
    assert [one.userid for one in call(support.list_servicers, open_kfid)] == ["ChenYuqing"]
    person = platform.person()
    path = f"kf/{open_kfid}/persons/{person}"
    platform.ask("POST", path, act="enter", scene="site")
    platform.ask("POST", path, act="write", text="你们几点开门？")
    page = call(support.sync_messages, open_kfid, cursor="", token="")
    entered, wrote = page.msg_list
    assert entered.event.event_type == "enter_session"
    assert entered.event.welcome_code
    assert (wrote.origin, wrote.said()) == (3, {"content": "你们几点开门？"})
    (who,) = call(support.get_customers, [wrote.external_userid])
    assert who.nickname == "林晓雨"
    answer = {"open_kfid": open_kfid, "external_userid": wrote.external_userid, "text": "九点"}
    for number in range(5):
        assert call(support.send_text, **answer, msgid=f"m{number}") == f"m{number}"
    assert refused(support.send_text, **answer, msgid="m5") == 95001
    platform.ask("POST", path, act="write", text="谢谢")
    assert call(support.send_text, **answer, msgid="m6") == "m6"
    following = call(support.sync_messages, open_kfid, cursor=page.next_cursor, token="")
    assert [one.said()["content"] for one in following.msg_list] == ["谢谢"]
    assert refused(support.sync_messages, open_kfid, cursor="", token="unknown") == support.BAD_TOKEN
    platform.ask("POST", "clock", advance_seconds=48 * 3600 + 1)
    try:
        assert refused(support.send_text, **answer, msgid="m7") == 95002
    finally:
        platform.ask("POST", "clock", offset_seconds=0)


def test_moves_of_a_conversation(call, refused, platform):
    open_kfid = _account(call)
    call(support.add_servicers, open_kfid, ["ChenYuqing"])
    platform.ask("POST", f"kf/{open_kfid}/persons/{platform.person()}", act="write", text="在吗")
    (wrote,) = call(support.sync_messages, open_kfid, cursor="", token="").msg_list
    whom = {"open_kfid": open_kfid, "external_userid": wrote.external_userid}
    assert call(support.conversation_state, **whom) == 0
    assert refused(support.move_conversation, **whom, state=4) == 95016
    assert refused(support.move_conversation, **whom, state=3, userid="WangFang") == 95014
    assert call(support.move_conversation, **whom, state=3, userid="ChenYuqing") == ""
    assert refused(support.send_text, **whom, text="a", msgid="m") == 95018
    code = call(support.move_conversation, **whom, state=4)
    assert call(support.send_on_event, code=code, said=KfText(content="再见"), msgid="bye") == "bye"
    assert refused(support.send_on_event, code=code, said=KfText(content="再见"), msgid="bye2") == 95007


def _account(call):
    async def make(line):
        return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]

    return call(make)


def test_figures_of_members(call, refused, platform):
    platform.befriend(platform.person())
    today = now(platform) - (now(platform) + 8 * 3600) % DAY
    days = call(behaviour.behaviour_of, userids=["ChenYuqing"], begin=today - DAY, end=today)
    assert [one.new_contact_cnt for one in days] == [0, 1]
    assert days[1].reply_percentage is None
    assert refused(behaviour.behaviour_of, userids=["ChenYuqing"], begin=today - 40 * DAY, end=today) == 40058


def test_cards_with_buttons(call, refused):
    ask = {"userids": ["ChenYuqing"], "title": "新客户", "text": "张先生", "buttons": [("take", "接手")]}
    code = call(cards.send_buttons, **ask, task_id="lead-1")
    call(cards.close_buttons, response_code=code, userids=["ChenYuqing"], text="已接手")
    assert refused(cards.close_buttons, response_code=code, userids=["ChenYuqing"], text="已接手") == 42019
    assert refused(cards.send_buttons, **ask, task_id="空 格") == 42014


def test_the_archive(call, platform):
    path = f"corps/{platform.corp_id}/archive"
    for text in ("第一", "第二"):
        platform.ask("POST", path, sender="wm1", to=["ChenYuqing"], kind="text", body={"content": text})
    found = call(archive.pull, after=0)
    assert [one.message["text"] for one in found] == [{"content": "第一"}, {"content": "第二"}]
    assert found[0].msgid.endswith("_external")
    assert [one.seq for one in call(archive.pull, after=found[0].seq)] == [found[1].seq]
    assert "ChenYuqing" in call(archive.members_archived)
