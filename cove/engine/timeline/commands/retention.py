"""Behaviour that has grown old: it leaves ClickHouse, and the log as far as every consumer has passed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import remove, rows
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.log.fact import catalogue
from cove.kernel.log.forget import drop_facts
from cove.kernel.personal_data import Retained, keeps
from cove.kernel.words import Words

_KNOWN = "SELECT visitor FROM timeline_override FINAL WHERE tenant_id = {tenant:UInt64}"
_OLD = "kind IN {kinds:Array(String)} AND at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')"
_OLD_VISIT = "day < toDate(fromUnixTimestamp64Milli({before:Int64}, 'UTC'))"
_ANONYMOUS = f"person_id >= {ANONYMOUS_BIT} AND person_id NOT IN ({_KNOWN})"
_COUNT = "SELECT count() AS n FROM timeline_fact WHERE tenant_id = {{tenant:UInt64}} AND {where}"

_POSITIONS = """
SELECT position FROM timeline_fact
WHERE tenant_id = {{tenant:UInt64}} AND position > {{after:UInt64}} AND {where}
ORDER BY position LIMIT {{limit:UInt32}}
"""


def _behaviour() -> list[str]:
    """Return the kinds of behaviour: what visitors do, of which it is later known whose it was."""
    return [kind.kind for kind in catalogue if kind.shows_presence and "contact_id" not in kind.model_fields]


def _callbacks() -> list[str]:
    """Return the kinds of what platforms knocked with, whichever platform: each calls it so."""
    return [kind.kind for kind in catalogue if kind.kind.endswith(".callback_accepted")]


def _old(
    key: str, label: Words, *, least: int, usual: int | None, kinds: Callable[[], list[str]], whose: str
) -> Retained:
    """Declare facts of some kinds and people (`whose`, a condition) as a class that goes with age."""
    where = f"{_OLD} AND {whose}"
    counting, positions = _COUNT.format(where=where), _POSITIONS.format(where=where)

    def asked(before: datetime) -> dict[str, object]:
        return {"kinds": kinds(), "before": int(before.timestamp() * 1000)}

    def count(actor: Actor, before: datetime) -> int:
        return int(rows(actor.tenant_id, counting, **asked(before))[0]["n"])

    def take_away(actor: Actor, before: datetime, most: int) -> int:
        """Drop old facts from the log, `most` at a time, then from ClickHouse, which knows them until the log is done."""
        gone, after = count(actor, before), 0
        while page := rows(actor.tenant_id, positions, **asked(before), after=after, limit=most):
            drop_facts([row["position"] for row in page])
            after = page[-1]["position"]
        if gone:
            remove(actor.tenant_id, "timeline_fact", where, **asked(before))
            remove(actor.tenant_id, "timeline_session", f"{_OLD_VISIT} AND {whose}", before=asked(before)["before"])
        return gone

    return keeps(Retained(key, label, least, usual, count, take_away))


ANONYMOUS = _old(
    "timeline.anonymous",
    Words("匿名访客行为", "Behaviour of anonymous visitors"),
    least=7,
    usual=None,
    kinds=_behaviour,
    whose=_ANONYMOUS,
)
CONTACTS = _old(
    "timeline.contacts",
    Words("客户行为", "Behaviour of contacts"),
    least=30,
    usual=None,
    kinds=_behaviour,
    whose=f"NOT ({_ANONYMOUS})",
)
# What a platform told as it told it: everything of worth was taken over into facts of its own.
CALLBACKS = _old(
    "timeline.callbacks",
    Words("企业微信原始回调", "Callbacks of WeCom as they came"),
    least=7,
    usual=30,
    kinds=_callbacks,
    whose="person_id = 0",
)
