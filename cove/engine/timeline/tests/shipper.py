"""A process that ships the log to ClickHouse until it is killed: ``python -m cove.engine.timeline.tests.shipper [die-before-cursor]``."""

import os
import signal
import sys
import time

import django

django.setup()

from dataclasses import replace  # noqa: E402

from cove.kernel.log import consume  # noqa: E402
from cove.kernel.log.reactions import sinks  # noqa: E402

if "die-before-cursor" in sys.argv:
    consume.move_cursor = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)

small = replace(sinks["timeline"], batch=150)
sys.stdout.write("ready\n")
sys.stdout.flush()
while True:
    if not consume.pour(small):
        time.sleep(0.005)
