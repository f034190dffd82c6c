"""A process that digests the log until it is killed: ``python -m cove.kernel.log.tests.consumer <name> [die-before-cursor]``."""

import os
import signal
import sys
import time

import django

django.setup()

from cove.facts.people import NoteWritten  # noqa: E402
from cove.kernel.jobs.models import JobRun  # noqa: E402
from cove.kernel.log import consume  # noqa: E402
from cove.kernel.log.reactions import Reaction  # noqa: E402

name = sys.argv[1]
if "die-before-cursor" in sys.argv:
    consume.move_cursor = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)


def note(_actor, fact, _envelope):
    """Any effect in the database will do: a row for each fact."""
    JobRun.objects.create(kind=name, message=fact.text)


rules = {NoteWritten.kind: [Reaction(f"{name}.note", name, NoteWritten.kind, note)]}
sys.stdout.write("ready\n")
sys.stdout.flush()
while True:
    if not consume.step(name, rules, limit=40):
        time.sleep(0.005)
