"""Transactions that hold what the other wants: PostgreSQL ends one of them, and it may begin anew."""

from __future__ import annotations

from psycopg.errors import DeadlockDetected


def is_deadlock(error: BaseException) -> bool:
    """Tell whether an error, Django's or the driver's own, says that a transaction was ended so that another could go on.

    Nothing of the ended one was kept (PostgreSQL's manual, 13.3.4; SQLSTATE 40P01).
    """
    return isinstance(error, DeadlockDetected) or isinstance(error.__cause__, DeadlockDetected)
