"""One token for all: however many processes find it ended at the same moment, it is renewed once."""

from __future__ import annotations

import os
import subprocess
import sys

from cove.engine.channels.wechat.client import followers
from cove.engine.channels.wechat.tests.test_contract import on_line

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
