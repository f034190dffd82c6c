"""Callbacks from the platform's stand-in through the real edge into the log, and what follows."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.seal.crypto import seal_message, sign
from cove.engine.channels.wecom import facade as wecom
from cove.engine.channels.wecom.inbound.verify import MAX_BODY
from cove.engine.channels.wecom.models import WecomChannel
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.platform import AES_KEY, TOKEN
from cove.kernel import clock
from cove.kernel.metrics import CALLBACKS

ACCEPTED = "wecom.callback_accepted"


@pytest.fixture
def address(channel, edge, platform):
    """The callback address, saved on the platform, which verifies it."""
    url = f"{edge}/callbacks/wecom/{channel.public_id}"
    end = time.monotonic() + 60
    while httpx.post(url, timeout=60).status_code == 404 and time.monotonic() < end:
        time.sleep(0.02)
    platform.callbacks_to(url)
    return url


def arrived(actor, count: int, seconds: float = 60) -> list[dict]:
    """Wait until `count` callbacks are in the log, and a moment for more; return them."""
    end = time.monotonic() + seconds
    while len(facts_of(actor, ACCEPTED)) < count and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.3)
    return facts_of(actor, ACCEPTED)


def verdicts(reason: str) -> float:
    return CALLBACKS.labels(platform="wecom", verdict=reason)._value.get()


def knock(
    address, xml: str, *, corp: str, key: str = AES_KEY, token: str = TOKEN, at: int | None = None, outer: str = "{}"
):
    """Send one callback of our own making."""
    encrypted = seal_message(key, xml.encode(), corp)
    timestamp, nonce = str(at or int(clock.now().timestamp())), str(time.monotonic_ns())
    query = {"msg_signature": sign(token, timestamp, nonce, encrypted), "timestamp": timestamp, "nonce": nonce}
    body = f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    return httpx.post(address, params=query, content=outer.format(body).encode(), timeout=60)


def event(corp: str, **more: str) -> str:
    fields = {
        "ToUserName": corp,
        "FromUserName": "sys",
        "CreateTime": str(int(clock.now().timestamp())),
        "MsgType": "event",
        "Event": "change_external_contact",
        "ChangeType": "add_external_contact",
        "UserID": "ChenYuqing",
        "ExternalUserID": "wmTest",
    } | more
    return "<xml>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</xml>"


def test_the_address_is_verified_and_that_is_remembered(actor, channel, address):
    end = time.monotonic() + 60
    while not facts_of(actor, "wecom.callback_verified") and time.monotonic() < end:
        time.sleep(0.05)
    settle_all(actor)
    assert WecomChannel.objects.get().verified_at is not None


def test_a_friend_becomes_a_contact_with_owner_and_details_and_is_lost_again(actor, address, platform):
    person = platform.person("周子墨")
    external = platform.befriend(person)
    platform.drained()
    arrived(actor, 1)
    settle_all(actor)
    card = people.contact_by_identity(actor, Identity("wecom_external", external))
    assert card.name == "周子墨"
    (added,) = facts_of(actor, "wecom.friend_added")
    assert added["payload"]["member_name"] == "陈雨晴"
    assert added["payload"]["welcome_code"]
    assert added["chain"]
    platform.part(person)
    platform.drained()
    arrived(actor, 2)
    settle_all(actor)
    (removed,) = facts_of(actor, "wecom.friend_removed")
    assert removed["payload"]["by"] == "customer"


def test_ten_copies_at_once_are_one_contact_and_one_welcome(actor, address, platform):
    person = platform.person()
    platform.fault("add_external_contact", "duplicate", target="callback", count=10)
    external = platform.befriend(person)
    platform.drained()
    assert len(arrived(actor, 1)) == 1
    settle_all(actor)
    assert len(facts_of(actor, "people.contact_admitted")) == 1
    (added,) = facts_of(actor, "wecom.friend_added")
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    for _ in range(10):
        wecom.send_welcome(
            actor,
            contact_id=added["payload"]["contact_id"],
            member_id=member.id,
            member_name=member.name,
            welcome_code=added["payload"]["welcome_code"],
            text="您好",
            event_at=added["at"],
        )
    settle_all(actor)
    assert platform.messages(person) == ["您好"]
    assert people.contact_by_identity(actor, Identity("wecom_external", external))


def test_ten_different_envelopes_of_one_event_count_once(actor, address, platform):
    xml = event(platform.corp_id, ExternalUserID="wmSame", CreateTime=str(int(clock.now().timestamp())))
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: knock(address, xml, corp=platform.corp_id), range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(arrived(actor, 1)) == 1


def test_a_replay_is_answered_and_changes_nothing(actor, address, platform):
    platform.befriend(platform.person())
    platform.drained()
    assert len(arrived(actor, 1)) == 1
    newest = platform.ask("GET", "callbacks?limit=1")["items"][0]
    before = verdicts("replayed")
    again = platform.ask("POST", f"callbacks/{newest['id']}/repeat", count=3)
    assert again == {"sent": 3, "taken": 3}
    assert verdicts("replayed") == before + 3
    assert len(arrived(actor, 1)) == 1


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("forge", 403, "bad_signature"),
        ("truncate", 400, "bad_xml"),
        ("wrong_corp", 403, "wrong_corp"),
        ("oversize", 413, "too_large"),
    ],
)
def test_what_is_spoiled_is_refused_and_changes_nothing(actor, address, platform, kind, status, reason):
    before = verdicts(reason)
    platform.fault("add_external_contact", kind, target="callback", times=3)
    platform.befriend(platform.person())
    platform.drained()
    tries = platform.ask("GET", "callbacks?limit=1")["items"][0]["attempts"]
    assert {one["status"] for one in tries} == {status}
    assert verdicts(reason) == before + len(tries)
    assert arrived(actor, 0, 0.1) == []
    platform.ask("DELETE", "faults")


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        ({"at": 1_409_659_813}, 403, "stale"),
        ({"token": "another"}, 403, "bad_signature"),
        ({"key": "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws"}, 400, "bad_cipher"),
        ({"corp": "ww0000000000000000"}, 403, "wrong_corp"),
        ({"outer": '<!DOCTYPE a [<!ENTITY b "c">]>{}'}, 400, "bad_xml"),
        ({"outer": "<xml><Encrypt></Encrypt></xml><!--{}-->"}, 400, "not_encrypted"),
        ({"outer": "<xml><AgentID>99</AgentID>{}</xml>"}, 400, "not_encrypted"),
    ],
    ids=["stale", "token", "key", "corp", "entity", "empty", "nested"],
)
def test_what_is_not_for_us_is_refused(actor, address, platform, arguments, status, reason):
    before = verdicts(reason)
    answer = knock(address, event(platform.corp_id), **({"corp": platform.corp_id} | arguments))
    assert (answer.status_code, answer.text) == (status, "refused")
    assert verdicts(reason) == before + 1
    assert arrived(actor, 0, 0.1) == []


def test_strangers_learn_nothing(address, edge):
    assert httpx.post(f"{edge}/callbacks/wecom/nobody", timeout=60).status_code == 404
    assert httpx.post(f"{edge}/callbacks/other", timeout=60).status_code == 404
    assert httpx.get(address, timeout=60).status_code == 400
    assert httpx.delete(address, timeout=60).status_code == 405
    assert httpx.post(address, content=b"x" * (MAX_BODY + 1), timeout=60).status_code == 413


def test_unknown_events_are_taken_and_lead_to_nothing(actor, address, platform):
    assert knock(address, event(platform.corp_id, Event="not_yet_invented"), corp=platform.corp_id).text == "success"
    arrived(actor, 1)
    settle_all(actor)
    assert facts_of(actor, "wecom.friend_added") == []
    assert WecomChannel.objects.get().last_callback_at is not None


def test_the_friend_of_a_member_we_do_not_know_is_not_lost(actor, address, platform):
    platform.befriend(platform.person(), "WangFang")
    platform.drained()
    arrived(actor, 1)
    settle_all(actor)
    (added,) = facts_of(actor, "wecom.friend_added")
    assert added["payload"]["member_name"] == "王芳"


def test_the_friend_of_a_member_whom_the_platform_hides_is_not_lost(actor, address, platform):
    platform.fault("user/get", "errcode", errcode=60011)
    platform.befriend(platform.person(), "WangFang")
    platform.drained()
    arrived(actor, 1)
    settle_all(actor)
    (added,) = facts_of(actor, "wecom.friend_added")
    assert added["payload"]["member_name"] == "WangFang"


def test_an_end_that_overtakes_its_beginning_is_told_after_it(actor, address, platform):
    now = int(clock.now().timestamp())
    end = event(platform.corp_id, ChangeType="del_follow_user", CreateTime=str(now), ExternalUserID="wmOver")
    begin = event(platform.corp_id, CreateTime=str(now - 5), ExternalUserID="wmOver")
    for number, xml in enumerate((end, begin), 1):
        assert knock(address, xml, corp=platform.corp_id).status_code == 200
        arrived(actor, number)
        settle_all(actor)
    kinds = [row["kind"] for row in facts_of(actor) if row["kind"].startswith("wecom.friend_")]
    assert kinds == ["wecom.friend_added", "wecom.friend_removed"]
    card = people.contact_by_identity(actor, Identity("wecom_external", "wmOver"))
    from cove.directory.people.models import Ownership

    assert Ownership.objects.get(contact_id=card.id).until is not None


def test_half_then_whole_is_one_friendship(actor, address, platform):
    person = platform.person()
    platform.befriend(person, half=True)
    platform.drained()
    arrived(actor, 1)
    settle_all(actor)
    platform.befriend(person)
    platform.drained()
    arrived(actor, 1)
    settle_all(actor)
    assert len(facts_of(actor, "wecom.friend_added")) == 1
    assert facts_of(actor, "wecom.friend_confirmed") == []


def told(actor, address, platform, number: int, **fields: str) -> None:
    """Let the platform tell an event of the directory or the tag library, and everything that follows from it happen."""
    base = {"FromUserName": "sys", "UserID": "", "ExternalUserID": "", "CreateTime": str(int(clock.now().timestamp()))}
    assert knock(address, event(platform.corp_id, **(base | fields)), corp=platform.corp_id).status_code == 200
    arrived(actor, number)
    settle_all(actor)


def test_tags_of_the_platform_are_kept_in_step(actor, address, platform):
    from cove.engine.channels.wecom.models import WecomTag
    from cove.engine.channels.wecom.tests.platform import add_tags

    group = add_tags(actor, "级别", ["重要", "一般"])
    told(
        actor,
        address,
        platform,
        1,
        Event="change_external_tag",
        ChangeType="create",
        Id=group.group_id,
        TagType="tag_group",
    )
    assert WecomTag.objects.count() == 2
    told(
        actor, address, platform, 2, Event="change_external_tag", ChangeType="delete", Id=group.tag[0].id, TagType="tag"
    )
    assert WecomTag.objects.count() == 1


async def test_what_cannot_be_kept_is_not_promised(databases, monkeypatch):
    from cove.edge import mirror, spool
    from cove.edge.callbacks.requests import Knock
    from cove.edge.callbacks.wecom import answer
    from cove.edge.mirror import Signpost
    from cove.kernel.secrets import seal_secret

    document = {
        "channel_id": 1,
        "corp_id": "ww1",
        "agent_id": "",
        "token": seal_secret(TOKEN),
        "aes_key": seal_secret(AES_KEY),
    }
    monkeypatch.setattr(mirror, "signpost", lambda kind, key: Signpost(kind, key, 1, document))
    monkeypatch.setattr(spool, "submit_frame", _disk_full)
    sealed = seal_message(AES_KEY, event("ww1").encode(), "ww1")
    at = str(int(clock.now().timestamp()))
    query = f"msg_signature={sign(TOKEN, at, 'n', sealed)}&timestamp={at}&nonce=n"

    async def receive():
        return {"type": "http.request", "body": f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()}

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/callbacks/wecom/x",
        "query_string": query.encode(),
        "headers": [],
        "server": ("cove.test", 80),
        "scheme": "http",
    }
    assert (await answer(Knock(scope, receive))).status == 503


def _disk_full(_frame):
    from cove.edge.spool import SpoolUnavailableError

    raise SpoolUnavailableError("disk full")
