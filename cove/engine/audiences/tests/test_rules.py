from __future__ import annotations

import json

import pytest

from cove.directory.people.commands.contacts import admit_contact
from cove.directory.people.contracts import Identity
from cove.engine.audiences import facade
from cove.engine.audiences.errors import InvalidRule
from cove.engine.audiences.rules.parse import MAX_DEPTH, parse
from cove.engine.audiences.tests.cases import CASES, LOST, VIP, filled, has
from cove.engine.audiences.tests.people import make_world
from cove.kernel.actor import Actor
from cove.kernel.conditions.condition import conditions
from cove.kernel.errors import Forbidden
from cove.kernel.scope import tenant_scope
from cove.kernel.words import speaking

SYSTEM = Actor.system(1)


@pytest.fixture
def world(actor):
    return make_world(actor)


def by_database(actor, rule, world):
    found = set(facade.contacts_matching(actor, rule))
    return {letter for letter, one in world.people.items() if one in found}


def in_memory(actor, rule, world):
    return {letter for letter, one in world.people.items() if facade.matches(actor, rule, one)}


@pytest.mark.parametrize("evaluate", [by_database, in_memory])
def test_the_table_of_cases(actor, world, evaluate):
    wrong = {}
    for rule, expected in CASES:
        found = evaluate(actor, filled(rule, world), world)
        if found != set(expected):
            wrong[json.dumps(rule, ensure_ascii=False)] = "".join(sorted(found)), expected
    assert wrong == {}


def test_every_condition_of_people_and_every_operator_is_in_the_table():
    text = json.dumps([rule for rule, _ in CASES])
    for condition in conditions:
        if condition.field.startswith("people.") and condition.field != "people.last_seen":
            assert condition.field in text
            for operator in condition.operators:
                assert f'"op": "{operator.key}"' in text


def test_another_tenants_people_are_never_named(actor, world, databases):
    from cove.directory.org.commands.tenants import create_tenant

    other = Actor.system(create_tenant(name="别家").id)
    with tenant_scope(other.tenant_id):
        stranger, _ = admit_contact(other, identity=Identity("user", "x"), source="web")
        assert set(facade.contacts_matching(other, {"all": []})) == {stranger.id}
    assert not facade.matches(actor, {"all": []}, stranger.id)
    assert stranger.id not in set(facade.contacts_matching(actor, {"not": filled(VIP, world)}))


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (None, "rule"),
        ([], "rule"),
        ({}, "rule"),
        ({"all": [], "any": []}, "rule"),
        ({"all": {}}, "rule.all"),
        ({"any": []}, "rule.any"),
        ({"not": []}, "rule.not"),
        ({"all": [{"any": [has("people.tag", "has", [1]), 3]}]}, "rule.all.0.any.1"),
        (has("people.shoe", "is", "x"), "rule.field"),
        (has(7, "is", "x"), "rule.field"),
        (has("people.tag", "like", [1]), "rule.op"),
        (has("people.tag", ["has"], [1]), "rule.op"),
        ({"not": has("people.tag", "has", [])}, "rule.not.value"),
        (has("people.tag", "has", ["1"]), "rule.value"),
        (has("people.tag", "has", [True]), "rule.value"),
        (has("people.tag", "has", [1 << 80]), "rule.value"),
        (has("people.tag", "has"), "rule.value"),
        (has("people.name", "contains", ""), "rule.value"),
        (has("people.name", "contains", "a\0b"), "rule.value"),
        (has("people.name", "contains", "\ud800"), "rule.value"),
        (has("people.name", "empty", "x"), "rule.value"),
        (has("people.source", "is", ["moon"]), "rule.value"),
        (has("people.created", "within_days", 0), "rule.value"),
        (has("people.created", "before", "2026-01-01T00:00:00"), "rule.value"),
        (has("people.created", "before", "yesterday"), "rule.value"),
        (has("people.lost", "is", "yes"), "rule.value"),
        ({**LOST, "more": 1}, "rule"),
    ],
)
def test_a_faulty_rule_names_the_faulty_node(document, path):
    with pytest.raises(InvalidRule) as caught:
        parse(document, SYSTEM)
    assert list(caught.value.fields) == [path]


def test_all_faults_are_told_at_once():
    with pytest.raises(InvalidRule) as caught:
        parse({"all": [has("people.shoe", "is"), has("people.name", "is", ""), {"not": 1}]}, SYSTEM)
    assert set(caught.value.fields) == {"rule.all.0.field", "rule.all.1.value", "rule.all.2.not"}


def test_depth_and_size_are_bounded():
    deep = {"all": []}
    for _ in range(MAX_DEPTH):
        deep = {"not": deep}
    with pytest.raises(InvalidRule):
        parse(deep, SYSTEM)
    with pytest.raises(InvalidRule):
        parse({"any": [LOST] * 300}, SYSTEM)


def test_a_rule_in_plain_words(actor, world):
    rule = filled(
        {"all": [VIP, {"any": [has("people.source", "is", ["web"]), {"not": has("people.name", "empty")}]}]}, world
    )
    with speaking("zh-CN"):
        assert (
            facade.explain(actor, rule) == "标签含有「vip」中的任一个，并且（来源是「网站」，或者不满足（姓名为空））"
        )
    with speaking("en"):
        assert facade.explain(actor, rule) == ("Tags has any of “vip” and (Source is “Website” or not (Name is empty))")
        assert facade.explain(actor, {"all": []}) == "everybody"
        assert facade.explain(actor, has("people.tag", "has", [1 << 40])) == "Tags has any of “deleted”"
        assert facade.explain(actor, LOST) == "Lost: yes"
        assert (
            facade.explain(actor, has("people.created", "within_days", 7)) == "Became a contact within the last 7 days"
        )
        since = has("people.created", "since", "2026-01-31T09:00:00+08:00")
        assert facade.explain(actor, since) == "Became a contact since 2026-01-31 09:00 +08:00"


def test_who_may_not_see_contacts_gets_none(actor, world):
    nobody = Actor(tenant_id=actor.tenant_id, kind="member")
    with pytest.raises(Forbidden):
        facade.contacts_matching(nobody, {"all": []})
