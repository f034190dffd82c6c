"""What a company may send: paid for when it leaves, once, and given back where it did not leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Sum

from cove.directory.org.models import Notice
from cove.engine.channels.credits.commands.accounts import set_terms, top_up, top_up_company
from cove.engine.channels.credits.contracts import Terms
from cove.engine.channels.credits.errors import MoreThanLeft, NotOpened
from cove.engine.channels.credits.models import CreditMovement
from cove.engine.channels.credits.queries import movements, states
from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.commands.repeating import send_again
from cove.engine.channels.delivery.commands.settling import settle_together
from cove.engine.channels.delivery.contracts import Again, Ended, Kind, Sent, State, Tariff, Verdict, kinds, tariffs
from cove.engine.channels.delivery.facade import deliver
from cove.engine.channels.delivery.judging import hold
from cove.engine.channels.delivery.models import Delivery
from cove.kernel import clock
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.words import Words

WORDS = Words("测试", "Test")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


async def _send(_order, _http):
    return Sent()


@pytest.fixture(autouse=True)
def pigeons(monkeypatch):
    """A tariff of this test's own, and what is paid by it."""
    monkeypatch.setitem(tariffs._entries, "pigeon", Tariff("pigeon", WORDS, WORDS))
    price = Kind("test.pigeon", WORDS, Again.UNSAFE, _send, tariff="pigeon", cost=lambda said: said.get("cost", 1))
    monkeypatch.setitem(kinds._entries, price.name, price)


@pytest.fixture
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOON)
    return move


def give(actor, amount, **terms):
    set_terms(actor, tariff="pigeon", terms=Terms(opened=True, **terms))
    top_up(actor, tariff="pigeon", amount=amount)


def fly(actor, *keys, cost=1):
    """Order acts and claim them; return why each may not leave."""
    for key in keys:
        deliver(actor, "test.pigeon", key, {"cost": cost})
    orders = outbox.claim_due(actor, claim=1, limit=1_000)
    return orders, {order.key: order.held for order in orders}


def end(actor, orders, state=State.SENT):
    for order in orders:
        verdict = hold(order) if order.held else Verdict(state, reason="" if state is State.SENT else "refused")
        assert outbox.settle(actor, order=order, verdict=verdict)


def stand(actor):
    """Return what is left, having seen that the movements say the same."""
    state = next(one for one in states(actor) if one.tariff.key == "pigeon")
    assert (movements(actor, "pigeon").aggregate(sum=Sum("amount"))["sum"] or 0) == state.left
    return state.left


def test_without_an_account_everything_is_free(actor):
    orders, held = fly(actor, "a", "b")
    assert held == {"a": "", "b": ""}
    end(actor, orders, State.FAILED)
    assert (stand(actor), CreditMovement.objects.count()) == (0, 0)


def test_what_leaves_is_paid_for_once_and_what_does_not_is_given_back(actor):
    give(actor, 5)
    orders, held = fly(actor, "dear", "too dear", cost=3)
    assert held == {"dear": "", "too dear": "no_credits"}
    assert stand(actor) == 2
    assert outbox.settle(actor, order=orders[0], verdict=Verdict(State.PENDING, reason="busy", not_before=clock.now()))
    end(actor, orders[1:])
    (again,) = outbox.claim_due(actor, claim=1, limit=9)
    assert stand(actor) == 2
    end(actor, [again], State.FAILED)
    assert stand(actor) == 5
    assert {row.key: (row.state, row.credits) for row in Delivery.objects.all()} == {
        "dear": ("failed", 0),
        "too dear": ("refused", 0),
    }


def test_what_was_refused_for_want_of_credits_goes_out_again_after_a_top_up(actor, administrator):
    give(actor, 0 + 1)
    orders, _ = fly(actor, "a", cost=2)
    end(actor, orders)
    row = Delivery.objects.get()
    assert (row.state, row.reason) == ("refused", "no_credits")
    top_up(actor, tariff="pigeon", amount=1)
    send_again(actor, delivery_id=row.id)
    orders, held = fly(actor)
    end(actor, orders)
    assert (held, stand(actor), Delivery.objects.get().state) == ({"a": ""}, 0, "sent")


def test_an_unknown_end_stays_paid_for(actor):
    give(actor, 5)
    orders, _ = fly(actor, "a")
    end(actor, orders, State.UNKNOWN)
    assert stand(actor) == 4


def test_verdicts_noted_together_give_back_what_each_paid(actor):
    give(actor, 9)
    orders, _ = fly(actor, "a", "b", "c", cost=2)
    states_of = {"a": State.SENT, "b": State.REFUSED, "c": State.FAILED}
    settle_together(actor, ended=[Ended(one, Verdict(states_of[one.key], reason="refused")) for one in orders])
    assert stand(actor) == 7


