"""The directory kept in step by callbacks, from the platform's stand-in through the real edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cove.directory.org import facade as org
from cove.edge.callbacks.tests.test_wecom import address, arrived, event, knock  # noqa: F401 -- a fixture
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.kernel import clock
from cove.kernel.jobs.job import run_job
from cove.kernel.log.consume import drain


def happens(actor, platform, number: int, method: str, path: str, **body) -> None:
    """Change the directory on the platform, and let everything that follows from its callback happen."""
    platform.ask(method, f"corps/{platform.corp_id}/{path}", **body)
    platform.drained()
    arrived(actor, number)
    settle_all(actor)


def rooms_of(userid: str) -> dict[str, tuple[bool, bool]]:
    from cove.directory.org.models import Membership

    rows = Membership.objects.filter(member__wecom_userid__iexact=userid).select_related("department")
    return {row.department.name: (row.main, row.leads) for row in rows}


def test_members_are_kept_in_step(actor, address, platform):  # noqa: F811 -- the fixture
    happens(actor, platform, 1, "PATCH", "members/WangFang", title="顾问")
    assert org.member_by_wecom_userid(actor, "wangfang").name == "王芳"
    happens(actor, platform, 2, "PATCH", "members/WangFang", name="王芳芳")
    assert org.member_by_wecom_userid(actor, "WangFang").name == "王芳芳"
    happens(actor, platform, 3, "POST", "members", userid="new", name="新人")
    assert org.member_by_wecom_userid(actor, "NEW").name == "新人"
    happens(actor, platform, 4, "PATCH", "members/new", status=2)
    assert org.member_by_wecom_userid(actor, "new").active is False
    happens(actor, platform, 5, "PATCH", "members/new", status=1)
    assert org.member_by_wecom_userid(actor, "new").active is True
    happens(actor, platform, 6, "DELETE", "members/WangFang")
    gone = org.member_by_wecom_userid(actor, "WangFang")
    assert (gone.active, gone.name) == (False, "王芳芳")
    left = [one["payload"]["member_id"] for one in facts_of(actor, "org.member_deactivated")]
    assert left == [org.member_by_wecom_userid(actor, "new").id, gone.id]


def test_a_changed_userid_keeps_its_member(actor, address, platform):  # noqa: F811 -- the fixture
    before = org.member_by_wecom_userid(actor, "ChenYuqing")
    happens(actor, platform, 1, "PATCH", "members/ChenYuqing", new_userid="Chen.Yuqing")
    assert org.member_by_wecom_userid(actor, "Chen.Yuqing").id == before.id
    assert org.member_by_wecom_userid(actor, "ChenYuqing") is None
    assert len(facts_of(actor, "org.member_joined")) == 1


def test_departments_are_kept_in_step(actor, address, platform):  # noqa: F811 -- the fixture
    from cove.directory.org.models import Department
    from cove.kernel.jobs.models import JobRun

    # The root is not known before the first sync, so a new department leads to one.
    happens(actor, platform, 1, "POST", "departments", id=2, name="市场部")
    (run,) = JobRun.objects.filter(kind="wecom.sync_directory")
    assert run.arguments == {"customers": False}
    run_job(actor.tenant_id, run.id)
    happens(actor, platform, 2, "POST", "departments", id=7, name="品牌组", parent_id=2)
    happens(actor, platform, 3, "PATCH", "members/ChenYuqing", departments=[7, 2], leads=[7])
    assert rooms_of("chenyuqing") == {"品牌组": (True, True), "市场部": (False, False)}
    happens(actor, platform, 4, "PATCH", "departments/7", name="品牌部", parent_id=1, order=5)
    brand = Department.objects.get(wecom_id=7)
    assert (brand.name, brand.parent.wecom_id, brand.position) == ("品牌部", 1, -5)
    (moved,) = facts_of(actor, "org.department_moved")
    assert moved["payload"]["department_id"] == brand.id
    happens(actor, platform, 5, "PATCH", "members/ChenYuqing", departments=[2])
    happens(actor, platform, 6, "DELETE", "departments/7")
    assert not Department.objects.filter(wecom_id=7).exists()
    assert rooms_of("chenyuqing") == {"市场部": (True, False)}
    assert JobRun.objects.filter(kind="wecom.sync_directory").count() == 1


def test_changes_of_one_member_within_a_second_are_all_told_each_once(actor, address, platform):  # noqa: F811 -- the fixture
    second = str(int(clock.now().timestamp()))
    head = {"Event": "change_contact", "ChangeType": "update_user", "CreateTime": second, "ExternalUserID": ""}
    told = [{"Name": "王芳芳"}, {"Position": "顾问"}, {"Name": "王芳芳"}, {"Status": "2"}]
    for said in told:
        assert knock(address, event(platform.corp_id, **head, **said), corp=platform.corp_id).text == "success"
    heard = [row["payload"]["event"] for row in arrived(actor, 3)]
    assert [(one.get("Name"), one.get("Position"), one.get("Status")) for one in heard] == [
        ("王芳芳", None, None),
        (None, "顾问", None),
        (None, None, "2"),
    ]


def test_what_an_edit_makes_us_read_is_read_when_its_second_is_over(actor, address, platform):  # noqa: F811 -- the fixture
    """A second edit within it looks like a repeat of the first, and is seen by the same reading."""
    second = int(clock.now().timestamp())
    edits = (
        {"ChangeType": "edit_external_contact"},
        {"Event": "change_contact", "ChangeType": "update_user", "ExternalUserID": ""},
        {"Event": "change_external_tag", "ChangeType": "update", "Id": "et1", "TagType": "tag"},
    )
    for said in edits:
        xml = event(platform.corp_id, CreateTime=str(second), **said)
        assert knock(address, xml, corp=platform.corp_id).text == "success"
    arrived(actor, len(edits))
    drain()
    over = datetime.fromtimestamp(second, UTC) + timedelta(seconds=1)
    found = Delivery.objects.order_by("kind").values_list("kind", "not_before")
    assert list(found) == [(kind, over) for kind in ("wecom.fetch_contact", "wecom.fetch_member", "wecom.fetch_tags")]
