"""`kill -9` of every process under load, PostgreSQL restarted, ClickHouse frozen: sent is stored, each once."""

from __future__ import annotations

import pytest

from tests.faults.reckoning import reckon
from tests.faults.sender import Sender
from tests.faults.trouble import FAULTS, strike


@pytest.mark.slow
def test_sent_is_stored_once_whatever_is_killed(house, source, sent, dice):
    sender = Sender(source, "kill", rate=300)
    sender.start()
    for fault in dice.sample(FAULTS, k=len(FAULTS)):
        strike(house, dice, fault)
    sent["kill"] = sender.finish(60)
    assert sent["kill"] > 1000, "there was load while the parts were killed"
    reckon(house, source, sent, seconds=120)
    house.wait_all_ready()
