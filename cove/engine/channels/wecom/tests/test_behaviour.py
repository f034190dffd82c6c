"""What members did with customers: read from the platform each night, shown to whoever may see these members."""

from __future__ import annotations

from datetime import timedelta

from cove.directory.org import facade as org
from cove.engine.channels.wecom.commands.behaviour import start_reading, take_over_behaviour
from cove.engine.channels.wecom.contracts.tasks import Behaviour
from cove.engine.channels.wecom.models import WecomBehaviour
from cove.kernel import clock
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun

PATH = "/api/channels/wecom/behaviour"


def read(actor):
    number = start_reading(actor)
    run_job(actor.tenant_id, number)
    return JobRun.objects.get(id=number)


def test_figures_are_read_for_each_member_and_day(actor, channel, platform):
    run = read(actor)
    assert run.state == "done", run.message
    assert "1" in run.message or "2" in run.message
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    assert WecomBehaviour.objects.filter(member_id=member.id).count() == 3
    read(actor)
    assert WecomBehaviour.objects.filter(member_id=member.id).count() == 3


def test_without_the_right_the_job_says_so(actor, channel, platform):
    platform.fault("externalcontact/get_user_behavior_data", "errcode", errcode=48002, times=5)
    run = read(actor)
    assert (run.state, "接口" in run.message) == ("done", True), run.message


def day(days_ago, **figures):
    at = clock.now() - timedelta(days=days_ago)
    return Behaviour(stat_time=int(at.timestamp()), **figures)


def test_what_members_did_is_added_up_over_the_days(browser_client, actor, channel, django_assert_max_num_queries):
    days = [
        day(1, message_cnt=5, new_contact_cnt=2, reply_percentage=80.0, avg_reply_time=3),
        day(2, message_cnt=1, reply_percentage=None),
        day(20, message_cnt=100),
    ]
    assert take_over_behaviour(actor, userid="ChenYuqing", days=days) == 3
    assert take_over_behaviour(actor, userid="Nobody", days=days) == 0
    with django_assert_max_num_queries(12):
        (week,) = browser_client.get(PATH).json()
    assert (week["member"]["name"], week["messages"], week["added"], week["reply_share"]) == ("陈雨晴", 6, 2, 80.0)
    (month,) = browser_client.get(f"{PATH}?days=30").json()
    assert month["messages"] == 106
    assert browser_client.get(f"{PATH}?days=9").status_code == 422
