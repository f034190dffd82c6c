"""Each call of the client against the stand-in of the platform, over the wire. Shapes: the platform's documents, as named in `client`."""

from __future__ import annotations

import time

from cove.engine.channels.wecom.client import (
    group_welcomes,
    groups,
    mass,
    media,
    moments,
    transfers,
)
from cove.engine.channels.wecom.client.media import Upload
from cove.engine.channels.wecom.contracts.contents import Content, Link, Picture
from cove.engine.channels.wecom.errors import WeComError

PICTURE = Upload("门店.png", "image/png", b"\x89PNG" + bytes(100))
DAY = 86400


def make_group(platform, *persons, name="春季团购群", owner="ChenYuqing"):
    path = f"corps/{platform.corp_id}/groups"
    return platform.ask("POST", path, owner=owner, name=name, persons=list(persons))["chat_id"]


def now(platform):
    return platform.ask("GET", "clock")["now"]


def test_groups(call, refused, platform):
    person = platform.person()
    chat_id = make_group(platform, person)
    (entry,) = call(groups.list_groups, owners=["ChenYuqing"])
    assert (entry.chat_id, entry.status) == (chat_id, 0)
    assert call(groups.list_groups, owners=["WangFang"]) == []
    found = call(groups.get_group, chat_id)
    assert [(one.type, one.name) for one in found.member_list] == [(1, "陈雨晴"), (2, "林晓雨")]
    assert found.member_list[1].userid.startswith("wm")
    assert found.member_list[1].invitor.userid == "ChenYuqing"
    assert call(groups.chat_id_of, f"og{chat_id}") == chat_id
    assert refused(groups.chat_id_of, "ogOther") == 90511
    today = now(platform) - (now(platform) + 8 * 3600) % DAY
    (owner,) = call(groups.figures_by_owner, owners=["ChenYuqing"], begin=today, end=today + DAY)
    assert (owner.owner, owner.data.chat_total, owner.data.member_total) == ("ChenYuqing", 1, 2)
    days = call(groups.figures_by_day, owners=["ChenYuqing"], begin=today - DAY, end=today + DAY)
    assert [one.data.new_chat_cnt for one in days] == [0, 1]


def test_codes_that_lead_into_groups(call, refused, platform):
    chat_id = make_group(platform)
    way = call(
        groups.add_join_way, chat_ids=[chat_id], state="gc_1", remark="展会", new_groups="展会群", first_number=2
    )
    assert way.qr_code
    assert (way.state, way.auto_create_room, way.room_base_name, way.room_base_id) == ("gc_1", 1, "展会群", 2)
    call(groups.update_join_way, way.config_id, chat_ids=[chat_id], state="gc_2")
    way = call(groups.get_join_way, way.config_id)
    assert (way.state, way.auto_create_room) == ("gc_2", 0)
    person = platform.person()
    joined = platform.ask("POST", f"persons/{person}/group-codes", config_id=way.config_id)
    assert joined["member_list"][-1]["state"] == "gc_2"
    assert refused(groups.add_join_way, chat_ids=["wrNone"], state="") == 40050
    assert refused(groups.add_join_way, chat_ids=[chat_id] * 6, state="") == 41091
    call(groups.delete_join_way, way.config_id)
    assert refused(groups.get_join_way, way.config_id) == 41044


def test_a_full_code_makes_the_next_group(call, platform):
    chat_id = make_group(platform)
    way = call(groups.add_join_way, chat_ids=[chat_id], state="", new_groups="团购群", first_number=7)
    platform.ask("PUT", "settings/group_room", value="1")
    try:
        joined = platform.ask("POST", f"persons/{platform.person()}/group-codes", config_id=way.config_id)
    finally:
        platform.ask("PUT", "settings/group_room", value="500")
    assert joined["name"] == "团购群7"
    after = call(groups.get_join_way, way.config_id)
    assert (after.chat_id_list, after.room_base_id) == ([chat_id, joined["chat_id"]], 8)


