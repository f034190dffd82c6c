"""The archive of conversations, and who serves the accounts of customer service."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.org import facade as org
from cove.engine.channels.wecom.client import support
from cove.engine.channels.wecom.commands.archive import keep_archive, pull_archive, take_over_archive
from cove.engine.channels.wecom.contracts.tasks import ArchivedMessage
from cove.engine.channels.wecom.models import WecomChannel, WecomKfAccount, WecomRelation
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.test_sync import synced

ACCOUNTS = "/api/channels/wecom/kf-accounts"


@pytest.fixture
def write(platform):
    """Give a function that puts a message of the archive there."""

    def put(sender, to, kind="text", **body):
        path = f"corps/{platform.corp_id}/archive"
        platform.ask("POST", path, sender=sender, to=[to], kind=kind, body=body)

    return put


def pulled(actor):
    from cove.engine.channels.delivery.models import Delivery

    Delivery.objects.filter(kind="wecom.pull_archive").delete()
    asked = pull_archive(actor)
    settle_all(actor)
    return asked


def told(actor):
    kinds = ("messages.message_received", "messages.message_sent")
    return [(row["kind"], row["payload"].get("text")) for row in facts_of(actor) if row["kind"] in kinds]


def test_conversations_are_told_once_and_only_of_those_who_agree(actor, platform, friends, write):
    ((contact, _, external),) = friends(1)
    write(external, "ChenYuqing", content="你们几点开门？")
    assert not pulled(actor), "it is switched off"
    keep_archive(actor, on=True)
    write("ChenYuqing", external, content="九点")
    write("wmStranger", "ChenYuqing", content="不认识")
    assert pulled(actor)
    heard = [("messages.message_received", "你们几点开门？"), ("messages.message_sent", "九点")]
    assert told(actor) == heard
    assert {row["payload"]["contact_id"] for row in facts_of(actor, "messages.message_received")} == {contact}
    assert WecomChannel.objects.get().archive_seq > 0
    pulled(actor)
    assert told(actor) == heard
    write(external, "ChenYuqing", kind="disagree", userid=external)
    write(external, "ChenYuqing", content="请不要存档")
    pulled(actor)
    assert told(actor) == heard
    assert WecomRelation.objects.get(external_userid=external).archive_refused
    write(external, "ChenYuqing", kind="agree", userid=external)
    write(external, "ChenYuqing", kind="image", md5sum="x")
    pulled(actor)
    assert told(actor) == [*heard, ("messages.message_received", "")]


def test_a_page_asks_as_often_for_thirty_messages_as_for_one(actor, channel, friends):
    made = friends(3)
    keep_archive(actor, on=True)
    asked, after = [], 0
    for many in (1, 30):
        page = [
            ArchivedMessage(
                seq=after + number + 1,
                msgid=f"{many}:{number}",
                message={
                    "action": "send",
                    "from": made[number % 3][2],
                    "tolist": ["chenYUQING"],
                    "msgtype": "text",
                    "msgtime": 1_795_000_000_000 + number,
                    "text": {"content": "在吗"},
                },
            )
            for number in range(many)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert take_over_archive(actor, after=after, messages=page) == many
        asked.append(len(queries))
        after = page[-1].seq
    assert asked[0] == asked[1]
    assert len(told(actor)) == 31


def test_the_archive_is_switched_over_the_api(browser_client, channel):
    path = "/api/channels/wecom/archive"
    assert browser_client.get(path).json() == {"on": False, "read_at": None}
    answer = browser_client.put(path, {"on": True}, content_type="application/json")
    assert (answer.status_code, answer.json()["on"]) == (200, True)
    assert WecomChannel.objects.get().archive


def test_accounts_and_who_serves_them_follow_the_platform_and_change_there(browser_client, actor, channel, call):
    async def make(line):
        return (await line.post("kf/account/add", {"name": "售后客服"}))["open_kfid"]

    open_kfid = call(make)
    call(support.add_servicers, open_kfid, ["WangFang"])
    synced(actor)
    (account,) = browser_client.get(ACCOUNTS).json()
    assert (account["name"], [one["name"] for one in account["servicers"]]) == ("售后客服", ["王芳"])
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    path = f"{ACCOUNTS}/{account['id']}"
    answer = browser_client.put(path, {"member_ids": [member.id]}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    settle_all(actor)
    assert [one.userid for one in call(support.list_servicers, open_kfid)] == ["ChenYuqing"]
    assert WecomKfAccount.objects.get().servicers == ["ChenYuqing"]


def test_whoever_has_no_account_at_wecom_cannot_serve(browser_client, actor, channel, administrator):
    account = WecomKfAccount.objects.create(open_kfid="wk1", name="客服")
    body = {"member_ids": [administrator.id]}
    answer = browser_client.put(f"{ACCOUNTS}/{account.id}", body, content_type="application/json")
    assert answer.status_code == 422
    assert "member_ids" in str(answer.json())
