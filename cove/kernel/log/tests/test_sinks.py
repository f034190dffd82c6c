"""A sink that cannot digest a fact sets it aside and goes on; a sink whose outside is away sets nothing aside."""

import pytest

from cove.facts.people import NoteWritten
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.commands import retry_fact
from cove.kernel.log.consume import pour
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.reactions import Sink, Unreachable, sinks
from cove.kernel.scope import tenant_scope


@pytest.fixture
def sink(actor, monkeypatch):
    """A registered sink that notes each text of its tenant, refuses those in `bad`, and may be `away`."""
    state = {"bad": {"bad"}, "away": False, "tokens": []}
    name = f"tests.sink_{actor.tenant_id}"

    def take(token, envelopes):
        if state["away"]:
            raise Unreachable
        state["tokens"].append(token)
        for envelope in envelopes:
            if envelope.tenant_id != actor.tenant_id or envelope.kind != NoteWritten.kind:
                continue
            with tenant_scope(envelope.tenant_id):
                JobRun.objects.create(kind=name, message=envelope.payload["text"])
            if envelope.payload["text"] in state["bad"]:
                raise ValueError("cannot digest")

    made = Sink(name, take, batch=1_000)
    monkeypatch.setitem(sinks._entries, name, made)
    while pour(made):
        pass
    return made, state


def write(*texts):
    append_facts([pending(NoteWritten(contact_id=1, text=text), at=None, chain=()) for text in texts])


def done(made):
    return sorted(JobRun.objects.filter(kind=made.name).values_list("message", flat=True))


def test_the_indigestible_fact_alone_is_set_aside(sink, actor):
    made, state = sink
    write("one", "two", "bad", "three", "four")
    while pour(made):
        pass
    assert done(made) == ["four", "one", "three", "two"]
    row = SetAside.objects.get(consumer=made.name)
    assert row.envelope["payload"]["text"] == "bad"
    assert len(set(state["tokens"])) == len(state["tokens"])

    state["bad"] = set()
    assert retry_fact(actor, set_aside_id=row.id) is True
    assert done(made) == ["bad", "four", "one", "three", "two"]


def test_nothing_is_set_aside_while_the_outside_is_away(sink):
    made, state = sink
    write("one", "two")
    state["away"] = True
    with pytest.raises(Unreachable):
        pour(made)
    assert not SetAside.objects.filter(consumer=made.name).exists()
    state["away"] = False
    while pour(made):
        pass
    assert done(made) == ["one", "two"]