def test_group_welcomes(call, refused):
    content = Content(text="欢迎 %NICKNAME%", attachments=(Link(title="店铺", url="https://shop.example/"),))
    made = call(group_welcomes.add_group_welcome, content, {}, tell_owners=True)
    assert call(group_welcomes.get_group_welcome, made)["link"]["title"] == "店铺"
    call(group_welcomes.edit_group_welcome, made, Content(text="你好"), {})
    assert call(group_welcomes.get_group_welcome, made)["text"] == {"content": "你好"}
    call(group_welcomes.delete_group_welcome, made)
    assert refused(group_welcomes.get_group_welcome, made) == 41056
    assert refused(group_welcomes.add_group_welcome, Content(text="长" * 1001), {}, tell_owners=False) == 45002


def test_media_live_three_days(call, refused, platform):
    media_id, until = call(media.upload_media, "image", PICTURE)
    assert abs(until.timestamp() - now(platform) - 3 * DAY) < 20
    assert call(media.download_media, media_id) == PICTURE.content
    assert call(media.upload_picture, PICTURE).startswith("http")
    other, _ = call(media.upload_media, "image", PICTURE, purpose=media.MOMENT)
    assert other != media_id
    assert refused(media.download_media, "nothing") == 40007
    assert refused(media.upload_media, "image", Upload("x.png", "image/png", b"12")) == 40006
    platform.ask("POST", "clock", advance_seconds=3 * DAY + 1)
    try:
        assert refused(media.download_media, media_id) == 40007
    finally:
        platform.ask("POST", "clock", offset_seconds=0)


def test_a_picture_of_messages_is_none_of_moments(call, refused, platform):
    platform.befriend(platform.person())
    media_id, _ = call(media.upload_media, "image", PICTURE)
    body = Content(attachments=(Picture(file_id=1),)).body({1: media_id})
    assert refused(moments.add_moment, body=body) == 40007


def test_mass_messages(call, refused, platform):
    first, second = platform.person("甲"), platform.person("乙")
    known = platform.befriend(first)
    platform.befriend(second, "WangFang")
    body = Content(text="春季新品").body({})
    platform.ask("PUT", "settings/mass_dispatch", value="3600")
    try:
        made = call(mass.add_task, chat_type="single", body=body, external_userids=[known, "wmGone"])
        assert made.fail_list == ["wmGone"]
        assert refused(mass.list_members, made.msgid) == mass.STILL_DISPATCHING
    finally:
        platform.ask("PUT", "settings/mass_dispatch", value="0.5")
    _patiently(lambda: call(mass.list_members, made.msgid))
    (member,) = call(mass.list_members, made.msgid)
    assert (member.userid, member.status) == ("ChenYuqing", 0)
    assert platform.messages(first) == []
    assert platform.ask("POST", f"mass/{made.msgid}/members/ChenYuqing") == {"sent": 1, "failed": 0}
    assert platform.messages(first) == ["春季新品"]
    (sent,) = call(mass.results, made.msgid, "ChenYuqing")
    assert (sent.external_userid, sent.status) == (known, mass.SENT)
    assert call(mass.list_members, made.msgid)[0].status == mass.MEMBER_SENT
    for _ in range(3):
        call(mass.remind, made.msgid)
    assert refused(mass.remind, made.msgid) == 41094
    call(mass.cancel, made.msgid)
    assert refused(mass.cancel, made.msgid) == mass.CANCELLED
    nobody = {"chat_type": "single", "body": body, "external_userids": ["wmGone"]}
    assert refused(mass.add_task, **nobody) == mass.NOBODY_TO_SEND_TO


def _patiently(ask):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            return ask()
        except WeComError as error:
            if error.errcode != mass.STILL_DISPATCHING:
                raise
            time.sleep(0.05)
    raise AssertionError("still dispatching")


def test_a_customer_gets_no_more_than_the_most_of_a_month(call, platform):
    person = platform.person()
    known = platform.befriend(person)
    platform.ask("PUT", "settings/mass_a_month", value="1")
    try:
        for expected in (mass.SENT, mass.HAD_THE_MOST):
            made = call(mass.add_task, chat_type="single", body=Content(text="a").body({}), external_userids=[known])
            platform.ask("POST", f"mass/{made.msgid}/members/ChenYuqing")
            (found,) = _patiently(lambda msgid=made.msgid: call(mass.results, msgid, "ChenYuqing"))
            assert found.status == expected
    finally:
        platform.ask("PUT", "settings/mass_a_month", value="31")


