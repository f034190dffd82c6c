"""What is old is found in the log itself: by position, each stretch once, and never before everybody has seen it."""

from datetime import timedelta

from django.db import connection, connections

from cove.directory.org.commands.tenants import create_tenant
from cove.facts.people import NoteWritten
from cove.facts.tracking import PageLeft, PageViewed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log import ageing
from cove.kernel.log.ageing import drop_aged
from cove.kernel.log.models import Aged
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.scope import tenant_scope

KINDS = [PageViewed.kind]


def ago(days):
    return clock.now() - timedelta(days=days)


def begin(actor):
    """Begin at the log's end: the log of all tests is not in the order of recording, that of a company is."""
    drop_aged("test", kinds=KINDS, before=ago(20_000))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(position), 0) FROM log_fact")
        Aged.objects.filter(rule="test").update(position=cursor.fetchone()[0])


def tell(*told):
    """Put (fact, days ago it happened, days ago it was recorded) into the log."""
    for fact, happened, recorded in told:
        append_facts([pending(fact, at=ago(happened), chain=())])
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "UPDATE log_fact SET recorded_at = %s WHERE position = (SELECT max(position) FROM log_fact)",
                [ago(recorded)],
            )


def view(number):
    return PageViewed(visitor_id=number, message_id=f"m{number}", url="https://a.cn/")


def left(actor):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, visitor_id FROM log_fact WHERE tenant_id = %s ORDER BY position", [actor.tenant_id]
        )
        return [visitor if kind == PageViewed.kind else kind for kind, visitor in cursor.fetchall()]


def test_a_walk_goes_as_far_as_what_is_old_and_the_next_goes_on_from_there(actor, drain, monkeypatch):
    monkeypatch.setattr(ageing, "SPAN", 2)
    begin(actor)
    tell(*((view(number), 100 - number, 100 - number) for number in range(10)))
    drain()
    assert drop_aged("test", kinds=KINDS, before=ago(95.5)) == 5
    assert left(actor) == [5, 6, 7, 8, 9]
    assert drop_aged("test", kinds=KINDS, before=ago(95.5)) == 0
    assert drop_aged("test", kinds=KINDS, before=ago(92.5)) == 3
    assert left(actor) == [8, 9]


def test_other_kinds_other_companies_and_what_happened_later_stay(actor, drain):
    other = create_tenant(name=f"别家 {actor.tenant_id}")
    begin(actor)
    with tenant_scope(other.id):
        tell((view(4), 100, 100))
    tell((NoteWritten(contact_id=1, text="旧"), 100, 100), (view(1), 100, 100), (view(2), 10, 100), (view(3), 100, 10))
    drain()
    assert drop_aged("test", kinds=KINDS, before=ago(50)) == 1
    assert left(actor) == [NoteWritten.kind, 2, 3]
    with tenant_scope(other.id):
        assert left(Actor.system(other.id)) == [4]


def test_what_somebody_has_not_passed_stays_and_is_found_when_he_has(actor, drain):
    begin(actor)
    drain()
    tell((view(1), 100, 100), (view(2), 100, 100))
    assert drop_aged("test", kinds=KINDS, before=ago(50)) == 0
    assert left(actor) == [1, 2]
    drain()
    assert drop_aged("test", kinds=KINDS, before=ago(50)) == 2


def test_other_kinds_begin_the_walk_anew(actor, drain):
    begin(actor)
    tell(
        (PageLeft(visitor_id=1, message_id="l", url="https://a.cn/", seconds=1, depth=1), 100, 100), (view(1), 100, 100)
    )
    drain()
    here = Aged.objects.get(rule="test").position
    assert drop_aged("test", kinds=KINDS, before=ago(50)) == 1
    assert Aged.objects.get(rule="test").position > here
    drop_aged("test", kinds=[*KINDS, PageLeft.kind], before=ago(20_000))
    assert Aged.objects.get(rule="test").position == 0


def test_nothing_of_this_week_goes_whatever_is_asked(actor, drain):
    begin(actor)
    tell((view(1), 8, 8), (view(2), 3, 3))
    drain()
    assert drop_aged("test", kinds=KINDS, before=ago(0)) == 1
    assert left(actor) == [2]
