"""What comes late about a person who was erased, and erasures whose process is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from cove.directory.org.models import Member
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.people.permissions import CONTACTS_FILE
from cove.directory.privacy.commands.erasures import ERASE_JOB, ask_erasure
from cove.directory.privacy.jobs import tend_erasures
from cove.directory.privacy.models import Erasure
from cove.directory.privacy.queries.erasures import preview
from cove.directory.privacy.tests.test_erasure import at_once, code, erase, facts, figures  # noqa: F401 -- fixtures
from cove.directory.privacy.tests.world import Somebody, found_anywhere, run_jobs, settle_in, tell
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.models import WecomRelation
from cove.facts.people import NoteWritten
from cove.facts.wecom import CallbackAccepted
from cove.kernel import clock
from cove.kernel.files.models import StoredFile
from cove.kernel.files.store import store_file
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.consume import set_aside
from cove.kernel.log.models import SetAside
from cove.kernel.log.read import mark_of
from cove.kernel.log.wanted import Wanted, read_wanted

_WORKERS = """
import json, os, signal, sys, traceback
import django
django.setup()
from cove.directory.privacy.commands import erasures
from cove.engine.timeline.commands import personal_data
from cove.kernel.jobs.job import run_job

def die_at(place, name, times):
    module = {"erasures": erasures, "timeline": personal_data}[place]
    honest, left = getattr(module, name), [times]
    personal_data.PAGE = 3

    def dying(*args, **kwargs):
        left[0] -= 1
        found = honest(*args, **kwargs) if left[0] or name == "remove" else None
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(module, name, dying)

def work(tenant_id, run_id, death):
    try:
        if death:
            die_at(*death)
        run_job(tenant_id, run_id)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)

for line in sys.stdin:
    child = os.fork()
    if not child:
        work(*json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def work(databases):
    """Give a function that lets a process of its own do a job, or die in it, and returns how that process ended.

    The processes are forked off one that has everything loaded and no connection yet.
    """
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "cove.launch.settings"}
    command = [sys.executable, "-c", _WORKERS]
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as workers:

        def work(tenant_id, run_id, death=None):
            workers.stdin.write(json.dumps([tenant_id, run_id, death]) + "\n")
            workers.stdin.flush()
            return int(workers.stdout.readline())

        yield work
        workers.stdin.close()


def callback(who, change, userid="wang"):
    event = {"Event": "change_external_contact", "ChangeType": change, "UserID": userid, "ExternalUserID": who.external}
    return CallbackAccepted(channel_id=1, event=event)


def sweep(actor):
    """Let ten minutes pass, and the minute's round go."""
    with clock.shifted(timedelta(minutes=11)):
        tend_erasures()
        return run_jobs(actor, ERASE_JOB)


def file_of_contacts(actor):
    return store_file(
        actor,
        name="a.csv",
        media_type="text/csv",
        write=lambda out: out.write(b"a"),
        purpose=CONTACTS_FILE,
        keep_for=timedelta(days=7),
    ).id


def test_an_erasure_whose_process_is_killed_is_finished_by_the_next_one(actor, code, at_once, drain, work):  # noqa: F811 -- fixtures
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who, code=code)
    drain()
    before, told = figures(actor, code), facts(actor)
    held = {one.holder.key: one.count for one in preview(actor, contact_id)}
    ask_erasure(actor, contact_id=contact_id, name=who.name, why="")
    drain()
    run_id = JobRun.objects.get(kind=ERASE_JOB).id
    # In the middle of the rows (half a step is undone), between two blocks of ClickHouse, behind its deletion, before the certificate.
    moments = [
        ("erasures", "_note", 4),
        ("timeline", "insert_block", 2),
        ("timeline", "remove", 1),
        ("erasures", "publish", 1),
    ]
    for place, name, times in moments:
        assert work(actor.tenant_id, run_id, (place, name, times)) == -signal.SIGKILL, name
        row = Erasure.objects.get()
        assert (row.state, JobRun.objects.get(id=run_id).state) == ("running", "running"), name
        assert row.sealed_person
    assert work(actor.tenant_id, run_id) == 0
    drain()
    row = Erasure.objects.get()
    assert (row.state, row.sealed_person, JobRun.objects.get(id=run_id).state) == ("done", "", "done")
    assert found_anywhere(who.marks) == []
    assert (figures(actor, code), facts(actor)) == (before, told)
    with connection.cursor() as cursor:
        ours = "SELECT count(*) FROM log_fact WHERE tenant_id = %s AND kind = 'privacy.person_erased'"
        cursor.execute(ours, [actor.tenant_id])
        assert cursor.fetchone()[0] == 1
    # What went in rows was counted in the transaction in which it went: once, however often the process died.
    counted = {
        key: row.counts[key] for key in held if key.startswith(("people.id", "people.v", "people.o", "live_", "log."))
    }
    assert counted == {key: held[key] for key in counted}
    assert len(counted) > 4
    assert work(actor.tenant_id, run_id) == 0
    assert Erasure.objects.get().finished_at == row.finished_at


def test_a_late_callback_is_swept_out_of_everything(actor, at_once, drain):  # noqa: F811 -- fixtures
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    erase(actor, contact_id, who.name)
    drain()
    told, exported = facts(actor), file_of_contacts(actor)
    for change in ("del_follow_user", "edit_external_contact", "del_follow_user"):
        tell(callback(who, change))
    drain()
    assert not WecomRelation.objects.filter(external_userid=who.external).exists()
    assert not Delivery.objects.filter(payload__external_userid=who.external).exists()
    assert [row.state for row in sweep(actor)] == ["done"]
    drain()
    assert found_anywhere(who.marks) == []
    assert facts(actor) == told + 3
    assert sweep(actor) == []
    swept = Erasure.objects.order_by("-id").first()
    assert (swept.state, swept.sealed_person, swept.counts["timeline.facts"]) == ("done", "", 3)
    assert StoredFile.objects.filter(id=exported).exists()


def test_a_callback_of_somebody_who_comes_back_is_left_to_him(actor, at_once, drain):  # noqa: F811 -- fixtures
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    erase(actor, contact_id, who.name)
    drain()
    userid = Member.objects.get(name="小王").wecom_userid
    tell(callback(who, "add_external_contact", userid))
    drain()
    assert sweep(actor) == []
    again = people.contact_by_identity(actor, Identity("wecom_external", who.external))
    assert again is not None
    assert not Erasure.objects.filter(state="waiting").exists()
    drain()
    erase(actor, again.id, again.name)
    drain()
    assert found_anywhere([who.external]) == []


def test_what_is_set_aside_late_is_nobodys(actor, at_once, drain):  # noqa: F811 -- fixtures
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    erase(actor, contact_id, who.name)
    drain()
    tell(NoteWritten(contact_id=contact_id, text=who.note))
    tell(callback(who, "edit_external_contact"))
    mark = mark_of("directory.privacy.late")
    for late in read_wanted(mark, Wanted, limit=10).facts:
        set_aside("elsewhere", late, ValueError(f"cannot digest {who.note}{who.external}"))
    kept = SetAside.objects.get(consumer="elsewhere", kind=NoteWritten.kind)
    assert (kept.envelope["contact_id"], kept.envelope["payload"]["text"], kept.error) == (None, "", "ValueError")
    drain()
    sweep(actor)
    drain()
    assert SetAside.objects.filter(consumer="elsewhere").count() == 2
    assert found_anywhere(who.marks) == []
