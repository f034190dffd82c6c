from __future__ import annotations

import pytest

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom.commands.sync import schedule_sync
from cove.engine.channels.wecom.models import WecomChannel, WecomRelation
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.platform import add_tags
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun


def synced(actor, *, customers: bool = True) -> JobRun:
    row = schedule_sync(actor, customers=customers)
    run_job(actor.tenant_id, row.id)
    row.refresh_from_db()
    return row


def test_directory_and_customers_are_taken_over_and_losses_found(actor, channel, platform):
    platform.ask("POST", f"corps/{platform.corp_id}/departments", id=2, name="市场部")
    platform.ask("POST", f"corps/{platform.corp_id}/members", userid="SuMan", name="苏曼", departments=[2])
    first, second = platform.person("甲"), platform.person("乙")
    kept, gone = platform.befriend(first), platform.befriend(second, "SuMan")
    run = synced(actor)
    assert run.state == "done", run.message
    assert "新增客户关系 2 个" in run.message
    assert org.member_by_wecom_userid(actor, "SuMan").name == "苏曼"
    assert people.contact_by_identity(actor, Identity("wecom_external", kept)).name == "甲"
    assert len(facts_of(actor, "wecom.friend_added")) == 2
    assert WecomChannel.objects.get().synced_at is not None
    # Nobody tells us of the loss: no callback address is set.
    platform.part(second, "SuMan")
    assert "流失 1 个" in synced(actor).message
    (lost,) = facts_of(actor, "wecom.friend_removed")
    assert lost["payload"]["by"] == "unknown"
    assert WecomRelation.objects.get(external_userid=gone).friend is False
    assert "新增客户关系 0 个，流失 0 个" in synced(actor).message
    settle_all(actor)


def test_the_shape_of_the_organisation_comes_along(actor, channel, platform):
    from cove.directory.org.models import Department, Member, Membership

    corp = f"corps/{platform.corp_id}"
    platform.ask("POST", f"{corp}/departments", id=2, name="销售部", order=10)
    platform.ask("POST", f"{corp}/departments", id=3, name="市场部", order=20)
    platform.ask("POST", f"{corp}/members", userid="ZhangWei", name="张伟", title="总监", departments=[3, 2], leads=[2])
    synced(actor, customers=False)
    member = Member.objects.get(wecom_userid="ZhangWei")
    assert member.job_title == "总监"
    places = Membership.objects.filter(member=member).select_related("department")
    assert {one.department.name: (one.main, one.leads) for one in places} == {
        "市场部": (True, False),
        "销售部": (False, True),
    }
    below = Department.objects.filter(parent__wecom_id=1).order_by("position")
    assert [one.name for one in below] == ["市场部", "销售部"]


def test_a_directory_that_shows_nobody_deactivates_nobody(actor, channel, platform):
    synced(actor, customers=False)
    for userid in ("ChenYuqing", "WangFang"):
        platform.ask("DELETE", f"corps/{platform.corp_id}/members/{userid}")
    run = synced(actor, customers=False)
    assert run.state == "failed"
    assert "可见范围" in run.message
    assert org.member_by_wecom_userid(actor, "WangFang").active is True


def test_members_who_left_are_deactivated(actor, channel, platform):
    synced(actor, customers=False)
    platform.ask("PATCH", f"corps/{platform.corp_id}/members/WangFang", status=2)
    synced(actor, customers=False)
    assert org.member_by_wecom_userid(actor, "WangFang").active is False


def test_tags_put_on_in_wecom_come_along(actor, channel, platform):
    tag_id = add_tags(actor, "级别", ["重要"]).tag[0].id
    person = platform.person()
    external = platform.befriend(person)
    platform.edit(person, tag_ids=[tag_id])
    synced(actor)
    card = people.contact_by_identity(actor, Identity("wecom_external", external))
    names = [tag.name for tag in people.tags_by_id(actor, people.tag_ids_of(actor, card.id)).values()]
    assert names == ["重要"]
    settle_all(actor)
    assert platform.calls("externalcontact/mark_tag") == []


def test_a_second_request_joins_the_waiting_one(actor, channel):
    assert schedule_sync(actor).id == schedule_sync(actor).id


def test_a_busy_platform_is_asked_again(actor, channel, platform):
    platform.fault("department/list", "errcode", errcode=-1, times=2)
    platform.fault("externalcontact/get_corp_tag_list", "http", status=502)
    assert synced(actor).state == "done"


@pytest.mark.parametrize(("number", "words"), [(40001, "Secret"), (60020, "可信 IP"), (48002, "可调用接口")])
def test_a_sync_that_fails_says_why(actor, channel, platform, number, words):
    platform.fault("gettoken", "errcode", errcode=number)
    run = synced(actor)
    assert run.state == "failed"
    assert words in run.message


def test_a_page_that_tells_nothing_new_costs_the_same_for_many(actor, channel, platform):
    """What is as it was is not asked for row by row, and who he is stands in the page already."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cove.engine.channels.delivery.models import Delivery
    from cove.engine.channels.wecom.commands.customers import take_over_followed
    from cove.engine.channels.wecom.contracts.answers import Followed
    from cove.kernel import clock

    persons = [platform.person(f"客户{number}") for number in range(6)]
    known = [platform.befriend(person) for person in persons]
    assert "新增客户关系 6 个" in synced(actor).message
    assert not Delivery.objects.filter(kind="wecom.fetch_contact").exists()
    told = [
        Followed.model_validate(
            {
                "external_contact": {"external_userid": external, "name": f"客户{number}"},
                "follow_info": {"userid": "ChenYuqing", **_follow(external)},
            }
        )
        for number, external in enumerate(known)
    ]

    def asked(rows):
        with CaptureQueriesContext(connection) as queries:
            assert take_over_followed(actor, rows=rows, read_at=clock.now()) == 0
        return len(queries)

    assert asked(told) == asked(told[:1]) <= 16
    told[0].follow_info.remark = "展会认识的"
    assert asked(told) > asked(told)
    assert _follow(known[0])["remark"] == "展会认识的"


def _follow(external):
    from cove.directory.people.models import Ownership

    row = Ownership.objects.get(contact__identities__value=external, until__isnull=True)
    return {"add_way": row.way, "remark": row.remark, "createtime": int(row.since.timestamp())}
