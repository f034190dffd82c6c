"""Rights add up: a role more never takes anything away, and what is given together is what each gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cove.kernel.actor import SCOPES, Actor
from cove.kernel.operations import operations
from cove.kernel.rights import exceeding, united, wider, with_implied
from cove.kernel.sensitive import mask_within, sensitive_fields

GRANTABLE = sorted(entry.key for entry in operations if entry.grantable)
rights = st.dictionaries(st.sampled_from(GRANTABLE), st.sampled_from(SCOPES), max_size=8)
roles = st.lists(rights, max_size=5)


def covers(wide, narrow):
    return all(key in wide and wider(wide[key], scope) == wide[key] for key, scope in narrow.items())


@given(roles, rights)
def test_a_role_more_takes_nothing_away(several, one_more):
    before, after = united(several), united([*several, one_more])
    assert covers(after, before)
    assert covers(after, with_implied(one_more))


@given(roles)
def test_several_roles_give_what_one_of_them_gives_and_nothing_else(several):
    together = united(several)
    each = [with_implied(one) for one in several]
    for key, scope in together.items():
        given_by = [one[key] for one in each if key in one]
        assert scope == max(given_by, key=SCOPES.index)
    assert set(together) == {key for one in each for key in one}


@given(roles)
def test_the_order_of_roles_does_not_matter_and_twice_is_once(several):
    assert united(several) == united(reversed(several)) == united([*several, *several])


@given(rights)
def test_what_is_implied_is_there_at_least_as_widely(one):
    closed = with_implied(one)
    assert with_implied(closed) == closed
    for key, scope in closed.items():
        for implied in operations[key].implies:
            assert implied in closed
            if operations[key].scoped and operations[implied].scoped:
                assert wider(closed[implied], scope) == closed[implied]


@given(rights, rights)
def test_nothing_exceeds_what_covers_it(one, other):
    own = united([one, other])
    assert exceeding(one, own) == []
    assert (exceeding(own, with_implied(one)) == []) == covers(with_implied(one), own)


@given(roles, st.sets(st.integers(1, 9), max_size=3), st.sets(st.integers(1, 9), max_size=3))
def test_reach_grows_with_the_rights(several, room, below):
    circles = {"departments": frozenset(room), "subtree": frozenset(room | below)}
    less = Actor(1, "member", member_id=5, rights=united(several[:1]), circles=circles)
    more = Actor(1, "member", member_id=5, rights=united(several), circles=circles)
    for entry in operations:
        if not entry.grantable:
            assert more.reach(entry) == less.reach(entry)
        if less.may(entry):
            assert more.may(entry)
        narrow, wide = less.reach(entry), more.reach(entry)
        assert wide.everybody or (not narrow.everybody and narrow.member_ids <= wide.member_ids)


def test_who_makes_something_sees_what_he_made():
    assert with_implied({"live_codes.create": "all"})["live_codes.see"] == "own"
    assert with_implied({"live_codes.change": "subtree"})["live_codes.see"] == "subtree"
    assert with_implied({"live_codes.see": "all", "live_codes.create": "all"})["live_codes.see"] == "all"


def test_rights_of_modules_that_are_gone_and_of_code_itself_are_left_out():
    assert with_implied({"coupons.see": "all", "people.keep": "all", "jobs.own": "all"}) == {}


def test_values_are_masked_inside_texts():
    texts = {
        "打 138 0013 8000 找他": "打 138****8000 找他",
        "tel:+8613800138000,": "tel:+86****8000,",
        "https://a.b/?phone=13800138000&x=1": "https://a.b/?phone=138****8000&x=1",
        "order 2013800138000123 of wmAAAA": "order 2013800138000123 of wmAAAA",
        "an zhang.san@example.com 写信": "an z***@example.com 写信",
        "mail=zhang%40example.com": "mail=****",
        "woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA": "w****A",
    }
    for text, masked in texts.items():
        assert mask_within(text, sensitive_fields) == masked
        assert mask_within(text, []) == text