def test_a_closed_account_takes_back_what_was_paid_before(actor):
    give(actor, 5)
    orders, _ = fly(actor, "a")
    set_terms(actor, tariff="pigeon", terms=Terms(opened=False))
    end(actor, orders, State.FAILED)
    assert stand(actor) == 5
    assert fly(actor, "b")[1] == {"b": ""}
    assert stand(actor) == 5


def test_the_days_limit_is_the_companys_day(actor, at):
    give(actor, 9, most_a_day=2)
    assert fly(actor, "a", "b", "c")[1] == {"a": "", "b": "", "c": "credits_a_day"}
    at(datetime(2026, 3, 2, 16, 0, tzinfo=UTC))  # midnight in Shanghai
    assert fly(actor, "d")[1] == {"d": ""}
    state = next(one for one in states(actor) if one.tariff.key == "pigeon")
    assert (state.left, state.spent_today) == (6, 1)


def test_what_another_day_paid_makes_no_room_today(actor, at):
    give(actor, 9, most_a_day=2)
    paid_yesterday, _ = fly(actor, "a", "b")
    at(datetime(2026, 3, 2, 16, 0, tzinfo=UTC))  # midnight in Shanghai
    paid_today, held = fly(actor, "c", "d")
    assert held == {"c": "", "d": ""}
    end(actor, paid_yesterday, State.FAILED)
    assert fly(actor, "e")[1] == {"e": "credits_a_day"}
    end(actor, paid_today[:1], State.FAILED)
    assert fly(actor, "f")[1] == {"f": ""}
    state = next(one for one in states(actor) if one.tariff.key == "pigeon")
    assert (state.left, state.spent_today) == (7, 2)


def test_what_is_used_is_summed_by_the_hour(actor, at):
    give(actor, 9)
    fly(actor, "a")
    fly(actor, "b", "c")
    at(NOON + timedelta(hours=1))
    fly(actor, "d")
    rows = list(movements(actor, "pigeon").order_by("id").values_list("what", "amount", "messages"))
    assert rows == [("granted", 9, 0), ("spent", -3, 3), ("spent", -1, 1)]


def test_people_are_told_once_that_little_is_left_and_once_that_nothing_is(actor, administrator, drain):
    give(actor, 3, warn_below=2)

    def told():
        drain()
        return list(Notice.objects.filter(kind__startswith="credits.").order_by("id").values_list("kind", flat=True))

    fly(actor, "a")
    assert told() == []
    fly(actor, "b")
    fly(actor, "c")
    assert told() == ["credits.low"]
    fly(actor, "d")
    fly(actor, "e")
    assert told() == ["credits.low", "credits.out"]
    top_up(actor, tariff="pigeon", amount=2)
    fly(actor, "f")
    assert told() == ["credits.low", "credits.out", "credits.low"]


def test_putting_in_is_done_once_and_never_takes_more_than_there_is(actor):
    with pytest.raises(NotOpened):
        top_up(actor, tariff="pigeon", amount=1)
    set_terms(actor, tariff="pigeon", terms=Terms(opened=True))
    for _ in range(2):
        top_up(actor, tariff="pigeon", amount=5, note="三月", once_key="order-0001")
    assert stand(actor) == 5
    top_up(actor, tariff="pigeon", amount=-4)
    with pytest.raises(MoreThanLeft):
        top_up(actor, tariff="pigeon", amount=-2)
    for wrong in ({"amount": 0}, {"amount": 10**13}, {"amount": 1, "note": "长" * 201}):
        with pytest.raises(InvalidInput):
            top_up(actor, tariff="pigeon", **wrong)
    with pytest.raises(NotFound):
        top_up(actor, tariff="owl", amount=1)
    assert stand(actor) == 1


def test_only_an_owner_of_the_installation_puts_in(actor, administrator):
    from cove.directory.org.queries.actors import actor_of_member

    with pytest.raises(Forbidden):
        top_up_company(
            actor_of_member(administrator), tenant_id=actor.tenant_id, tariff="pigeon", amount=1, note="", once_key=""
        )


def test_a_claim_of_many_asks_no_more_than_one(actor, django_assert_max_num_queries):
    give(actor, 9_000)

    def asked(prefix, count):
        for number in range(count):
            deliver(actor, "test.pigeon", f"{prefix}{number}", {})
        with django_assert_max_num_queries(14) as queries:
            outbox.claim_due(actor, claim=1, limit=1_000)
        return len(queries)

    assert asked("few", 2) >= asked("many", 200)
