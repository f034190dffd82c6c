"""The past of contacts who came through the doors, laid beside them when they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, transaction

from cove.kernel.database.deadlock import is_deadlock
from cove.launch.demo.bulk.ear import Ear
from cove.launch.demo.bulk.ground import Ground, rows, survey
from cove.launch.demo.bulk.numbers import MOST_FACTS, set_aside_for_past
from cove.launch.demo.bulk.piece import begin_piece, copy_piece, ship
from cove.launch.demo.bulk.scribe import XID, Scribe
from cove.launch.demo.console import Console
from cove.launch.demo.doors import Beside
from cove.launch.demo.kept import Kept
from cove.launch.demo.life.lives import Life
from cove.launch.demo.life.plan import Plan
from cove.launch.demo.outside import Outside
from cove.launch.demo.past.clerk import Past, last_seen

_KNOWN = """
SELECT kind, value, contact_id FROM people_identity
WHERE tenant_id = %s AND (kind, value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
_SEEN = """
UPDATE people_contact c SET last_seen_at = greatest(c.last_seen_at, told.at)
FROM unnest(%s::bigint[], %s::timestamptz[]) AS told (id, at) WHERE c.id = told.id
"""

TRIES = 5
_LATE = "SELECT count(*) FROM log_cursor WHERE xid <= %s::text::xid8"


def beside_doors(console: Console, outside: Outside, life: Kept) -> Beside:
    """Return what lays the past beside those who came in; the numbers for it are set aside now, once."""
    if life.past is None:
        life.past = set_aside_for_past(life.contacts)
        life.save()
    numbers, plan = life.past, life.plan

    def lay(lives: Sequence[Life]) -> int:
        # Nobody may still have to read where the past is laid.
        console.wait("the log to be read for the first time", lambda: not rows(_LATE, XID)[0][0], seconds=300)
        return _lay(console, outside, survey(outside, numbers["now"]), plan, numbers, lives)

    return lay


def _lay(
    console: Console,
    outside: Outside,
    ground: Ground,
    plan: Plan,
    numbers: Mapping[str, int],
    lives: Sequence[Life],
) -> int:
    """Lay what passed with these contacts, as soon as all of them are known; return how many facts that are.

    What lies there already stays as it is. Raises TimeoutError when they do not become known.
    """
    if not any(one.passed for one in lives):
        return 0
    known = console.wait("who came to be known", lambda: _contacts(ground.tenant_id, lives), seconds=300)
    first = numbers["facts"] + lives[0].number * MOST_FACTS
    scribe = Scribe(Ear(ground), first)
    past = Past(scribe, plan, numbers, lives[0].number)
    tables = past.lay(known)
    outside.call("POST", f"/corps/{ground.corp_id}/story", past.story())
    _write(past, tables, known)
    ship(scribe)
    return scribe.position - first


def _write(past: Past, tables: Mapping[str, Sequence[Sequence[Any]]], known: Sequence[tuple[Life, int]]) -> None:
    """Write facts and rows at once; again when the product, which is at the same people, had to go first."""
    scribe = past.book.scribe
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
                if begin_piece(cursor, scribe):
                    copy_piece(cursor, scribe, tables)
                    _see(cursor, known)
                    past.settle(cursor)
        except Exception as error:
            if not (left and is_deadlock(error)):
                raise
        else:
            return


def _contacts(tenant_id: int, lives: Sequence[Life]) -> list[tuple[Life, int]]:
    """Return those with a past and their numbers as contacts; nothing while one of them is not known."""
    names = {one.number: _name(one) for one in lives if one.passed}
    kinds, values = zip(*names.values(), strict=True) if names else ((), ())
    found = {(kind, value): contact for kind, value, contact in rows(_KNOWN, tenant_id, list(kinds), list(values))}
    if len(found) < len(names):
        return []
    return [(one, found[names[one.number]]) for one in lives if one.passed]


def _name(life: Life) -> tuple[str, str]:
    # Who registers is asked for by that name, because he is whole only when that was heard of.
    return ("user", life.user_id) if life.user_id else ("wecom_external", life.external_userid)


def _see(cursor: Any, known: Sequence[tuple[Life, int]]) -> None:
    seen = [(contact, at) for life, contact in known if (at := last_seen(life))]
    cursor.execute(_SEEN, ([contact for contact, _ in seen], [at for _, at in seen]))
