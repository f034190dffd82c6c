"""What is set up wrongly is named in plain words with what to do about it: each mistake made at the platform's stand-in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from cove.engine.channels.wechat import checkups, queries
from cove.engine.channels.wechat.client.checks import run_checks
from cove.engine.channels.wechat.models import WechatAccount
from cove.engine.channels.wechat.tests.test_sync import synced
from cove.engine.channels.wecom.tests.driving import hear, settle_all
from cove.facts.wechat import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel import clock


def said(findings):
    """Level, words and remedy of the only finding."""
    (one,) = findings
    return one.level, one.words.zh, one.remedy.zh


def heard(actor, fact):
    """A fact of the door, and what follows from it."""
    hear(fact)
    settle_all(actor)


def test_an_account_in_order_has_nothing_wrong(actor, account, weixin):
    weixin.act(weixin.person(), "follow")
    synced(actor, account)
    heard(actor, CallbackVerified(account_id=account.id))
    for check in (
        checkups.calls_work,
        checkups.clock_is_right,
        checkups.callbacks_arrive,
        checkups.callbacks_are_taken,
        checkups.accounts_are_in_step,
    ):
        assert check(actor) == []
    can = {one.key.partition(":")[2]: one.usable for one in checkups.what_accounts_can(actor)}
    assert can == dict.fromkeys(
        ("token", "followers", "tags", "menus", "drafts", "pages", "templates", "subscriptions", "callback"), True
    )


@pytest.mark.parametrize(
    ("errcode", "level", "words", "remedy"),
    [
        (40001, "broken", "AppSecret 不正确（40125）", "核对 AppSecret"),
        (40013, "broken", "AppID 不正确（40013）", "核对 AppID"),
        (40164, "broken", "IP 白名单", "加入本服务器的出口 IP"),
        (-1, "warning", "平台繁忙", "自动重试"),
    ],
)
def test_what_keeps_us_out_is_said_once(actor, account, weixin, errcode, level, words, remedy):
    weixin.fault("cgi-bin/stable_token", "errcode", errcode=errcode)
    found, what, then = said(checkups.calls_work(actor))
    assert (found, words in what, remedy in then) == (level, True, True)
    assert "云岫家居" in what


def test_a_secret_that_was_changed_there_is_a_wrong_secret(actor, account, weixin):
    weixin.ask("PATCH", f"weixin/apps/{weixin.app_id}", secret="0" * 32)
    level, what, then = said(checkups.calls_work(actor))
    assert (level, "AppSecret 不正确" in what, "AppSecret" in then) == ("broken", True, True)


@pytest.mark.parametrize(
    ("path", "key", "level"),
    [
        ("cgi-bin/user/get", "followers", "broken"),
        ("cgi-bin/tags/get", "tags", "warning"),
        ("cgi-bin/menu/get", "menus", "warning"),
        ("cgi-bin/draft/batchget", "drafts", "warning"),
        ("cgi-bin/ticket/getticket", "pages", "warning"),
        ("cgi-bin/template/get_all_private_template", "templates", "warning"),
        ("wxaapi/newtmpl/gettemplate", "subscriptions", "warning"),
    ],
)
def test_a_missing_right_is_named(actor, account, weixin, path, key, level):
    weixin.fault(path, "errcode", errcode=48001, times=2)
    (finding,) = checkups.calls_work(actor)
    assert (finding.key, finding.level) == (f"{account.id}:{key}", level)
    assert "没有该接口的权限（48001）" in finding.words.zh
    assert "接口权限" in finding.remedy.zh
    (unusable,) = [
        one for one in checkups.what_accounts_can(actor) if one.usable is False and "callback" not in one.key
    ]
    assert unusable.key == f"{account.id}:{key}"


def test_a_platform_that_does_not_answer_is_told_from_one_that_refuses(actor, account, weixin):
    weixin.fault("cgi-bin/stable_token", "http", times=2)
    level, what, _ = said(checkups.calls_work(actor))
    assert (level, "无法连接微信" in what) == ("warning", True)
    assert next(one.usable for one in checkups.what_accounts_can(actor) if one.key.endswith(":token")) is None
    type(account).objects.update(base_url="http://127.0.0.1:9")
    level, _, then = said(checkups.calls_work(actor))
    assert (level, "127.0.0.1:9" in then) == ("broken", True)


def test_a_clock_that_is_off_is_noticed(actor, account):
    with clock.shifted(timedelta(minutes=7)):
        level, what, then = said(checkups.clock_is_right(actor))
    assert (level, what, "时间同步" in then) == ("broken", "服务器时间不准", True)


def test_callbacks_that_were_never_verified_or_fell_silent(actor, account):
    level, what, then = said(checkups.callbacks_arrive(actor))
    assert (level, "回调" in what, "服务器配置" in then) == ("broken", True, True)
    heard(actor, CallbackVerified(account_id=account.id))
    assert checkups.callbacks_arrive(actor) == []
    with clock.shifted(timedelta(days=8)):
        assert len(checkups.callbacks_arrive(actor)) == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("bad_signature", "Token"),
        ("bad_cipher", "EncodingAESKey"),
        ("wrong_app", "AppID"),
        ("stale", "服务器时间"),
        ("not_encrypted", "安全模式"),
    ],
)
def test_a_callback_that_could_not_be_taken_says_what_to_compare(actor, account, reason, words):
    heard(actor, CallbackRefused(account_id=account.id, reason=reason))
    (finding,) = checkups.callbacks_are_taken(actor)
    assert (finding.level, words in finding.words.zh) == ("broken", True)
    event = {"MsgType": "event", "Event": "MASSSENDJOBFINISH", "FromUserName": "gh_1"}
    heard(actor, CallbackAccepted(account_id=account.id, event=event))
    assert checkups.callbacks_are_taken(actor)[0].level == "warning"
    with clock.shifted(timedelta(days=2)):
        WechatAccount.objects.update(last_callback_at=clock.now())
        assert checkups.callbacks_are_taken(actor) == []


def test_what_was_not_read_for_long_is_a_warning(actor, account):
    assert "尚未同步" in said(checkups.accounts_are_in_step(actor))[1]
    synced(actor, account)
    with clock.shifted(timedelta(days=9)):
        assert "9 天" in said(checkups.accounts_are_in_step(actor))[1]


def test_a_mini_program_is_asked_only_what_it_can_do(actor, program):
    asked = asyncio.run(run_checks(queries.credentials(actor, program.id), program))
    assert [(one.key, one.remedy) for one in asked] == [("token", None), ("subscriptions", None)]
    assert checkups.callbacks_arrive(actor) == checkups.accounts_are_in_step(actor) == []