def test_mass_messages_to_groups(call, platform):
    chat_id = make_group(platform, platform.person())
    made = call(mass.add_task, chat_type="group", body=Content(text="团购开始").body({}), sender="ChenYuqing")
    platform.ask("POST", f"mass/{made.msgid}/members/ChenYuqing")
    (sent,) = _patiently(lambda: call(mass.results, made.msgid, "ChenYuqing"))
    assert (sent.chat_id, sent.status) == (chat_id, mass.SENT)


def test_moments(call, refused, platform):
    person = platform.person()
    external = platform.befriend(person)
    media_id, _ = call(media.upload_media, "image", PICTURE, purpose=media.MOMENT)
    body = Content(text="新店开业", attachments=(Picture(file_id=1),)).body({1: media_id})
    jobid = call(moments.add_moment, body=body, userids=["ChenYuqing"])
    job = call(moments.moment_job, jobid)
    moment_id = job.result.moment_id
    assert (job.status, job.result.errcode) == (moments.DONE, 0)
    assert [(one.userid, one.publish_status) for one in call(moments.list_members, moment_id)] == [("ChenYuqing", 0)]
    assert refused(moments.reactions, moment_id, "ChenYuqing") == 41062
    path = f"moments/{moment_id}/members/ChenYuqing"
    platform.ask("POST", path)
    platform.ask("POST", f"{path}/reactions", person=person, kind="like")
    assert [one.external_userid for one in call(moments.reactions, moment_id, "ChenYuqing").like_list] == [external]
    assert call(moments.list_members, moment_id)[0].publish_status == 1
    call(moments.cancel_moment, moment_id)
    assert refused(moments.cancel_moment, "momNone") == 41060


def test_transfers_in_office(call, refused, platform):
    first, second = platform.person("甲"), platform.person("乙")
    goes, refuses = platform.befriend(first), platform.befriend(second)
    ask = {"from_userid": "ChenYuqing", "to_userid": "WangFang", "resigned": False}
    answers = call(transfers.transfer_customers, **ask, external_userids=[goes, refuses, "wmGone"], message="您好")
    assert [one.errcode for one in answers] == [0, 0, 40096]
    again = call(transfers.transfer_customers, **ask, external_userids=[goes])
    assert again[0].errcode == 40100
    assert {one.status for one in call(transfers.transfer_states, **ask)} == {transfers.WAITING}
    platform.ask("POST", f"corps/{platform.corp_id}/transfers/settle", refusing=[second])
    states = {one.external_userid: one.status for one in call(transfers.transfer_states, **ask)}
    assert states == {goes: transfers.DONE, refuses: transfers.REFUSED}
    wrong = ask | {"resigned": True}
    assert refused(transfers.transfer_customers, **wrong, external_userids=[goes]) == transfers.NOT_RESIGNED


def test_transfers_of_somebody_who_left(call, refused, platform):
    external = platform.befriend(platform.person())
    chat_id = make_group(platform)
    assert call(transfers.list_unassigned) == []
    to = {"chat_ids": [chat_id], "to_userid": "WangFang"}
    assert [one.errcode for one in call(transfers.transfer_groups, **to, resigned=True)] == [90500]
    platform.ask("PATCH", f"corps/{platform.corp_id}/members/ChenYuqing", status=5)
    assert [one.external_userid for one in call(transfers.list_unassigned)] == [external]
    ask = {"from_userid": "ChenYuqing", "to_userid": "WangFang", "resigned": True}
    assert call(transfers.transfer_customers, **ask, external_userids=[external])[0].errcode == 0
    assert call(transfers.transfer_states, **ask)[0].status == transfers.WAITING
    assert call(transfers.transfer_groups, **to, resigned=True) == []
    assert call(groups.get_group, chat_id).owner == "WangFang"
    assert [one.errcode for one in call(transfers.transfer_groups, **to, resigned=False)] == [90504]
