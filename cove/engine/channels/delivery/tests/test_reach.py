"""The last question before a marketing message leaves: may it?"""

from __future__ import annotations

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.commands import outbox as commands
from cove.engine.channels.delivery.contracts import Again, Kind, Sent, kinds
from cove.engine.channels.delivery.facade import deliver
from cove.engine.channels.delivery.judging import hold
from cove.engine.channels.delivery.models import Delivery
from cove.facts.delivery import REASONS
from cove.kernel.words import Words


async def _send(_order, _http):
    return Sent()


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch):
    words = Words("测试", "Test")
    for name, purpose in (("test.news", "marketing"), ("test.answer", "service")):
        kind = Kind(name, words, Again.UNSAFE, _send, purpose=purpose, channel="sms")
        monkeypatch.setitem(kinds._entries, name, kind)


def test_marketing_goes_only_to_whoever_wants_it(actor, django_assert_max_num_queries):
    ids = [
        people.admit_contact(actor, identity=Identity("user", name), source="web")[0].id
        for name in ("agreed", "unsubscribed", "silent")
    ]
    for contact_id in ids[:2]:
        privacy.keep_choices(actor, contact_id=contact_id, source="form", purposes={"marketing": True}, channels={})
    privacy.keep_choices(actor, contact_id=ids[1], source="form", purposes={}, channels={"sms": False})
    for contact_id in ids:
        for kind in ("test.news", "test.answer"):
            deliver(actor, kind, f"{kind}:{contact_id}", {"contact_id": contact_id})
    orders = commands.claim_due(actor, claim=1, limit=20)
    held = {order.payload["contact_id"]: order.held for order in orders if order.kind == "test.news"}
    assert held == {ids[0]: "", ids[1]: "unsubscribed", ids[2]: "no_consent"}
    assert {order.held for order in orders if order.kind == "test.answer"} == {""}
    for order in orders:
        if order.held:
            verdict = hold(order)
            assert (verdict.state, order.held in REASONS) == ("refused", True)
            assert commands.settle(actor, order=order, verdict=verdict)


def test_a_welcome_is_a_service():
    assert kinds["wecom.send_welcome"].purpose == "service"


def test_an_act_of_an_unknown_kind_holds_up_nobody(actor, monkeypatch):
    known, unknown = "test.answer", "test.news"
    deliver(actor, unknown, "first", {})
    deliver(actor, known, "second", {})
    monkeypatch.delitem(kinds._entries, unknown)
    assert [order.kind for order in commands.claim_due(actor, claim=2, limit=20)] == [known]
    Delivery.objects.filter(kind=unknown).update(state="sending", claimed_by=3)
    commands.take_back(actor, ids=list(Delivery.objects.values_list("id", flat=True)))
    assert dict(Delivery.objects.values_list("kind", "state")) == {unknown: "sending", known: "unknown"}
