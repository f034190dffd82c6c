"""Mails a second into a local SMTP sink, against a bare aiosmtplib loop that sends one fixed message over one line.

Ours are as they go out to people: read from the database with contact, sender and suppression, filled, links and picture signed, DKIM with
2048 bits, handed over step by step. `mail` is what the channel does for the orders that the outbox gives it, thirty at a time;
`mail-outbox` is the whole way of the work process: claimed after the gate's questions, performed, settled with its fact.
"""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import Any

from bench.frame import Result, by_turns, free_port, more, process, say, servers

MAILS, ROUNDS, WARM_UP = 600, 5, 1
AT_ONCE = 64
"""Orders under way at the same time, as in the outbox."""
WHAT = (
    "a bare aiosmtplib loop over one kept line that hands the same finished message to the same sink, mail after mail: "
    "nothing is read, filled, signed or noted"
)
HTML = (
    "<style>p{color:#333}</style><h1>新品到店</h1><p>您好 {{ contact.name | 朋友 }}，"
    + "秋季新品已经到店，欢迎预约到店体验。" * 20
    + "</p><p><a href='https://shop.example/new'>查看新品</a> <a href='https://shop.example/book'>预约到店</a></p>"
    "<p><a href='{{ unsubscribe_url }}'>退订</a></p>"
)

_keys = count(1)


def run() -> list[Result]:
    """Measure the channel and the outbox, each by turns with the reference."""
    port = free_port()
    with servers(), process("-m", "bench.mail.sink", str(port), port=port):
        company = _Company(port)
        say(f"{MAILS} mails a round, {ROUNDS} rounds")
        channel = by_turns(ours=company.by_channel, reference=lambda: _bare(port), rounds=ROUNDS, warm_up=WARM_UP)
        outbox = by_turns(ours=company.by_outbox, reference=lambda: _bare(port), rounds=3, warm_up=1)
        return [
            more("mail", *channel, unit="mails/s", what_reference_is=WHAT),
            more("mail-outbox", *outbox, unit="mails/s", what_reference_is=WHAT),
        ]


class _Company:
    """A company with contacts who agreed, a domain that hands over to the sink, and a template."""

    def __init__(self, port: int) -> None:
        from cove.directory.org.commands.tenants import create_tenant
        from cove.directory.people import facade as people
        from cove.directory.people.contracts import Identity, Profile
        from cove.directory.privacy import facade as privacy
        from cove.engine.channels.email.commands.domains import add_domain
        from cove.engine.channels.email.commands.senders import add_sender
        from cove.engine.channels.email.commands.templates import create_template
        from cove.engine.channels.email.contracts.cards import DomainWays
        from cove.kernel.actor import Actor
        from cove.kernel.scope import tenant_scope

        self.actor = Actor.system(create_tenant(name="邮件公司").id)
        with tenant_scope(self.actor.tenant_id):
            domain = add_domain(self.actor, name="mail.shop.example", ways=DomainWays("127.0.0.1", port, "none"))
            self.sender = add_sender(self.actor, domain_id=domain.id, name="云岫家居", local="news")
            self.template = create_template(self.actor, name="新品", subject="{{ contact.name }}，新品到店", html=HTML)
            self.contacts = []
            for number in range(MAILS):
                mail = f"c{number}@qq.example"
                card, _ = people.admit_contact(
                    self.actor,
                    identity=Identity("email", mail),
                    source="web",
                    profile=Profile(f"客户{number}", email=mail),
                )
                privacy.keep_choices(
                    self.actor, contact_id=card.id, source="form", purposes={"marketing": True}, channels={}
                )
                self.contacts.append(card.id)

    def by_channel(self) -> float:
        """Order mails, take the orders from the outbox, and have the channel perform them."""
        orders = self._ordered()
        started = time.perf_counter()
        sent = asyncio.run(_performed(orders))
        seconds = time.perf_counter() - started
        if sent != MAILS:
            raise AssertionError(f"{MAILS} mails ordered, {sent} sent")
        return MAILS / seconds

    def by_outbox(self) -> float:
        """Order mails and let the loop of the work process deliver them."""
        self._order()
        started = time.perf_counter()
        asyncio.run(_delivered(self.actor.tenant_id))
        return MAILS / (time.perf_counter() - started)

    def _order(self) -> None:
        from cove.engine.channels.email.commands.messages import Wanted, send_mails
        from cove.kernel.scope import tenant_scope

        wanted = [Wanted(f"bench:{next(_keys)}", contact, {}) for contact in self.contacts]
        with tenant_scope(self.actor.tenant_id):
            send_mails(self.actor, template_id=self.template.id, sender_id=self.sender.id, mails=wanted)

    def _ordered(self) -> list[Any]:
        from cove.engine.channels.delivery.commands import outbox
        from cove.engine.channels.delivery.models import Delivery
        from cove.kernel.scope import tenant_scope

        self._order()
        with tenant_scope(self.actor.tenant_id):
            orders = outbox.claim_due(self.actor, claim=1, limit=MAILS)
            # They were taken out to be performed here: the loop must not find them again.
            Delivery.objects.filter(id__in=[one.id for one in orders]).delete()
        return orders


async def _performed(orders: list[Any]) -> int:
    import httpx

    from cove.engine.channels.delivery.contracts import Sent, kinds
    from cove.engine.channels.email.client.lines import lines

    room = asyncio.Semaphore(AT_ONCE)

    async def perform(order: Any, http: httpx.AsyncClient) -> bool:
        async with room:
            return isinstance(await kinds[order.kind].perform(order, http), Sent)

    async with httpx.AsyncClient() as http:
        done = await asyncio.gather(*(perform(order, http) for order in orders))
    await lines().close()
    return sum(done)


async def _delivered(tenant_id: int) -> None:
    from django.conf import settings

    from cove.engine.channels.delivery.facade import off_loop
    from cove.engine.channels.delivery.run import Deliveries

    stopping = asyncio.Event()
    loop = asyncio.create_task(Deliveries(settings.DATABASE_DSN).run(stopping))
    while await off_loop(_waiting, tenant_id):  # noqa: ASYNC110 -- the database is asked, nothing here is told
        await asyncio.sleep(0.05)
    stopping.set()
    await loop


def _waiting(tenant_id: int) -> int:
    from cove.engine.channels.delivery.models import Delivery
    from cove.kernel.scope import tenant_scope

    with tenant_scope(tenant_id):
        return Delivery.objects.filter(finished_at=None).count()


def _bare(port: int) -> float:
    """Send one fixed message again and again."""
    import aiosmtplib

    message = (
        b"From: a@shop.example\r\nTo: b@qq.example\r\nSubject: x\r\n\r\n" + b"A fixed line of a message.\r\n" * 120
    )

    async def work() -> float:
        line = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        await line.connect()
        started = time.perf_counter()
        for _ in range(MAILS):
            await line.sendmail("a@shop.example", ["b@qq.example"], message)
        seconds = time.perf_counter() - started
        await line.quit()
        return MAILS / seconds

    return asyncio.run(work())
