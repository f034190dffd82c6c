"""What lies in the log next: looked at once in a process, for all its consumers.

Consumers go through the log side by side, and most of them past nearly everything. What lies behind a mark and before the oldest running
transaction never changes (0002), so what one has seen of its kinds of fact holds for all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from cove.kernel.log.read import Mark
from cove.kernel.scope import every_tenant

KEPT = 64
KEPT_SECONDS = 60.0
RARE = 500
"""Facts of a kind in a look of which the places are kept, so that they are fetched without reading the rest again."""

_LOOK = """
WITH near AS MATERIALIZED (
  SELECT xid, position, kind FROM log_fact
  WHERE (xid, position) > (%(xid)s::text::xid8, %(position)s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY log_fact.xid, log_fact.position LIMIT %(stride)s
), farthest AS (
  SELECT xid::text::bigint AS number, position FROM near ORDER BY near.xid DESC, near.position DESC LIMIT 1
)
SELECT near.kind, count(*), CASE WHEN count(*) <= %(rare)s THEN array_agg(near.position) END,
  farthest.number, farthest.position
FROM near, farthest GROUP BY near.kind, farthest.number, farthest.position
"""


@dataclass(frozen=True, slots=True)
class Look:
    """The facts after one mark up to another: how many, of which kinds, and where those of rare kinds are (None for the others)."""

    after: Mark
    to: Mark
    count: int
    places: Mapping[str, Collection[int] | None]
    seen_at: float = field(default_factory=time.monotonic)

    def has(self, mark: Mark) -> bool:
        """Tell whether what comes next after a mark lies in it."""
        return self.after <= mark < self.to


class Looks:
    """The newest looks of a process. For use by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[Look] = []

    def behind(self, mark: Mark, *, stride: int) -> Look | None:
        """Return the look in which the facts after a mark lie, taken now over at most `stride` facts if need be; None if nothing is new.

        Looks that follow each other are put together: whoever sleeps while nothing comes for him passes them all in one stride.
        """
        with self._lock:
            youngest = time.monotonic() - KEPT_SECONDS
            self._kept = [look for look in self._kept[-KEPT:] if look.seen_at > youngest]
            found = max((look for look in self._kept if look.has(mark)), key=lambda look: look.to, default=None)
            if found is None and (found := _look(mark, stride)):
                self._kept.append(found)
            return _with_what_follows(found, self._kept, stride) if found else None

    def forget(self) -> None:
        """Forget all: whoever lost the database may meet another one, which never saw the last facts of the first."""
        with self._lock:
            self._kept = []


looks = Looks()


def _with_what_follows(look: Look, kept: Sequence[Look], stride: int) -> Look:
    """Return a look and the kept ones behind it as one, of at most `stride` facts."""
    behind = {one.after: one for one in sorted(kept, key=lambda one: one.to)}
    parts = [look]
    count = look.count
    while (follows := behind.get(parts[-1].to)) and count + follows.count <= stride:
        parts.append(follows)
        count += follows.count
    if len(parts) == 1:
        return look
    kinds = {kind for part in parts for kind in part.places}
    return Look(look.after, parts[-1].to, count, {kind: _places(kind, parts) for kind in kinds}, look.seen_at)


def _places(kind: str, parts: Sequence[Look]) -> Collection[int] | None:
    found = [part.places.get(kind, ()) for part in parts]
    known = [places for places in found if places is not None]
    joined = [place for places in known for place in places]
    return joined if len(known) == len(found) and len(joined) <= RARE else None


def _look(after: Mark, stride: int) -> Look | None:
    asked = {"xid": after.xid, "position": after.position, "stride": stride, "rare": RARE}
    with every_tenant("consumers read the log of all tenants in order"), connection.cursor() as cursor:
        cursor.execute(_LOOK, asked)
        rows = cursor.fetchall()
    if not rows:
        return None
    places = {kind: places for kind, _, places, *_ in rows}
    return Look(after, Mark(*rows[0][3:]), sum(row[1] for row in rows), places)
