"""Limits hold over processes: here over threads with a connection each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction

from cove.kernel import clock
from cove.kernel.throttle.errors import TooManyTries
from cove.kernel.throttle.limit import Limit, count_try, forget_tries
from cove.kernel.throttle.models import Throttled


@pytest.fixture
def limit(databases):
    return Limit(f"test.{uuid4().hex}", tries=5, seconds=600)


def taken(limit, whom):
    try:
        count_try(limit, whom)
    except TooManyTries:
        return False
    return True


def test_a_window_moves(limit):
    for minute in range(5):
        with clock.shifted(timedelta(minutes=minute)):
            assert taken(limit, "a")
    assert taken(limit, "b")
    with clock.shifted(timedelta(minutes=5)):
        with pytest.raises(TooManyTries) as refused:
            count_try(limit, "a")
        assert refused.value.values == {"minutes": 5, "seconds": pytest.approx(300, abs=5)}
    with clock.shifted(timedelta(minutes=10, seconds=5)):
        assert taken(limit, "a")
        assert not taken(limit, "a")


def test_who_has_shown_that_it_was_he_begins_anew(limit):
    while taken(limit, "a"):
        pass
    forget_tries(limit, "a")
    assert taken(limit, "a")


def test_twenty_at_once_get_as_many_tries_as_one_after_the_other(limit):
    def attempt(_):
        try:
            return taken(limit, "a")
        finally:
            connections["throttle"].close()

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(attempt, range(20))) == 5


def test_a_count_outlives_the_transaction_that_refuses(limit):
    def refused():
        with transaction.atomic():
            count_try(limit, "a")
            raise ZeroDivisionError

    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            refused()
    assert not taken(limit, "a")


def test_a_row_tells_nothing_about_anybody(limit):
    count_try(limit, "wang@example.com")
    assert not Throttled.objects.filter(key__contains="wang").exists()
