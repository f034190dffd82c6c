"""What came, held against the plan: one table of cases."""

from __future__ import annotations

import pytest

from cove.engine.tracking.queries.checking import Plan, findings, guessed_type, is_pattern, shown
from cove.engine.tracking.queries.plan_faults import faults_of


def prop(name, type_="text", *, required=False, choices=(), pattern="", note=""):
    return {
        "name": name,
        "type": type_,
        "required": required,
        "choices": list(choices),
        "pattern": pattern,
        "note": note,
    }


def event(name, *properties, status="live", pql=False):
    return {"name": name, "note": "", "status": status, "pql": pql, "properties": list(properties)}


PLAN = Plan.read(
    1,
    {
        "events": [
            event(
                "order_paid",
                prop("amount", "number", required=True),
                prop("currency", choices=("CNY", "USD")),
                prop("count", "integer"),
                prop("gift", "boolean"),
                prop("paid_at", "time"),
                prop("coupon", pattern="[A-Z]{2}[0-9]{4}"),
                prop("skus", "list", choices=("a", "b")),
                prop("address", "object"),
            ),
            event("old", status="retired"),
        ]
    },
)

CASES = [
    ("order_paid", {"amount": 1}, []),
    ("order_paid", {"amount": 1.5, "currency": "CNY", "count": 2, "gift": False, "skus": ["a", "b"]}, []),
    ("order_paid", {"amount": 1, "paid_at": "2026-01-31T08:00:00Z", "coupon": "AB1234", "address": {}}, []),
    ("order_paid", {"amount": 1, "paid_at": "2026-01-31", "count": 3.0}, []),
    ("order_paid", {"amount": 1, "currency": None, "$claimed_user_id": "u1"}, []),
    ("order_paid", {}, [("missing", "amount")]),
    ("order_paid", {"amount": None}, [("missing", "amount")]),
    ("order_paid", {"amount": "1"}, [("type", "amount")]),
    ("order_paid", {"amount": True}, [("type", "amount")]),
    ("order_paid", {"amount": float("nan")}, [("type", "amount")]),
    ("order_paid", {"amount": 10**400, "count": 10**400}, []),
    ("order_paid", {"amount": 1, "count": float("inf")}, [("type", "count")]),
    ("order_paid", {"amount": 1, "count": 1.5}, [("type", "count")]),
    ("order_paid", {"amount": 1, "gift": 1}, [("type", "gift")]),
    ("order_paid", {"amount": 1, "paid_at": "yesterday"}, [("type", "paid_at")]),
    ("order_paid", {"amount": 1, "paid_at": "202"}, [("type", "paid_at")]),
    ("order_paid", {"amount": 1, "address": []}, [("type", "address")]),
    ("order_paid", {"amount": 1, "currency": "EUR"}, [("choice", "currency")]),
    ("order_paid", {"amount": 1, "skus": ["a", "c"]}, [("choice", "skus")]),
    ("order_paid", {"amount": 1, "skus": [{"a": 1}]}, [("choice", "skus")]),
    ("order_paid", {"amount": 1, "coupon": "xAB1234"}, [("pattern", "coupon")]),
    ("order_paid", {"amount": 1, "coupon": "\ud800"}, [("pattern", "coupon")]),
    ("order_paid", {"amount": 1, "colour": "red"}, [("extra", "colour")]),
    ("order_paid", {"currency": 3, "colour": 1}, [("missing", "amount"), ("type", "currency"), ("extra", "colour")]),
    ("old", {"x": 1}, [("retired", "")]),
    ("unheard", {"x": 1}, [("unplanned", "")]),
]


@pytest.mark.parametrize(("name", "properties", "expected"), CASES)
def test_every_difference_is_found_and_no_other(name, properties, expected):
    assert [(one.kind, one.property) for one in findings(PLAN, name, properties)] == expected


def test_a_finding_tells_what_should_have_come_and_what_came():
    [found] = findings(PLAN, "order_paid", {"amount": 1, "currency": "EUR"})
    assert (found.expected, found.got) == ("CNY | USD", "EUR")
    [found] = findings(PLAN, "order_paid", {"amount": "x" * 5_000})
    assert len(found.got) == 200


def test_what_is_long_is_shown_by_its_beginning():
    assert shown({"a": 1}) == {"a": 1}
    assert shown({"a": "x" * 500}).startswith('{"a": "xxx')
    assert len(shown({"a": "x" * 500})) == 200
    assert shown([float("inf")]) == "[Infinity]"


def test_a_pattern_that_would_take_for_ever_elsewhere_takes_no_time():
    plan = Plan.read(1, {"events": [event("e", prop("p", pattern="(a+)+b"))]})
    # An engine that goes back would not end before the stars do.
    assert [one.kind for one in findings(plan, "e", {"p": "a" * 30_000})] == ["pattern"]


@pytest.mark.parametrize("pattern", ["a(", "(?=x)", "\\1", "[", "*"])
def test_what_is_no_pattern_is_said_to_be_none(pattern):
    assert not is_pattern(pattern)
    assert "properties.0.pattern" in faults_of("e", "", [prop("p", pattern=pattern)])


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([1, 2.0], "integer"),
        ([1, 2.5], "number"),
        ([True, False], "boolean"),
        (["2026-01-31", "2026-01-31T08:00:00+08:00"], "time"),
        (["a", 1], "text"),
        ([["a"], []], "list"),
        ([{"a": 1}], "object"),
        ([None], "text"),
        ([None, 3], "integer"),
        ([], "text"),
    ],
)
def test_types_are_guessed_from_what_came(values, type_):
    assert guessed_type(values) == type_


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        (("", "", []), "name"),
        (("$click", "", []), "name"),
        (("a\nb", "", []), "name"),
        (("x" * 101, "", []), "name"),
        (("e", "n" * 501, []), "note"),
        (("e", "", [prop(f"p{n}") for n in range(101)]), "properties"),
        (("e", "", [prop("a"), prop("a")]), "properties.1.name"),
        (("e", "", [prop("$a")]), "properties.0.name"),
        (("e", "", [prop("a", "money")]), "properties.0.type"),
        (("e", "", [prop("a", choices=["x", "x"])]), "properties.0.choices"),
        (("e", "", [prop("a", choices=[""])]), "properties.0.choices"),
        (("e", "", [prop("a", "number", choices=["1"])]), "properties.0.choices"),
        (("e", "", [prop("a", "object", pattern="x")]), "properties.0.pattern"),
        (("e", "", [prop("a", note="n" * 501)]), "properties.0.note"),
    ],
)
def test_what_is_written_wrongly_is_named_with_its_remedy(faulty, field):
    faults = faults_of(*faulty)
    assert list(faults) == [field]
    assert faults[field].zh != faults[field].en
