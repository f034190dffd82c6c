"""What callbacks did not tell is told by the platform's lists, once."""

from __future__ import annotations

import asyncio

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wechat import facade
from cove.engine.channels.wechat.commands.sync import schedule_sync
from cove.engine.channels.wechat.contracts.cards import TemplateNotice
from cove.engine.channels.wechat.errors import CodeRefused
from cove.engine.channels.wechat.models import WechatFollower, WechatTemplate
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.kernel.jobs.job import run_job


def synced(actor, account) -> str:
    row = schedule_sync(actor, account_id=account.id)
    run_job(actor.tenant_id, row.id)
    row.refresh_from_db()
    assert row.state == "done", row.message
    return row.message


def test_lost_callbacks_heal_once(actor, account, weixin):
    crowd = [weixin.person() for _ in range(3)]
    openids = [weixin.act(person, "follow") for person in crowd]
    weixin.template("template", "订单通知", "订单{{thing1.DATA}}")
    assert "新增 3 人" in synced(actor, account)
    followed = facts_of(actor, "wechat.account_followed")
    assert [one["payload"]["told_late"] for one in followed] == [True] * 3
    assert "新增 0 人" in synced(actor, account)
    weixin.act(crowd[0], "unfollow")
    assert "取消关注 1 人" in synced(actor, account)
    assert len(facts_of(actor, "wechat.account_unfollowed")) == 1
    assert WechatFollower.objects.get(openid=openids[0]).following is False
    assert WechatTemplate.objects.get().title == "订单通知"


def test_a_template_message_is_told_when_it_arrives(actor, account, weixin):
    person = weixin.person()
    openid = weixin.act(person, "follow")
    template_id = weixin.template("template", "订单通知", "订单{{thing1.DATA}}")
    synced(actor, account)
    contact_id = people.number_by_identity(actor, Identity("wechat_openid", openid))
    notice = TemplateNotice(template_id, {"thing1": "沙发"}, cause="campaign:1", subject="订单通知")
    said = {"contact_id": contact_id, "account_id": account.id, "notice": notice}
    assert facade.send_template(actor, **said, key="once") is True
    assert facade.send_template(actor, **said, key="once") is False
    settle_all(actor)
    assert len(weixin.chat(person)) == 1
    (sent,) = facts_of(actor, "messages.message_sent")
    assert (sent["payload"]["cause"], sent["payload"]["channel"]) == ("campaign:1", "official_account")


def test_a_mini_program_knows_who_comes_and_his_phone(actor, program, mini):
    person = mini.person()
    known, _ = people.admit_contact(actor, identity=Identity("unionid", mini.unionid(person)), source="wecom")
    login = mini.code(person, "login")
    card = asyncio.run(facade.mini_session(actor, account_id=program.id, code=login))
    assert card.contact_id == known.id
    assert len(facts_of(actor, "wechat.mini_program_opened")) == 1
    asyncio.run(facade.mini_session(actor, account_id=program.id, code=mini.code(person, "login")))
    assert len(facts_of(actor, "wechat.mini_program_opened")) == 1
    code = mini.code(person, "phone", phone="13800001111")
    asyncio.run(facade.mini_phone(actor, account_id=program.id, openid=card.openid, code=code))
    assert people.number_by_identity(actor, Identity("phone", "13800001111")) == known.id
    with pytest.raises(CodeRefused):
        asyncio.run(facade.mini_session(actor, account_id=program.id, code=login))
