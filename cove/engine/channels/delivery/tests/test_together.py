"""Verdicts noted together say what they say when each is noted by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.db import OperationalError

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.commands import outbox, settling
from cove.engine.channels.delivery.contracts import FINAL, Again, Ended, Kind, Sent, State, Verdict, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.noting import Noting
from cove.kernel import clock
from cove.kernel.words import Words

WORDS = Words("测试", "Test")
TOLD = ("state", "reason", "errcode", "result", "doubtful", "setbacks", "claimed_by")
LATER = clock.now() + timedelta(hours=1)
VERDICTS = [
    Verdict(State.SENT, result={"number": 1}),
    Verdict(State.SENT, reason="probably_sent", errcode=7, doubtful=True),
    Verdict(State.REFUSED, reason="unsubscribed"),
    Verdict(State.PENDING, reason="busy", not_before=LATER, setback=True),
    Verdict(State.UNKNOWN, reason="no_answer", doubtful=True),
    Verdict(State.SENT),
]


async def _send(_order, _http):
    return Sent()


@pytest.fixture
def heard(monkeypatch):
    """What three kinds are told: one takes news one by one, one together, one stumbles over several and over the key `bad`."""
    told: list[tuple[str, ...]] = []

    def each(actor, order, verdict):
        if order.key.startswith("bad"):
            raise ValueError("a bug")
        told.append((order.key,))

    def together(actor, ended):
        told.append(tuple(one.order.key for one in ended))

    def stumbling(actor, ended):
        told.append(("never",))
        Delivery.objects.filter(id=ended[0].order.id).update(reason="half done")
        raise ValueError("a bug")

    for name, several in (("one", None), ("together", together), ("stumbles", stumbling)):
        kind = Kind(f"test.{name}", WORDS, Again.UNSAFE, _send, each, channel="", settle_together=several)
        monkeypatch.setitem(kinds._entries, kind.name, kind)
    monkeypatch.setitem(kinds._entries, "test.silent", Kind("test.silent", WORDS, Again.UNSAFE, _send, channel=""))
    return told


def claimed(actor, kind, keys, claim=1):
    for key in keys:
        delivery.deliver(actor, kind, key, {})
    return outbox.claim_due(actor, claim=claim, limit=100)


def rows(prefix):
    return [
        [getattr(row, name) for name in TOLD] for row in Delivery.objects.filter(key__startswith=prefix).order_by("id")
    ]


@pytest.mark.parametrize("kind", ["test.one", "test.together", "test.silent"])
def test_together_is_the_same_as_one_by_one(actor, heard, kind):
    alone = claimed(actor, kind, [f"a{number}" for number in range(len(VERDICTS))])
    for order, verdict in zip(alone, VERDICTS, strict=True):
        assert outbox.settle(actor, order=order, verdict=verdict)
    several = claimed(actor, kind, [f"b{number}" for number in range(len(VERDICTS))])
    ended = [Ended(order, verdict) for order, verdict in zip(several, VERDICTS, strict=True)]
    assert settling.settle_together(actor, ended=ended) == len(VERDICTS)
    assert rows("b") == rows("a")
    final = [row.key for row in Delivery.objects.filter(state__in=FINAL).order_by("id")]
    assert Delivery.objects.filter(finished_at=None).count() == 2
    expected = [] if kind == "test.silent" else final
    assert [key for keys in heard for key in keys] == expected
    if kind == "test.together":
        assert len(heard[-1]) == 5


def test_others_orders_are_passed_over(actor, heard):
    mine, lost, done = claimed(actor, "test.together", ["mine", "lost", "done"])
    Delivery.objects.filter(id=lost.id).update(claimed_by=2)
    outbox.settle(actor, order=done, verdict=Verdict(State.SENT))
    ended = [Ended(order, Verdict(State.SENT)) for order in (mine, lost, done)]
    assert settling.settle_together(actor, ended=ended) == 1
    assert Delivery.objects.get(key="lost").state == "sending"
    assert heard == [("done",), ("mine",)]


def test_one_that_is_not_digested_does_not_spoil_its_neighbours(actor, heard):
    orders = claimed(actor, "test.stumbles", ["a", "bad", "c"])
    settling.settle_together(actor, ended=[Ended(order, Verdict(State.SENT)) for order in orders])
    assert heard == [("never",), ("a",), ("c",)]
    found = {row.key: (row.state, row.reason) for row in Delivery.objects.all()}
    assert found == {"a": ("sent", ""), "bad": ("sent", "internal_error"), "c": ("sent", "")}


@pytest.mark.parametrize("error", [OperationalError("deadlock detected"), RuntimeError("a bug")])
def test_what_cannot_be_noted_together_is_noted_all_the_same(actor, heard, monkeypatch, error):
    honest, tries = settling.settle_together, []

    def stumbles(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            raise error
        return honest(*args, **kwargs)

    monkeypatch.setattr(settling, "settle_together", stumbles)
    orders = claimed(actor, "test.together", ["a", "b", "c"])

    async def note():
        noting = Noting()
        await asyncio.gather(*(noting.note(Ended(order, Verdict(State.SENT))) for order in orders))

    asyncio.run(note())
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    # A database that was in trouble is asked for all again; a mistake of ours is gone round one by one.
    assert len(tries) == (2 if isinstance(error, OperationalError) else 1)
    assert len(heard) == (1 if isinstance(error, OperationalError) else 3)
