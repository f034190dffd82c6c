"""What a reaction cannot digest is set aside; chains end; retrying by hand."""

import pytest
from django.db import OperationalError

from cove.facts.people import NoteWritten
from cove.kernel.actor import MAX_CHAIN, Actor, Link
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.commands import retry_fact
from cove.kernel.log.consume import step
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import ChainTooLong, append_facts, pending
from cove.kernel.log.reactions import Reaction, reactions
from cove.kernel.log.seen import first_time


@pytest.fixture
def rule(actor, monkeypatch):
    """A registered reaction that fails on the texts in `bad` and else leaves a row."""
    bad = {"bad"}
    name = f"tests.rule_{actor.tenant_id}"

    def act(_actor, fact, _envelope):
        JobRun.objects.create(kind=name, message=fact.text)
        if fact.text in bad:
            raise ValueError(f"cannot digest {fact.text}")

    made = Reaction(f"{name}.act", name, NoteWritten.kind, act)
    monkeypatch.setitem(reactions._entries, made.name, made)
    # The consumer begins at the end of the log as it is now.
    while step(name, {}):
        pass
    return made, bad


def write(*texts):
    append_facts([pending(NoteWritten(contact_id=1, text=text), at=None, chain=()) for text in texts])


def digest_all(made):
    while step(made.consumer, {made.kind: [made]}):
        pass


def done(made):
    return list(JobRun.objects.filter(kind=made.consumer).order_by("id").values_list("message", flat=True))


def test_a_fact_that_cannot_be_digested_is_set_aside_and_the_rest_goes_on(rule, actor):
    made, bad = rule
    write("one", "bad", "two")
    digest_all(made)

    row = SetAside.objects.get()
    assert done(made) == ["one", "two"]
    assert (row.consumer, row.kind, row.tries) == (made.name, NoteWritten.kind, 1)
    assert row.error == "ValueError: cannot digest bad"

    assert retry_fact(actor, set_aside_id=row.id) is False
    assert SetAside.objects.get().tries == 2

    bad.clear()
    assert retry_fact(actor, set_aside_id=row.id) is True
    assert not SetAside.objects.exists()
    assert done(made) == ["one", "two", "bad"]
    with pytest.raises(NotFound):
        retry_fact(actor, set_aside_id=row.id)


def test_what_was_set_aside_is_seen_and_retried_in_the_console(rule, actor, browser_client):
    made, bad = rule
    write("bad")
    digest_all(made)
    item = browser_client.get("/api/log/failures").json()["items"][0]
    assert item["caption"] == "Note"
    bad.clear()
    assert browser_client.post(f"/api/log/failures/{item['id']}/retry").json() == {"digested": True}
    assert browser_client.get("/api/log/failures").json()["items"] == []
    assert browser_client.post(f"/api/log/failures/{item['id']}/retry").status_code == 404
    member = Actor(actor.tenant_id, "member", member_id=1)
    with pytest.raises(Forbidden):
        retry_fact(member, set_aside_id=item["id"])


def test_a_database_that_is_away_sets_nothing_aside(actor):
    name = f"tests.away_{actor.tenant_id}"
    while step(name, {}):
        pass

    def act(*_):
        raise OperationalError("gone")

    write("x")
    with pytest.raises(OperationalError):
        step(name, {NoteWritten.kind: [Reaction(f"{name}.act", name, NoteWritten.kind, act)]})
    assert not SetAside.objects.exists()


def test_more_than_eight_links_are_an_error(actor):
    fact = NoteWritten(contact_id=1, text="x")
    chain = tuple(Link(number, "a.b", f"r{number}") for number in range(MAX_CHAIN))
    append_facts([pending(fact, at=None, chain=chain)])
    with pytest.raises(ChainTooLong):
        append_facts([pending(fact, at=None, chain=(*chain, Link(9, "a.b", "r9")))])


def test_automations_that_feed_each_other_come_to_rest(actor):
    """A rule that answers every note with a note: its ninth is refused and set aside."""
    name = f"tests.echo_{actor.tenant_id}"
    while step(name, {}):
        pass

    def echo(acting, fact, _envelope):
        append_facts([pending(NoteWritten(contact_id=1, text=fact.text), at=None, chain=acting.chain)])

    write("echo")
    rules = {NoteWritten.kind: [Reaction(f"{name}.echo", name, NoteWritten.kind, echo)]}
    while step(name, rules):
        pass
    assert SetAside.objects.get().error.startswith("cove.kernel.log.publish.ChainTooLong")


def test_keys_are_new_once(actor):
    assert first_time(["b", "a", "a"]) == {"a", "b"}
    assert first_time(["a", "c"]) == {"c"}
    assert first_time([]) == set()


def test_a_rule_may_say_itself_in_plain_words():
    from cove.kernel.log.reactions import react

    reactions._closed = False
    try:

        @react(NoteWritten, zh="记录", en="Note it")
        def named(*_): ...

        @react(NoteWritten)
        def silent(*_): ...
    finally:
        reactions._closed = True
        entries = [reactions._entries.pop(key) for key in list(reactions._entries) if "test_reactions" in key]
    assert [entry.label.en if entry.label else None for entry in entries] == ["Note it", None]
