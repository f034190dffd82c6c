"""A transaction that was ended for another is told from one that failed."""

import psycopg
import pytest
from django.db import Error, connection, transaction

from cove.kernel.database.deadlock import is_deadlock


def failing(condition):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE {condition}; END $$")


@pytest.mark.parametrize(("condition", "answer"), [("deadlock_detected", True), ("unique_violation", False)])
def test_only_a_deadlock_is_one(actor, condition, answer):
    with pytest.raises(Error) as told:
        failing(condition)
    assert is_deadlock(told.value) is answer
    assert is_deadlock(told.value.__cause__) is answer
    assert isinstance(told.value.__cause__, psycopg.Error)
