"""One token for all: however many processes find it ended at the same moment, it is renewed once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import httpx
import pytest

from cove.engine.channels.delivery.contracts import Later
from cove.engine.channels.wechat.client import followers, tokens
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.contracts.cards import Credentials
from cove.engine.channels.wechat.errors import WechatError, WechatNoAnswer, WechatUnreachable
from cove.engine.channels.wechat.outbound.performing import outcome_of
from cove.engine.channels.wechat.tests.test_contract import on_line

CREDENTIALS = Credentials(1, 1, "http://platform.test", "wx1", "s3cret")
PROCESSES = 10
PATIENCE = 300


def test_ten_processes_renew_an_ended_token_once(actor, account, weixin):
    on_line(actor, account, followers.list_tags)
    # The platform ends what is in everybody's hands; all ten hear of it at once.
    weixin.expire_tokens()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cove.launch.settings"}
    arguments = [sys.executable, "-m", "cove.engine.channels.wechat.tests.fetching"]
    running = [
        subprocess.Popen(
            [*arguments, str(actor.tenant_id), str(account.id)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    given = [process.communicate(timeout=PATIENCE) for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, given[0][1]
    assert len({token for token, _ in given}) == 1
    assert len(weixin.calls("cgi-bin/stable_token")) == 2


def test_a_token_that_does_not_come_leaves_no_doubt_about_the_call(monkeypatch):
    async def lost(_line, *, stale=""):
        raise WechatNoAnswer(reason="ReadTimeout")

    async def ask():
        async with httpx.AsyncClient() as http:
            await Line(CREDENTIALS, http).post("cgi-bin/message/custom/send", {"touser": "o1"})

    monkeypatch.setattr(tokens, "current", lost)
    with pytest.raises(WechatUnreachable):
        asyncio.run(ask())


def test_a_mass_message_that_is_asked_for_again_too_soon_waits_its_minute():
    outcome = outcome_of(WechatError(45066))
    assert isinstance(outcome, Later)
    assert outcome.seconds >= 60
