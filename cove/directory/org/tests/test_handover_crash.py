"""The work process is killed in the middle of a transfer: it ends complete, and everything went over once."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter

from django.db import connection
from procrastinate.contrib.django import app

from cove.directory.org.commands.handovers import hand_over_belongings
from cove.directory.org.models import Member
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.people.models import Contact, Ownership
from cove.kernel import clock
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.jobs.models import JobRun
from cove.kernel.jobs.recovery import take_back_jobs

CONTACTS = 6_000


def start_work():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cove.launch.settings"}
    return subprocess.Popen([sys.executable, "-m", "cove.launch.work"], env=environment)


def wait_for(condition, seconds=300.0, pause=0.005):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(pause)


def leave_no_other_work():
    """Take what other tests left in the queue out of it: nobody waits for it, and this test would."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")


def told(tenant_id):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contact_id, count(*) FROM log_fact WHERE tenant_id = %s AND kind = 'people.contact_handed_over' GROUP BY 1",
            [tenant_id],
        )
        return dict(cursor.fetchall())


async def take_back():
    async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker_app:
        return await take_back_jobs(worker_app, dead_after=1.0)


def test_a_transfer_survives_its_process(actor, administrator):
    wei, li, han = (Member.objects.create(name=name) for name in ("王伟", "李雷", "韩梅"))
    now = clock.now()
    contacts = Contact.objects.bulk_create(
        Contact(name=f"客户{number}", created_at=now, last_seen_at=now, owner_count=1) for number in range(CONTACTS)
    )
    Ownership.objects.bulk_create(Ownership(contact=one, member=wei, since=now) for one in contacts)
    boss = actor_of_member(administrator)
    leave_no_other_work()
    row = hand_over_belongings(boss, member_id=wei.id, kinds=["people.contacts"], shares={li.id: 2, han.id: 1})

    process = start_work()
    try:
        wait_for(lambda: ChangeSet.objects.get(id=row.id).changed > 0)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    midway = ChangeSet.objects.get(id=row.id)
    assert (midway.state, 0 < midway.changed < CONTACTS) == ("running", True)
    assert JobRun.objects.get(id=row.run_id).state == "running"
    # What is written down and what is so are the same at any moment.
    assert Ownership.objects.filter(member=wei, until__isnull=True).count() == CONTACTS - midway.changed
    assert len(told(actor.tenant_id)) == midway.changed

    time.sleep(1.5)
    # Whatever else the process was at went back, too.
    assert asyncio.run(take_back()) >= 1
    process = start_work()
    try:
        wait_for(lambda: JobRun.objects.get(id=row.run_id).state not in ("waiting", "running"), pause=0.1)
    finally:
        process.terminate()
        process.wait(60)
    done = ChangeSet.objects.get(id=row.id)
    assert (done.state, done.total, done.changed, done.skipped) == ("done", CONTACTS, CONTACTS, 0)
    assert JobRun.objects.get(id=row.run_id).state == "done"
    open_ones = Ownership.objects.filter(contact__in=contacts, until__isnull=True)
    assert Counter(open_ones.values_list("member_id", flat=True)) == {li.id: CONTACTS * 2 // 3, han.id: CONTACTS // 3}
    assert Ownership.objects.filter(contact__in=contacts).count() == CONTACTS * 2
    assert set(Counter(told(actor.tenant_id)).values()) == {1}
    assert len(told(actor.tenant_id)) == CONTACTS
    assert ChangeItem.objects.filter(change_set=row, state="changed").count() == CONTACTS
