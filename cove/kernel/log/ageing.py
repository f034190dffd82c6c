"""Taking away what has been in the log for its time, found in the log itself.

The log is walked by position, which is the order of recording. How far everything old is gone is kept for each rule, so that a night
reads what has grown old since the last one and not everything that was kept.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import connection

from cove.kernel.log.forget import readers
from cove.kernel.log.models import Aged

SPAN = 20_000
"""Positions that are looked at in one transaction: half a second, for which consumers of the log may have to wait."""

_DROP = "SELECT upto, gone, more FROM log_drop_aged(%s::text[], %s, %s, %s, %s::text[])"


def drop_aged(rule: str, *, kinds: Collection[str], before: datetime) -> int:
    """Delete the bound tenant's facts of `kinds` that happened and were recorded before a moment; return how many.

    Facts that a consumer has not passed stay, and the next call begins with them. What was dated back is not found before it has been
    in the log for as long. `rule` names what is walked for; when its kinds change the walk begins anew. Nothing younger than a week goes.
    """
    mark, wanted, total = _mark(rule, kinds), sorted(kinds), 0
    more = True
    while more:
        with connection.cursor() as cursor:
            cursor.execute(_DROP, [wanted, before, mark.position, SPAN, readers()])
            upto, gone, more = cursor.fetchone()
        total += gone
        if upto > mark.position:
            mark.position = upto
            mark.save(update_fields=["position"])
    return total


def _mark(rule: str, kinds: Collection[str]) -> Aged:
    digest = sha256("\n".join(sorted(kinds)).encode()).hexdigest()[:16]
    mark, _ = Aged.objects.get_or_create(rule=rule, defaults={"kinds": digest})
    if mark.kinds != digest:
        mark.kinds, mark.position = digest, 0
        mark.save(update_fields=["kinds", "position"])
    return mark
