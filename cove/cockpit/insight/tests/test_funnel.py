"""The funnel's definition, case by case, and against ClickHouse's own windowFunnel on random streams."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from cove.cockpit.insight.contracts import Step
from cove.cockpit.insight.queries.funnel import funnel
from cove.kernel.clickhouse.client import insert_block, rows
from cove.kernel.errors import InvalidInput
from cove.kernel.ids import person_id

START = datetime(2026, 3, 1, tzinfo=UTC)
END = START + timedelta(days=30)
DAY = timedelta(days=1)
COLUMNS = ("tenant_id", "person_id", "at", "position", "kind")
KINDS = {
    "A": "tracking.page_viewed",
    "B": "live_codes.code_scanned",
    "C": "wecom.friend_added",
    "D": "people.note_written",
    "x": "people.contact_tagged",
}


def happened(actor, person, letters, *, minutes=None, start=START, payload="{}"):
    """Let `person` do what the letters say, one a minute or at the given minutes."""
    minutes = minutes if minutes is not None else range(len(letters))
    data = [[*row, payload] for row in deeds(actor, person, letters, minutes, start)]
    insert_block("timeline_fact", (*COLUMNS, "payload"), data, token=f"{actor.tenant_id}:{person}:{letters}:{start}")


def deeds(actor, person, letters, minutes, start=START):
    return [
        [actor.tenant_id, person, start + timedelta(minutes=minute), place, KINDS[letter]]
        for place, (letter, minute) in enumerate(zip(letters, minutes, strict=True))
    ]


def ask(actor, letters, *, window=DAY, since=START, until=END):
    steps = [Step(KINDS[letter]) for letter in letters]
    return funnel(actor, steps=steps, window=window, since=since, until=until)


def reached(actor, letters, **options):
    return [one.people for one in ask(actor, letters, **options)]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("ABCD", 4),
        ("ABDC", 3),
        ("ABCBD", 4),
        ("ABxCD", 4),
        ("ADBCD", 4),
        ("BACD", 1),
        ("xABCD", 4),
        ("BCD", 0),
        ("AxABCD", 4),
    ],
)
def test_order(actor, letters, expected):
    happened(actor, 1, letters)
    assert reached(actor, "ABCD") == [int(number <= expected) for number in range(1, 5)]


@pytest.mark.parametrize(
    ("letters", "expected"), [("A", 1), ("AB", 2), ("ABxB", 3), ("ABxBBx", 4), ("ABBBB", 5), ("BBBBA", 1)]
)
def test_a_fact_serves_one_step_only(actor, letters, expected):
    happened(actor, 1, letters)
    assert reached(actor, "ABBBB") == [int(number <= expected) for number in range(1, 6)]


def test_the_window_runs_from_the_entry_end_included_and_a_later_attempt_may_win(actor):
    hour = timedelta(hours=1)
    happened(actor, 1, "AB", minutes=[0, 60])
    happened(actor, 2, "AB", minutes=[0, 60.001])
    happened(actor, 3, "AABC", minutes=[0, 50, 80, 110])
    # Step to step each is within the hour, from the entry it is not.
    happened(actor, 4, "ABC", minutes=[0, 40, 80])
    assert reached(actor, "ABC", window=hour) == [4, 3, 1]


def test_facts_of_one_millisecond_count_in_the_order_of_the_steps(actor):
    happened(actor, 1, "CBA", minutes=[0, 0, 0])
    assert reached(actor, "ABC") == [1, 1, 1]


def test_entries_end_with_the_range_and_later_steps_may_lie_behind_it(actor):
    happened(actor, 1, "AB", start=END - timedelta(minutes=1), minutes=[0, 30])
    happened(actor, 2, "AB", start=END)
    happened(actor, 3, "AB", start=START - timedelta(minutes=1))
    assert reached(actor, "AB") == [1, 1]


def test_medians_are_taken_along_the_first_attempt_that_came_there(actor):
    happened(actor, 1, "ABC", minutes=[0, 1, 11])
    happened(actor, 2, "ABBC", minutes=[0, 3, 8, 23])
    happened(actor, 3, "AB", minutes=[0, 9])
    figures = ask(actor, "ABC")
    assert [one.median_seconds for one in figures] == [None, 180.0, 900.0]
    assert [(one.from_previous, one.from_first) for one in figures] == [(1, 1), (1, 1), (0.6667, 0.6667)]


def test_nobody_is_no_division(actor):
    assert [(one.people, one.from_previous, one.median_seconds) for one in ask(actor, "AB")] == [(0, 0, None)] * 2


def test_a_visitor_counts_as_the_contact_he_turned_out_to_be(actor):
    visitor, other = person_id(visitor=11), person_id(visitor=12)
    happened(actor, visitor, "A")
    happened(actor, 5, "B", minutes=[10])
    happened(actor, other, "A")
    assert reached(actor, "AB") == [2, 0]
    insert_block(
        "timeline_override",
        ("tenant_id", "visitor", "person_id", "version"),
        [[actor.tenant_id, visitor, 5, 2], [actor.tenant_id, visitor, 6, 1]],
        token=f"{actor.tenant_id}",
    )
    assert reached(actor, "AB") == [2, 1]


def test_facts_of_nobody_and_of_other_tenants_are_not_people(actor, tenant):
    from dataclasses import replace

    happened(actor, 0, "AB")
    happened(replace(actor, tenant_id=actor.tenant_id + 500_000), 1, "AB")
    assert reached(actor, "AB") == [0, 0]


def test_steps_may_be_narrowed_by_fields_and_properties(actor):
    happened(actor, 1, "A", payload='{"title":"价格 \\"A/B\\"","properties":{"plan":"pro","seats":12,"trial":true}}')
    happened(actor, 2, "A", payload='{"title":"首页","properties":{"plan":"free","seats":1,"trial":false}}')
    for person in (1, 2):
        happened(actor, person, "B", minutes=[5])

    def people(**where):
        narrowed = {path.replace("__", "."): value for path, value in where.items()}
        steps = [Step(KINDS["A"], narrowed), Step(KINDS["B"])]
        return [one.people for one in funnel(actor, steps=steps, window=DAY, since=START, until=END)]

    assert people(title='价格 "A/B"') == [1, 1]
    assert people(properties__plan="free") == [1, 1]
    assert people(properties__seats=12) == [1, 1]
    assert people(properties__trial=True, properties__plan="pro") == [1, 1]
    assert people(properties__plan="' OR 1=1 --") == [0, 0]
    assert people(nothing="x") == [0, 0]


def test_the_same_kind_twice_with_different_filters(actor):
    happened(actor, 1, "A", payload='{"url":"/one"}')
    happened(actor, 1, "A", payload='{"url":"/two"}', start=START + timedelta(minutes=5))
    kind = KINDS["A"]
    steps = [Step(kind, {"url": "/one"}), Step(kind, {"url": "/two"}), Step(kind)]
    assert [one.people for one in funnel(actor, steps=steps, window=DAY, since=START, until=END)] == [1, 1, 0]


@pytest.mark.parametrize("letters", ["AB", "ABC", "ABA", "ABB", "AABC", "ABCD"])
def test_the_same_numbers_as_window_funnel_on_random_streams(actor, letters):
    chance = random.Random(letters)
    data = []
    for person in range(1, 2_000):
        length = chance.randint(1, 9)
        # No two facts at one time: there the two differ by design, see the definition.
        minutes = sorted(chance.sample(range(60), length))
        data += deeds(actor, person, "".join(chance.choices("ABCDx", k=length)), minutes)
    insert_block("timeline_fact", COLUMNS, data, token=f"{actor.tenant_id}")
    conditions = ", ".join(f"kind = '{KINDS[letter]}'" for letter in letters)
    found = rows(
        actor.tenant_id,
        f"SELECT level, count() AS people FROM (SELECT windowFunnel(1200, 'strict_once')(toDateTime(at), {conditions}) AS level "
        "FROM timeline_fact WHERE tenant_id = {tenant:UInt64} GROUP BY person_id) GROUP BY level",
    )
    levels = {row["level"]: row["people"] for row in found}
    expected = [sum(people for level, people in levels.items() if level >= step) for step in range(1, len(letters) + 1)]
    assert reached(actor, letters, window=timedelta(minutes=20)) == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"steps": [Step(KINDS["A"])]}, "steps"),
        ({"steps": [Step(KINDS["A"])] * 11}, "steps"),
        ({"steps": [Step(KINDS["A"]), Step("no.such")]}, "steps.1.kind"),
        ({"window": timedelta(seconds=59)}, "window_hours"),
        ({"window": timedelta(days=366)}, "window_hours"),
        ({"until": START}, "to"),
        ({"since": START - timedelta(days=1200)}, "from"),
    ],
)
def test_bounds_name_the_field(actor, change, field):
    question = {"steps": [Step(KINDS["A"]), Step(KINDS["B"])], "window": DAY, "since": START, "until": END, **change}
    with pytest.raises(InvalidInput) as refused:
        funnel(actor, **question)
    assert field in refused.value.fields
