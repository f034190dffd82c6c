"""The long form: a million events and more while everything is killed again and again. `make faults`."""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.faults.away import be_away
from tests.faults.house import House, Source
from tests.faults.reckoning import arrived, reckon
from tests.faults.sender import Sender
from tests.faults.trouble import CLOCK_LIBRARIES, FAULTS, Fault, false_clock, step_clock, strike

TELL_EVERY = 15.0
WORK_WITHIN = 60.0


def main() -> int:
    """Run it; the exit code is 0 when every acknowledged event was stored exactly once."""
    wanted = _arguments()
    dice = random.Random(wanted.seed)
    end = time.monotonic() + wanted.minutes * 60
    if wanted.away:
        _tell(f"ClickHouse away for {wanted.away:.0f} s under {wanted.rate:.0f} events/s")
    else:
        _tell(f"{wanted.events:,} events within {wanted.minutes} minutes, seed {wanted.seed}")
    with tempfile.TemporaryDirectory(prefix="cove-faults-") as folder:
        house = House(Path(folder) / "data")
        if wanted.away:
            return _be_away(house, wanted)
        faults = [*FAULTS]
        if CLOCK_LIBRARIES:
            clock = Path(folder) / "clock"
            # Not in the work process, whose many threads such a clock makes slow; the short form has it there, too.
            house.always = {"web": false_clock(clock)}
            faults.append(step_clock(clock))
        try:
            house.open()
            _run(house, house.new_source("faults"), wanted, faults, dice, end)
            house.wait_all_ready()
        except (AssertionError, TimeoutError, RuntimeError) as failure:
            _tell(f"FAILED: {failure}")
            return 1
        finally:
            house.close()
    # The full disk is in the short form only: the small one there ends with its process, which must not be killed meanwhile.
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "tests/faults"], check=False).returncode


def _be_away(house: House, wanted: argparse.Namespace) -> int:
    try:
        house.open()
        be_away(house, house.new_source("away"), seconds=wanted.away, rate=wanted.rate, tell=_tell)
        house.wait_all_ready()
    except (AssertionError, TimeoutError, RuntimeError) as failure:
        _tell(f"FAILED: {failure}")
        return 1
    finally:
        house.close()
    return 0


def _run(
    house: House, source: Source, wanted: argparse.Namespace, faults: Sequence[Fault], dice: random.Random, end: float
) -> None:
    senders = {
        "one": Sender(source, "one", connections=8),
        "batch": Sender(source, "batch", connections=2, batch=wanted.batch),
    }
    if wanted.batch < 2:
        del senders["batch"]
    begun = time.monotonic()
    for sender in senders.values():
        sender.start()
    struck = _torment(house, source, senders, wanted.events, faults, dice, end)
    sent = {name: sender.finish(max(300.0, end - time.monotonic())) for name, sender in senders.items()}
    taken = time.monotonic() - begun
    _tell(f"{sum(sent.values()):,} acknowledged in {taken:.0f} s; comparing …")
    reckon(house, source, sent, seconds=max(300.0, end - time.monotonic()))
    answers = sum((sender.told.answers for sender in senders.values()), Counter())
    _tell(f"answers: {dict(answers.most_common())}")
    _tell(f"faults: {dict(struck.most_common())}")
    _tell(
        f"{sum(sent.values()):,} sent = {sum(sent.values()):,} in the log = in the timeline, each once "
        f"({time.monotonic() - begun:.0f} s)"
    )


def _torment(
    house: House,
    source: Source,
    senders: dict[str, Sender],
    events: int,
    faults: Sequence[Fault],
    dice: random.Random,
    end: float,
) -> Counter[str]:
    """Let faults strike until so many events are acknowledged and every fault has struck; return how often each did."""
    struck: Counter[str] = Counter()
    round_: list[Fault] = []
    told = time.monotonic()
    while True:
        acknowledged = sum(sender.told.acknowledged for sender in senders.values())
        if acknowledged >= events and len(struck) == len(faults):
            return struck
        if time.monotonic() > end:
            raise TimeoutError(f"{acknowledged:,} of {events:,} events acknowledged when the time was over")
        if any(sender.told.refused for sender in senders.values()):
            raise AssertionError([sender.told.refused[:3] for sender in senders.values()])
        # In rounds, each in another order, so that none is missed.
        round_ = round_ or dice.sample(faults, k=len(faults))
        fault = round_.pop()
        strike(house, dice, fault)
        struck[fault.__name__] += 1
        # Every second time the house gets on with its work before the next blow; otherwise that comes in the midst of recovery.
        if dice.random() < 0.5:
            _let_work(house, source)
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            _tell(f"{acknowledged:,} acknowledged, {arrived(house, source):,} in the timeline, {struck.total()} faults")


def _let_work(house: House, source: Source) -> None:
    before, end = arrived(house, source), time.monotonic() + WORK_WITHIN
    while arrived(house, source) <= before and time.monotonic() < end:
        time.sleep(0.2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch", type=int, default=50, help="events of a batch; 1 sends single events only")
    parser.add_argument("--away", type=float, default=0, help="instead: keep ClickHouse stopped for so many seconds")
    parser.add_argument("--rate", type=float, default=60, help="events a second meanwhile")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**9)), help="repeats the same chance")
    return parser.parse_args()


def _tell(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
