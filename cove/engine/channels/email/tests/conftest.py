from __future__ import annotations

import asyncio

import httpx
import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.contracts import kinds
from cove.engine.channels.delivery.judging import hold, judge
from cove.engine.channels.email.client.lines import lines
from cove.engine.channels.email.commands.domains import add_domain
from cove.engine.channels.email.commands.messages import Wanted, send_mails
from cove.engine.channels.email.commands.senders import add_sender
from cove.engine.channels.email.commands.templates import create_template
from cove.engine.channels.email.contracts.cards import DomainWays
from cove.engine.channels.email.tests.post_office import post_office
from cove.kernel import clock
from tests.ports import free_port

HTML = (
    "<style>p{color:#333}</style><p>您好 {{ contact.name | 朋友 }}，<a href='https://shop.example/a?x=1&amp;y=2'>新品</a>"
    " {{ data.coupon | 无 }}</p><a href='{{ unsubscribe_url }}'>退订</a>"
)


@pytest.fixture
def office():
    with post_office(free_port()) as running:
        yield running


@pytest.fixture
def domain(actor, office):
    return add_domain(actor, name="mail.shop.example", ways=DomainWays("127.0.0.1", office.port, "none"))


@pytest.fixture
def sender(actor, domain):
    return add_sender(actor, domain_id=domain.id, name="云岫家居", local="news", reply_to="help@shop.example")


@pytest.fixture
def template(actor):
    return create_template(actor, name="新品", subject="{{ contact.name | 朋友 }}，新品到了", html=HTML)


@pytest.fixture
def person(actor):
    """Make contacts who agreed to marketing: `person("林晓雨", "lin@qq.test")` is a number."""

    def make(name, email, *, agreed=True):
        card, _ = people.admit_contact(
            actor, identity=Identity("email", email), source="web", profile=Profile(name=name, email=email)
        )
        if agreed:
            privacy.keep_choices(actor, contact_id=card.id, source="form", purposes={"marketing": True}, channels={})
        return card.id

    return make


@pytest.fixture
def send(actor, sender, template):
    """Ask for mails to contacts, by number."""

    def ask(*contact_ids, key="k", **given):
        wanted = [Wanted(f"{key}:{number}", number, given.get("values", {})) for number in contact_ids]
        return send_mails(actor, template_id=template.id, sender_id=sender.id, mails=wanted, cause="campaign:1")

    return ask


@pytest.fixture
def deliver(actor):
    """Perform everything that is due and return the verdicts in order."""

    async def perform(orders):
        async with httpx.AsyncClient(timeout=60) as http:
            try:
                return await asyncio.gather(*(kinds[one.kind].perform(one, http) for one in orders))
            finally:
                await lines().close()

    def work():
        orders = outbox.claim_due(actor, claim=1, limit=500)
        free = [one for one in orders if not one.held]
        outcomes = dict(zip((one.id for one in free), asyncio.run(perform(free)), strict=True))
        verdicts = []
        for order in orders:
            verdict = hold(order) if order.held else judge(kinds[order.kind], order, outcomes[order.id], clock.now())
            assert outbox.settle(actor, order=order, verdict=verdict)
            verdicts.append(verdict)
        return verdicts

    return work
