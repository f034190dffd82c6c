"""A work process that is killed midway: what it had claimed happens once, or is noted as unknown, and is never repeated blindly."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
import time

import pytest

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import Again, Kind, Sent, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
from cove.engine.channels.wecom.tests.test_deliveries import _callback_address, greet  # noqa: F401 -- fixtures
from cove.kernel.words import Words

_DIES = """
import asyncio, os, signal, sys
import django
django.setup()
from dataclasses import replace
from django.conf import settings
from cove.engine.channels.delivery.contracts import Again, Kind, kinds
from cove.engine.channels.delivery.run import Deliveries
from cove.kernel.words import Words

name, moment = sys.argv[1:]
honest = kinds.get(name) or Kind(name, Words(name, name), Again.UNSAFE, None)

async def perform(order, http):
    if moment == "after":
        await honest.perform(order, http)
    os.kill(os.getpid(), signal.SIGKILL)

kinds._entries[name] = replace(honest, perform=perform)
asyncio.run(Deliveries(settings.DATABASE_DSN).run(asyncio.Event()))
"""


def killed(kind: str, moment: str) -> None:
    """Run a work process until it is killed while performing an act of `kind`, before or after the platform heard of it."""
    process = subprocess.run(
        [sys.executable, "-c", _DIES, kind, moment], timeout=300, check=False, env=_environment(), capture_output=True
    )
    assert process.returncode == -signal.SIGKILL, process.stderr.decode()


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"DJANGO_SETTINGS_MODULE": "cove.launch.settings"}


@pytest.mark.parametrize(("moment", "reason"), [("before", ""), ("after", "probably_sent")])
def test_a_welcome_whose_sender_was_killed_arrives_once(actor, platform, greet, moment, reason):  # noqa: F811 -- fixture
    person = greet()
    killed("wecom.send_welcome", moment)
    assert Delivery.objects.get(kind="wecom.send_welcome").state == "sending"
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    row = Delivery.objects.get(kind="wecom.send_welcome")
    assert (row.state, row.reason) == ("sent", reason)
    assert len(facts_of(actor, "delivery.welcome_sent")) == 1


def test_a_harmless_act_whose_performer_was_killed_is_done_again(actor, channel, platform):
    delivery.deliver(actor, "wecom.remove_contact_way", "once", {"config_id": "none"})
    killed("wecom.remove_contact_way", "after")
    deliver_all(actor)
    row = Delivery.objects.get()
    assert (row.state, row.reason, row.attempts) == ("refused", "record_gone", 2)


def test_an_act_that_must_not_be_repeated_becomes_unknown(actor, monkeypatch):
    told = []

    async def never(order, http):
        raise AssertionError("it was sent a second time")

    kind = Kind(
        "test.send_text",
        Words("发短信", "Send a text"),
        Again.UNSAFE,
        never,
        lambda who, order, verdict: told.append((who.tenant_id, order.key, verdict.reason)),
    )
    monkeypatch.setitem(kinds._entries, kind.name, kind)
    delivery.deliver(actor, kind.name, "once", {})
    killed(kind.name, "before")
    deliver_all(actor)
    row = Delivery.objects.get()
    assert (row.state, row.reason, row.attempts) == ("unknown", "crashed", 1)
    assert told == [(actor.tenant_id, "once", "crashed")]


def test_two_processes_do_each_act_once_and_keep_the_order_of_a_lane(actor, monkeypatch):
    """Two loops at once: forty acts, each performed once; those of one lane in the order in which they were asked for."""
    import asyncio

    from django.conf import settings

    from cove.engine.channels.delivery.facade import off_loop
    from cove.engine.channels.delivery.run import Deliveries
    from cove.engine.channels.wecom.tests.driving import unfinished

    done: list[str] = []

    async def perform(order, http):
        await asyncio.sleep(0.005)
        done.append(order.key)
        return Sent()

    kind = Kind("test.note", Words("记", "Note"), Again.UNSAFE, perform)
    monkeypatch.setitem(kinds._entries, kind.name, kind)
    for number in range(40):
        delivery.deliver(actor, kind.name, f"{number:02}", {}, lane=f"lane{number % 4}")

    async def run() -> None:
        stopping = asyncio.Event()
        loops = [asyncio.create_task(Deliveries(settings.DATABASE_DSN).run(stopping)) for _ in range(2)]
        end = time.monotonic() + 300
        while await off_loop(unfinished, actor):
            assert time.monotonic() < end
            await asyncio.sleep(0.02)
        stopping.set()
        await asyncio.gather(*loops)

    asyncio.run(run())
    assert sorted(done) == [f"{number:02}" for number in range(40)]
    for lane in range(4):
        mine = [key for key in done if int(key) % 4 == lane]
        assert mine == sorted(mine)


def test_a_verdict_outlives_a_stumbling_database(actor, platform, greet, monkeypatch):  # noqa: F811 -- fixture
    from django.db import OperationalError

    from cove.engine.channels.delivery.commands import outbox as commands

    honest, stumbles = commands.settle, []

    def settle(*args, **kwargs):
        if len(stumbles) < 2:
            stumbles.append(1)
            raise OperationalError("deadlock detected")
        return honest(*args, **kwargs)

    monkeypatch.setattr(commands, "settle", settle)
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    row = Delivery.objects.get(kind="wecom.send_welcome")
    assert (row.state, row.reason, row.attempts) == ("sent", "", 1)


def test_a_row_that_its_own_process_lost_sight_of_is_taken_back(actor, channel, monkeypatch):
    from cove.engine.channels.delivery import run
    from cove.engine.channels.delivery.commands import outbox as commands

    honest, lost = commands.settle, []

    def settle(who, *, order, verdict):
        if not lost:
            lost.append(order.id)
            raise RuntimeError("a bug")
        return honest(who, order=order, verdict=verdict)

    monkeypatch.setattr(commands, "settle", settle)
    monkeypatch.setattr(run, "LOOK_FOR_ORPHANS_SECONDS", 0.1)
    delivery.deliver(actor, "wecom.remove_contact_way", "once", {"config_id": "none"})
    deliver_all(actor)
    assert Delivery.objects.get().reason == "record_gone"


def test_kinds_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        kinds["wecom.send_welcome"].again = Again.UNSAFE
