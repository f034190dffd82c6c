"""An effect happens once, however often the process that works dies."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

from cove.facts.people import NoteWritten
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.consume import step
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.reactions import Reaction


def consumer(*arguments):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cove.launch.settings"}
    command = [sys.executable, "-m", "cove.kernel.log.tests.consumer", *arguments]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert running.stdout.readline() == b"ready\n"
    return running


def end(running):
    if running.poll() is None:
        running.send_signal(signal.SIGKILL)
    running.wait(60)
    running.stdout.close()


def write(numbers):
    append_facts([pending(NoteWritten(contact_id=1, text=f"n{number}"), at=None, chain=()) for number in numbers])


def finish(name):
    def note(_actor, fact, _envelope):
        JobRun.objects.create(kind=name, message=fact.text)

    while step(name, {NoteWritten.kind: [Reaction(f"{name}.note", name, NoteWritten.kind, note)]}):
        pass


def effects(name):
    return Counter(JobRun.objects.filter(kind=name).values_list("message", flat=True))


def test_killed_after_the_effect_and_before_the_cursor_nothing_is_doubled(actor):
    name = f"tests.certain_{actor.tenant_id}"
    write(range(60))
    for _ in range(2):
        running = consumer(name, "die-before-cursor")
        running.wait(300)
        end(running)
    assert not effects(name)
    finish(name)
    assert effects(name) == Counter(f"n{number}" for number in range(60))


def test_killed_at_random_moments_every_effect_happens_once(actor):
    name = f"tests.random_{actor.tenant_id}"
    chance = random.Random(8)
    for start in range(0, 1_500, 300):
        write(range(start, start + 300))
        running = consumer(name)
        time.sleep(chance.uniform(0.01, 0.35))
        end(running)
    finish(name)
    assert effects(name) == Counter(f"n{number}" for number in range(1_500))
