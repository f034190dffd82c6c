from __future__ import annotations

import pytest

from cove.business.live_codes.commands.codes import change_code, create_code, delete_code, restore_code
from cove.business.live_codes.errors import NameTaken, UnknownMember, UnknownTag, WelcomeTooLong
from cove.business.live_codes.models import ContactWay
from cove.business.live_codes.queries.codes import code as find_code
from cove.business.live_codes.queries.codes import codes
from cove.kernel.errors import NotFound
from cove.kernel.signposts.models import Signpost


def signpost(code):
    return Signpost.objects.get(kind="live_code", key=code.slug).document


def test_a_new_code_can_be_scanned_at_once_and_asks_wecom_for_its_ways(actor, code, members, tags, asked):
    found = signpost(code)
    assert [row[:3] for row in found["members"]] == [[members[0].id, "小王", 3], [members[1].id, "小李", 1]]
    assert found["utm"]["utm_campaign"] == "autumn"
    assert found["deleted"] is False
    assert [call.values["userid"] for call in asked] == ["wang", "li"]
    assert all(len(call.values["state"]) <= 30 for call in asked)


def test_a_name_is_taken_once_and_free_again_after_deletion(actor, code, members, asked):
    with pytest.raises(NameTaken):
        create_code(actor, name="秋季展会", members={members[0].id: 1})
    delete_code(actor, code_id=code.id)
    again = create_code(actor, name="秋季展会", members={members[0].id: 1})
    with pytest.raises(NameTaken):
        restore_code(actor, code_id=code.id)
    delete_code(actor, code_id=again.id)
    restore_code(actor, code_id=code.id)
    assert signpost(code)["deleted"] is False
    assert signpost(again)["deleted"] is True


def test_what_cannot_be_is_refused(actor, members, asked):
    with pytest.raises(UnknownMember):
        create_code(actor, name="甲", members={2**40: 1})
    with pytest.raises(UnknownTag):
        create_code(actor, name="甲", members={members[0].id: 1}, tag_ids=[2**40])
    with pytest.raises(WelcomeTooLong):
        create_code(actor, name="甲", members={members[0].id: 1}, welcome_text="字" * 1334)
    create_code(actor, name="甲", members={members[0].id: 1}, welcome_text="字" * 1333)
    members[1].active = False
    members[1].save()
    with pytest.raises(UnknownMember):
        create_code(actor, name="乙", members={members[1].id: 1})
    with pytest.raises(NotFound):
        change_code(actor, code_id=2**40, name="丙")


def test_changing_members_moves_the_signpost_and_asks_for_what_is_missing(actor, code, members, asked):
    asked.clear()
    change_code(actor, code_id=code.id, members={members[1].id: 7})
    assert [row[:3] for row in signpost(code)["members"]] == [[members[1].id, "小李", 7]]
    assert asked == [], "his way was asked for when the code was made"
    change_code(actor, code_id=code.id, members={members[0].id: 1, members[1].id: 1})
    assert asked == [], "a member who comes back has his way still"
    assert find_code(actor, code.id).welcome_text == "您好，欢迎！"


def test_a_member_without_wecom_is_told_and_asked_for_later(actor, members, asked):
    members[0].wecom_userid = None
    members[0].save()
    made = create_code(actor, name="甲", members={members[0].id: 1})
    assert ContactWay.objects.get(code=made).failure == "unknown_member"
    assert asked == []
    members[0].wecom_userid = "wang"
    members[0].save()
    change_code(actor, code_id=made.id)
    assert [call.values["userid"] for call in asked] == ["wang"]


def test_another_tenant_sees_nothing_of_it(code):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.actor import Actor
    from cove.kernel.scope import tenant_scope

    stranger = Actor.system(create_tenant(name="别家").id)
    with tenant_scope(stranger.tenant_id):
        assert list(codes(stranger)) == []
        with pytest.raises(NotFound):
            find_code(stranger, code.id)
        with pytest.raises(NotFound):
            delete_code(stranger, code_id=code.id)
