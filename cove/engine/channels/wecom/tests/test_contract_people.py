"""Calls about members, customers, tags and contact ways against the stand-in of the platform."""

from __future__ import annotations

import pytest

from cove.engine.channels.wecom.client import (
    app_messages,
    contact_ways,
    customers,
    directory,
    sign_in,
    support,
    tags,
    tokens,
    welcomes,
)
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.errors import CodeRefused


def test_the_directory(call, refused):
    (company,) = call(directory.list_departments)
    found = call(directory.list_users, company.id)
    assert {one.userid for one in found} == {"ChenYuqing", "WangFang"}
    assert call(directory.get_user, "ChenYuqing").name == "陈雨晴"
    assert refused(directory.get_user, "Nobody") == 60111


def test_customers_of_members(call, refused, platform):
    known = platform.befriend(platform.person())
    assert "ChenYuqing" in call(customers.list_followers)
    assert call(customers.list_customers, "ChenYuqing") == [known]
    assert call(customers.list_customers, "WangFang") == []
    (row,) = call(customers.followed_by, ["ChenYuqing", "WangFang"])
    assert (row.follow_info.userid, row.external_contact.external_userid) == ("ChenYuqing", known)
    call(customers.set_remark, userid="ChenYuqing", external_userid=known, remark="林女士")
    found = call(customers.get_customer, known)
    assert (found.external_contact.name, [one.remark for one in found.follow_user]) == ("林晓雨", ["林女士"])
    assert refused(customers.get_customer, "wmNobody") == 40096
    assert refused(customers.set_remark, userid="WangFang", external_userid=known, remark="x") == 84061


def test_tags(call, refused, platform):
    made = call(tags.add_tags, group_name="意向", names=["高", "低"])
    assert [one.name for one in made.tag] == ["高", "低"]
    assert [one.group_name for one in call(tags.list_tags)] == ["意向"]
    (group,) = call(tags.list_tags, tag_ids=[made.tag[0].id])
    assert [one.name for one in group.tag] == ["高"]
    known = platform.befriend(platform.person())
    mark = {"userid": "ChenYuqing", "external_userid": known, "remove": []}
    call(tags.mark_tags, **mark, add=[made.tag[0].id])
    found = call(customers.get_customer, known)
    assert made.tag[0].id in str(found.model_dump())
    assert refused(tags.mark_tags, **mark, add=["etNothing"]) == 40068


def test_contact_ways(call, refused):
    made = call(contact_ways.add_contact_way, userids=["ChenYuqing"], state="cw_1", remark="官网")
    assert made.qr_code
    assert call(contact_ways.list_contact_ways) == [made.config_id]
    assert call(contact_ways.get_contact_way, made.config_id)["state"] == "cw_1"
    call(contact_ways.update_contact_way, made.config_id, state="cw_2")
    assert call(contact_ways.get_contact_way, made.config_id)["state"] == "cw_2"
    call(contact_ways.delete_contact_way, made.config_id)
    assert refused(contact_ways.get_contact_way, made.config_id) == 41044


def test_messages_of_the_application_and_welcomes(call, refused):
    card = {"title": "新客户", "text": "林晓雨", "url": "https://cove.example/people/contacts/1"}
    assert call(app_messages.send_card, userids=["ChenYuqing", "Nobody"], **card) == ["Nobody"]
    assert refused(welcomes.send_welcome, welcome_code="nothing", content=Content(text="您好")) == 41050


def test_tokens_and_codes_of_sign_in(call):
    assert call(tokens.verified)
    with pytest.raises(CodeRefused):
        call(sign_in.who_signed_in, "nothing")


def test_members_who_serve_no_longer(call, refused):
    async def make(line):
        return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]

    open_kfid = call(make)
    call(support.add_servicers, open_kfid, ["ChenYuqing"])
    assert call(support.remove_servicers, open_kfid, ["ChenYuqing"]) == []
    assert call(support.list_servicers, open_kfid) == []


def test_tags_are_renamed_and_deleted(call, refused, platform):
    made = call(tags.add_tags, group_name="意向", names=["高", "低"])
    high, low = [one.id for one in made.tag]
    call(tags.edit_tag, high, name="很高", order=1)
    call(tags.edit_tag, low, order=5)
    call(tags.edit_tag, made.group_id, name="购买意向")
    (group,) = call(tags.list_tags)
    assert (group.group_name, [one.name for one in group.tag]) == ("购买意向", ["低", "很高"])
    assert refused(tags.edit_tag, low, name="很高") == 40071
    assert refused(tags.edit_tag, "etNothing", name="高") == 40068
    assert refused(tags.edit_tag, low, name="长" * 31) == 40058
    external = platform.befriend(platform.person())
    call(tags.mark_tags, userid="ChenYuqing", external_userid=external, add=[high], remove=[])
    call(tags.delete_tags, tag_ids=[high])
    assert high not in str(call(customers.get_customer, external))
    assert refused(tags.delete_tags, tag_ids=[high]) == 40068
    assert refused(tags.delete_tags) == 40063
    call(tags.delete_tags, tag_ids=[low])
    assert call(tags.list_tags) == [], "a group goes with its last tag"
    other = call(tags.add_tags, group_name="级别", names=["重要"])
    call(tags.delete_tags, group_ids=[other.group_id])
    assert call(tags.list_tags) == []
