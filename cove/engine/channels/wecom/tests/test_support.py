"""WeChat customer service: what is written becomes facts once, and answers keep to what the platform allows."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom import facade
from cove.engine.channels.wecom.models import WecomKfAccount, WecomKfTalk
from cove.engine.channels.wecom.outbound.performing import open_line
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.facts.wecom import CallbackAccepted


@pytest.fixture
def account(actor, channel):
    async def make():
        async with httpx.AsyncClient(timeout=60) as http:
            line = await open_line(actor.tenant_id, http)
            return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]

    return asyncio.run(make())


@pytest.fixture
def news(actor, channel, account):
    def tell(token=""):
        event = {"Event": "kf_msg_or_event", "OpenKfId": account, "Token": token}
        hear(CallbackAccepted(channel_id=channel.id, event=event))
        settle_all(actor)

    return tell


def texts(actor):
    return [row["payload"]["text"] for row in facts_of(actor, "messages.message_received")]


def test_what_is_written_is_heard_once_and_in_order(actor, platform, account, news):
    path = f"kf/{account}/persons/{platform.person()}"
    for text in ("在吗", "几点开门"):
        platform.ask("POST", path, act="write", text=text)
    news(token="has ended")
    news()
    assert texts(actor) == ["在吗", "几点开门"]
    platform.ask("POST", path, act="answer", userid="ChenYuqing", text="九点")
    platform.ask("POST", path, act="write", text="谢谢")
    news()
    assert texts(actor) == ["在吗", "几点开门", "谢谢"]
    (answered,) = facts_of(actor, "messages.message_sent")
    assert answered["payload"]["member_id"] is not None
    talk = WecomKfTalk.objects.get()
    contact = people.contact_by_identity(actor, Identity("wecom_external", talk.external_userid))
    assert contact.name == "林晓雨"
    assert WecomKfAccount.objects.get().cursor


def test_five_answers_and_no_more_until_he_writes_again(actor, platform, account, news):
    person = platform.person()
    path = f"kf/{account}/persons/{person}"
    platform.ask("POST", path, act="write", text="在吗")
    news()
    talk = WecomKfTalk.objects.get()
    whom = {"open_kfid": account, "external_userid": talk.external_userid}
    for number in range(6):
        assert facade.answer_customer(actor, key=f"a{number}", **whom, text=f"第 {number}")
    assert not facade.answer_customer(actor, key="a0", **whom, text="第 0")
    settle_all(actor)
    assert len(platform.calls("kf/send_msg")) == 5
    (failed,) = facts_of(actor, "messages.message_failed")
    assert failed["payload"]["reason"] == "answered_enough"
    platform.ask("POST", path, act="write", text="继续")
    news()
    facade.answer_customer(actor, key="again", **whom, text="好的")
    settle_all(actor)
    assert len(facts_of(actor, "messages.message_sent")) == 6
    said = [row["body"]["content"] for row in platform.ask("GET", path)["items"]]
    assert said == ["在吗", *(f"第 {number}" for number in range(5)), "继续", "好的"]


def test_whoever_never_wrote_is_not_written_to(actor, platform, account):
    facade.answer_customer(actor, key="a", open_kfid=account, external_userid="wmNobody", text="您好")
    settle_all(actor)
    assert platform.calls("kf/send_msg") == []
    assert [row["payload"]["reason"] for row in facts_of(actor, "messages.message_failed")] == ["talk_over"]
