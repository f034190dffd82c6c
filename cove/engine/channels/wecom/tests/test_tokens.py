"""One token for all: however many processes find it missing or ended at the same moment, it is fetched once."""

from __future__ import annotations

import os
import subprocess
import sys

from cove.engine.channels.wecom.models import WecomToken

PROCESSES = 10
FETCHING = "cove.engine.channels.wecom.tests.fetching"


def ten_at_once(actor) -> set[str]:
    """Let ten processes ask for the token at one moment; return what they were given."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cove.launch.settings"}
    arguments = [sys.executable, "-m", FETCHING, str(actor.tenant_id)]
    running = [
        subprocess.Popen(
            arguments,
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
    outcomes = [(process, *process.communicate(timeout=300)) for process in running]
    assert [process.returncode for process, _, _ in outcomes] == [0] * PROCESSES, outcomes[0][2]
    return {given for _, given, _ in outcomes}


def test_ten_processes_fetch_one_token(actor, channel, platform):
    assert len(ten_at_once(actor) - {""}) == 1
    assert len(platform.calls("gettoken")) == 1
    # The platform ends it; all ten hear of it at once.
    WecomToken.objects.update(token="", expires_at=None)
    platform.ask("POST", "tokens/expire", corp_id=platform.corp_id)
    assert len(ten_at_once(actor)) == 1
    assert len(platform.calls("gettoken")) == 2
