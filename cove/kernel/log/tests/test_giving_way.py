"""Two consumers that hold what the other wants: one gives way and does its batch again, and nobody is alarmed."""

import threading

import structlog
from django.conf import settings
from django.db import connection, transaction

from cove.kernel.log.run import Consumers


def test_a_consumer_that_gave_way_goes_on_at_once_without_an_alarm(actor):
    consumers = Consumers(settings.DATABASE_DSN)
    turns = []

    def turn():
        turns.append(len(turns))
        if len(turns) == 1:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")
        consumers._stopping.set()
        return 0

    with structlog.testing.capture_logs() as lines:
        thread = threading.Thread(target=consumers._run, args=("tests.giving_way", turn, threading.Event()))
        thread.start()
        thread.join(60)
    assert turns == [0, 1]
    assert [line["event"] for line in lines if line.get("consumer") == "tests.giving_way"] == ["consumer gave way"]
