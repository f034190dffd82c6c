"""What members are told of their accounts and of Cove's work: who it is meant for, each once, nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.org.commands.handovers import hand_over_belongings
from cove.directory.org.commands.roles import delete_role, grant_role, revoke_role
from cove.directory.org.commands.sessions import Door, open_session
from cove.directory.org.models import Member, Notice, Role
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.tests.staff import hire
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.facts.people import NoteWritten
from cove.kernel import clock
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.jobs.endings import tell_ending
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.consume import set_aside
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.read import mark_of
from cove.kernel.log.wanted import Wanted, read_wanted


@pytest.fixture
def boss(administrator):
    return actor_of_member(administrator)


@pytest.fixture
def clerk(actor):
    return hire("小陈", {"people.see_contacts": "own"})


def told(kind):
    """Return who was told, as often as he was."""
    return sorted(Notice.objects.filter(kind=kind).values_list("member_id", flat=True))


def export_asked_by(member, **more):
    # Without its arguments it can only fail.
    return JobRun.objects.create(kind="people.export_contacts", arguments={}, asked_by=member.id, **more)


def test_a_changed_role_is_told_to_whom_it_was_given_and_from_whom_it_was_taken(actor, boss, administrator, clerk):
    other = Member.objects.create(name="旁人")
    role = Role.objects.create(name="质检", rights={"people.see_contacts": "all"})
    for _ in range(2):
        grant_role(boss, role_id=role.id, member_ids=[clerk.id, administrator.id])
    assert told("org.role_changed") == [clerk.id]
    revoke_role(boss, role_id=role.id, member_ids=[clerk.id, other.id])
    given, taken = Notice.objects.filter(kind="org.role_changed").order_by("id")
    assert ([one.member_id for one in (given, taken)], given.values["given"], taken.values["given"]) == (
        [clerk.id, clerk.id],
        True,
        False,
    )
    assert given.values["by"] == administrator.name
    grant_role(boss, role_id=role.id, member_ids=[clerk.id])
    successor = Role.objects.create(name="质检二组", rights={})
    delete_role(boss, role_id=role.id, reassign_to=successor.id)
    last = Notice.objects.filter(kind="org.role_changed", id__gt=taken.id).order_by("id")
    assert [(one.values["role"], one.values["given"]) for one in last] == [
        ("质检", True),
        ("质检二组", True),
        ("质检", False),
    ]
    assert told("org.role_changed") == [clerk.id] * 5


def test_a_new_device_is_told_to_its_member_alone_and_the_first_one_is_none(clerk, administrator, drain):
    first = open_session(clerk, Door(address="203.0.113.1", agent="Firefox"))
    drain()
    assert told("org.new_device") == []
    open_session(clerk, Door(address="203.0.113.1", agent="Firefox", device=first.device))
    open_session(clerk, Door(address="203.0.113.9", agent="Chrome"))
    drain()
    drain()
    assert told("org.new_device") == [clerk.id]
    assert Notice.objects.get(kind="org.new_device").values["address"] == "203.0.113.9"


def test_a_hand_over_is_told_to_those_who_took_over(actor, boss, clerk, drain):
    leaving, other = Member.objects.create(name="王伟"), Member.objects.create(name="旁人")
    card, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm1"), source="wecom")
    people.begin_ownership(actor, contact_id=card.id, member_id=leaving.id, since=clock.now())
    row = hand_over_belongings(boss, member_id=leaving.id, kinds=["people.contacts"], shares={clerk.id: 1})
    drain()
    assert told("org.handed_over") == []
    run_job(actor.tenant_id, ChangeSet.objects.get(id=row.id).run_id)
    drain()
    drain()
    assert told("org.handed_over") == [clerk.id]
    assert Notice.objects.get(kind="org.handed_over").values == {"member_name": "王伟", "count": 1}
    assert other.id not in told("org.handed_over")


def test_a_fact_set_aside_is_told_to_those_who_may_see_it(actor, administrator, clerk, drain):
    drain()
    mark = mark_of("directory.privacy.late")
    append_facts([pending(NoteWritten(contact_id=1, text="甲"), at=clock.now(), chain=())])
    [envelope] = [one for one in read_wanted(mark, Wanted, limit=10).facts if one.tenant_id == actor.tenant_id]
    for _ in range(2):
        set_aside("somewhere", envelope, ValueError("no"))
    assert SetAside.objects.get().tries == 2
    assert told("log.fact_set_aside") == [administrator.id]


def test_the_end_of_long_work_is_told_to_whoever_asked_for_it(actor, administrator, clerk):
    failing = export_asked_by(clerk)
    for _ in range(2):
        run_job(actor.tenant_id, failing.id)
    assert JobRun.objects.get(id=failing.id).state == "failed"
    assert told("jobs.job_ended") == [clerk.id]
    now = clock.now()
    for seconds in (1, 60):
        begun = now - timedelta(seconds=seconds)
        tell_ending(actor, export_asked_by(administrator, state="done", started_at=begun, finished_at=now))
    # What was over in a moment he saw himself.
    assert told("jobs.job_ended") == sorted([clerk.id, administrator.id])
