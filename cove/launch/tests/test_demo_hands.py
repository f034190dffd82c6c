"""Processes that load pieces end with the one that hands them out; what waits is told how long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cove.launch.demo.bulk import ear
from cove.launch.demo.kept import Kept
from cove.launch.demo.life.lives import Sent
from cove.launch.demo.telling import Teller
from cove.launch.tests.test_demo_bulk import GROUND, PLAN

_HANDS_OUT = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import Thread
from cove.launch.demo.bulk import hand

if __name__ == "__main__":
    with ProcessPoolExecutor(1, get_context("spawn"), hand.stay_with_parent) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(600)
"""


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_hand_ends_when_its_start_is_killed(tmp_path):
    program = tmp_path / "hands_out.py"
    program.write_text(_HANDS_OUT)
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True, env=here) as start:
        hand = int(start.stdout.readline())
        assert _lives(hand)
        start.send_signal(signal.SIGKILL)
    end = time.monotonic() + 60
    while _lives(hand) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _lives(hand)


def _told(life, calls, steady_from=0):
    lines, clock = [], [0.0]
    tell = Teller(life, steady_from=steady_from, write=lines.append, now=lambda: clock[0])
    for clock[0], contacts in calls:
        tell(contacts, contacts * 47)
    return lines


def _kept(tmp_path, **more):
    return Kept(tmp_path / "x.json", 10_000, 12, 1, PLAN.until.isoformat(), **more)


def test_the_first_ones_say_nothing_of_how_long_the_rest_takes(tmp_path):
    lines = _told(_kept(tmp_path), [(40.0, 100), (41.0, 1_000), (60.0, 2_100), (240.0, 10_000)], steady_from=100)
    assert lines == [
        "  1 %  100 contacts, 4,700 facts",
        " 21 %  2,100 contacts, 98,700 facts, about 79 s left",
        "100 %  10,000 contacts, 470,000 facts, in 4 min",
    ]


def test_a_start_that_goes_on_tells_by_its_own_speed(tmp_path):
    lines = _told(_kept(tmp_path, done=5_000), [(10.0, 6_000)], steady_from=100)
    assert lines == [" 60 %  6,000 contacts, 282,000 facts, about 40 s left"]


def test_an_event_that_is_not_as_expected_is_named(monkeypatch):
    heard = ear.Ear(GROUND)
    monkeypatch.setattr(
        ear.Ear, "_whole", lambda self, sent: ear.Heard("page", 7, "web", '{"depth":5,"rows":{"depth":5}}')
    )
    sent = Sent(PLAN.until, "site", {"type": "page", "anonymous_id": "a", "properties": {"depth": 5}})
    with pytest.raises(ear.UnlikeError, match="page: depth stands 2 times"):
        heard.hear(sent)
