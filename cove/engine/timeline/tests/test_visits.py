"""Visits as the engine adds them up: one person's, over midnight, once, and without suspicious traffic."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.cockpit.insight.permissions import SEE_INSIGHT
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.timeline import facade as timeline
from cove.engine.timeline.contracts import Verdict
from cove.facts.tracking import EventTracked, PageLeft, PageViewed
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.ids import person_id
from cove.kernel.log.consume import drain, pour
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.reactions import sinks

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def tell(visitor, session, *deeds):
    """Tell what a visitor did in a visit: (seconds from its beginning at NOON, fact class, fields)."""
    append_facts(
        [
            pending(
                kind(visitor_id=visitor, session_id=session, message_id=f"{session}{after}", **fields),
                at=NOON + timedelta(seconds=after),
                chain=(),
            )
            for after, kind, fields in deeds
        ]
    )


def view(after, url="https://www.shop.example/a?x=1", **fields):
    return after, PageViewed, {"url": url, **fields}


def leave(after, seconds):
    return after, PageLeft, {"seconds": seconds, "depth": 50}


def act(after):
    return after, EventTracked, {"event": "buy"}


def ask(actor, *, since=NOON - DAY, until=NOON + DAY, **named):
    drain()
    return timeline.visits(actor, operation=SEE_INSIGHT, since=since, until=until, **named)


def test_figures(actor):
    tell(1, "bounced", view(0), leave(8, 8))
    tell(1, "did something", view(100), act(160))
    tell(2, "looked around", view(0), leave(20, 15), view(20), leave(80, 45))
    figures = ask(actor)
    assert (figures.visits, figures.people, figures.views, figures.bounces) == (3, 2, 4, 1)
    assert (figures.median_seconds, figures.visible_seconds) == (60, pytest.approx(68 / 3))


def test_nobody_came(actor):
    figures = ask(actor)
    assert (figures.visits, figures.people, figures.median_seconds) == (0, 0, None)


def test_what_has_no_session_is_no_visit_and_neighbours_are_not_seen(actor):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.scope import tenant_scope

    tell(1, "", view(0))
    neighbour = create_tenant(name="邻居")
    with tenant_scope(neighbour.id):
        tell(1, "theirs", view(0))
    assert ask(actor).visits == 0


def test_a_visit_over_midnight_is_one_and_belongs_to_the_day_it_began(actor):
    tell(1, "night", view(12 * 3600 - 60), view(12 * 3600 + 60), act(12 * 3600 + 120))
    midnight = NOON + timedelta(hours=12)
    assert ask(actor, until=midnight).views == 2
    assert ask(actor, until=midnight).median_seconds == 180
    assert ask(actor, since=midnight).visits == 0


def test_what_arrives_late_joins_its_visit_and_may_begin_it(actor):
    tell(1, "s", view(60, channel="direct"), leave(90, 30))
    drain()
    tell(1, "s", view(0, url="https://www.shop.example/first", channel="search", utm_campaign="spring"))
    drain()
    named = {"operation": SEE_INSIGHT, "since": NOON - DAY, "until": NOON + DAY}
    assert [(one.key, one.visits) for one in timeline.visits_by(actor, "channel", **named)] == [("search", 1)]
    assert [one.key for one in timeline.visits_by(actor, "page", **named)] == ["shop.example/first"]
    assert [one.key for one in timeline.visits_by(actor, "utm_campaign", **named)] == ["spring"]
    assert ask(actor).median_seconds == 90


def test_a_browser_that_became_known_midway_has_one_visit_and_another_persons_is_his_own(actor):
    contact, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web")
    for visitor in (11, 12):
        people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")
    tell(11, "s", view(0))
    tell(12, "s", view(30))
    tell(13, "s", view(60))
    figures = ask(actor)
    assert (figures.visits, figures.people, figures.bounces) == (2, 2, 1)


def test_the_same_batch_again_counts_once(actor, monkeypatch):
    """A process that dies behind the insert ships the batch again."""
    from cove.kernel.log import consume

    tell(1, "s", view(0), view(10), act(20))

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(consume, "move_cursor", die)
        with pytest.raises(KeyboardInterrupt):
            pour(sinks["timeline"])
    figures = ask(actor)
    assert (figures.visits, figures.views) == (1, 2)


def test_suspicious_visits_are_left_out_unless_asked_for(actor):
    tell(1, "person", view(0))
    tell(2, "robot", view(0, suspicion=80), act(1))
    tell(3, "found later", view(0))
    tell(4, "cleared later", view(0, suspicion=80))
    drain()
    at = NOON.replace(minute=0)
    verdicts = [Verdict(person_id(visitor=3), at, 90), Verdict(person_id(visitor=4), at, 0)]
    timeline.keep_verdicts(actor.tenant_id, verdicts)
    assert ask(actor).visits == 2
    assert ask(actor, exclude_suspicious=False).visits == 4


def test_whoever_reaches_some_contacts_sees_their_visits_only(actor, administrator):
    from dataclasses import replace

    contact, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=11, how="identify")
    tell(11, "his", view(0))
    tell(12, "nobody's", view(0))
    drain()
    rights = {SEE_INSIGHT.key: "own"}
    some = Actor(
        actor.tenant_id,
        "member",
        member_id=administrator.id,
        rights=rights,
        circles={"own": frozenset({administrator.id})},
    )
    assert ask(some).visits == 0
    people.begin_ownership(actor, contact_id=contact.id, member_id=administrator.id, since=NOON)
    assert ask(some).visits == 1
    with pytest.raises(Forbidden):
        ask(replace(some, rights={}))


def test_erasing_a_person_leaves_his_visits_as_nobodys(actor):
    from cove.engine.timeline.commands.personal_data import TIMELINE
    from cove.kernel.clickhouse.client import rows
    from cove.kernel.personal_data import Person

    contact, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=11, how="identify")
    tell(11, "s", view(0), view(5))
    before = ask(actor)
    person = Person(contact_id=contact.id, visitors=(11,), identities=(), texts=(), statistic=999)
    TIMELINE.erase(actor, person)
    assert ask(actor) == before
    left = rows(actor.tenant_id, "SELECT DISTINCT person_id FROM timeline_session WHERE tenant_id = {tenant:UInt64}")
    assert left == [{"person_id": person_id(visitor=999)}]
