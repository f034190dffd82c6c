"""Commands: the right first, then everything or nothing."""

import pytest
from django.db import connection

from cove.facts.people import NoteWritten
from cove.kernel import command as kernel_command
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import Forbidden
from cove.kernel.jobs.models import JobRun
from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.words import Words

DEED = Operation("tests.deed", Words("测试", "Deed"))


@pytest.fixture
def deed(monkeypatch):
    """A command that leaves a row and a fact, and raises if told to."""
    monkeypatch.setattr(kernel_command, "commands", Registry("commands", kernel_command.CommandEntry))

    @command(DEED)
    def do_deed(actor, *, text, fail=False):
        JobRun.objects.create(kind="tests.deed", message=text)
        publish(NoteWritten(contact_id=1, text=text))
        if fail:
            raise ValueError(text)
        return text

    return do_deed


def told(actor):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payload->>'text' FROM log_fact WHERE tenant_id = %s ORDER BY position", [actor.tenant_id]
        )
        return [row[0] for row in cursor.fetchall()]


def test_change_and_fact_are_written_together(deed, actor):
    assert deed(actor, text="one") == "one"
    with pytest.raises(ValueError, match="two"):
        deed(actor, text="two", fail=True)
    assert list(JobRun.objects.values_list("message", flat=True)) == ["one"]
    assert told(actor) == ["one"]


def test_the_right_is_asked_before_anything_happens(deed, actor):
    nobody = Actor(actor.tenant_id, "member", member_id=1, rights={"tests.other": "all"})
    with pytest.raises(Forbidden) as refused:
        deed(nobody, text="x")
    assert "测试" in refused.value.message()
    assert not JobRun.objects.exists()
    holder = Actor(actor.tenant_id, "member", member_id=1, rights={"tests.deed": "all"})
    assert deed(holder, text="y") == "y"


def test_a_command_works_in_its_actors_tenant_whatever_is_bound(deed, actor):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.scope import tenant_scope

    other = create_tenant(name="另一家")
    deed(Actor.system(other.id), text="theirs")
    assert not JobRun.objects.exists()
    with tenant_scope(other.id):
        assert JobRun.objects.count() == 1


def test_a_command_inside_a_command_is_undone_with_it(deed, actor, monkeypatch):
    @command(DEED)
    def do_both(who):
        deed(who, text="inner")
        raise ValueError("outer")

    with pytest.raises(ValueError, match="outer"):
        do_both(actor)
    assert told(actor) == []


def test_facts_are_told_only_inside_commands(actor):
    with pytest.raises(RuntimeError):
        publish(NoteWritten(contact_id=1, text="x"))
