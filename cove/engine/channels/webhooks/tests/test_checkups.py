"""What the doctor says of webhooks: who hears, who fails, what was given up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.engine.channels.webhooks.checkups import calls_are_heard, none_is_off, none_was_given_up, who_hears
from cove.engine.channels.webhooks.commands.calls import end_call, note_reply
from cove.engine.channels.webhooks.contracts import Reply
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.kernel import clock


@pytest.fixture
def hook(actor):
    return Webhook.objects.create(
        name="CRM",
        url="https://crm.example/hook",
        kinds=["people.contact_admitted"],
        secret="s",
        created_at=clock.now(),
    )


def tried(actor, hook, position, reply, *, gone=False):
    row = Call.objects.create(webhook=hook, position=position, kind="people.contact_admitted", created_at=clock.now())
    note_reply(actor, call_id=row.id, reply=reply, gone=gone)
    return row


def test_whoever_was_never_called_says_nothing(actor, hook):
    assert [one.usable for one in who_hears(actor)] == [None]
    tried(actor, hook, 1, Reply(200, "ok", 12))
    assert [one.usable for one in who_hears(actor)] == [True]
    assert calls_are_heard(actor) == none_is_off(actor) == none_was_given_up(actor) == []


@pytest.mark.parametrize(
    ("reply", "words", "remedy"),
    [
        (Reply(500, "oops", 12), "接收端程序出错（500）", "日志"),
        (Reply(302, "", 12), "跳转", "最终地址"),
        (Reply(401, "", 12), "签名", "签名密钥"),
        (Reply(404, "", 12), "没有接收推送的程序（404）", "路径"),
        (Reply(429, "", 12), "频率", "频率"),
        (Reply(418, "", 12), "对方返回 418", "推送记录"),
        (Reply(None, "", 12, trouble="name_unknown"), "找不到", "DNS"),
        (Reply(None, "", 12, trouble="tls_failed"), "证书", "自签名"),
        (Reply(None, "", 12, trouble="unreachable"), "无法连接", "防火墙"),
        (Reply(None, "", 12, trouble="no_answer"), "没有应答", "10 秒"),
        (Reply(None, "", 12, trouble="address_not_public"), "内网", "放行"),
    ],
)
def test_three_failures_in_a_row_are_no_accident(actor, hook, reply, words, remedy):
    tried(actor, hook, 1, reply)
    tried(actor, hook, 2, reply)
    assert calls_are_heard(actor) == []
    tried(actor, hook, 3, reply)
    [finding] = calls_are_heard(actor)
    assert (finding.level, words in finding.words.zh, remedy in finding.remedy.zh) == ("broken", True, True)
    [ability] = who_hears(actor)
    assert (ability.usable, words in ability.trouble.zh, remedy in ability.remedy.zh) == (False, True, True)


def test_a_test_that_was_heard_does_not_hide_why_the_others_were_not(actor, hook):
    for position in (1, 2, 3):
        tried(actor, hook, position, Reply(401, "", 12))
    tried(actor, hook, None, Reply(200, "ok", 12))
    [finding] = calls_are_heard(actor)
    assert "401" in finding.words.zh
    assert [one.usable for one in who_hears(actor)] == [True]


def test_one_that_was_switched_off_says_why(actor, hook):
    tried(actor, hook, 1, Reply(410, "", 12), gone=True)
    [finding] = none_is_off(actor)
    assert (finding.level, "410" in finding.words.zh) == ("broken", True)
    [ability] = who_hears(actor)
    assert (ability.usable, "410" in ability.trouble.zh) == (False, True)


def test_what_was_given_up_is_counted(actor, hook):
    for position in (1, 2):
        end_call(
            actor, call_id=tried(actor, hook, position, Reply(500, "", 1)).id, delivered=False, reason="http_error"
        )
    # The last try was just now, though the fact is of the day before yesterday.
    Call.objects.update(created_at=clock.now() - timedelta(days=2))
    [finding] = none_was_given_up(actor)
    assert (finding.level, " 2 " in finding.words.zh) == ("warning", True)
