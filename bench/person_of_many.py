"""Pages of one person who has 300,000 facts, among two million of others: through the public function against the bare read.

Four pages: the newest, the newest of one kind, one from the midst, and a search that meets one page view in a thousand. The reference
is given the person's numbers and the page's bounds, and asks for the same rows of the same table through the same driver.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.frame import Result, by_turns, faster, say, seconds, servers

FACTS = 300_000
OTHERS = 2_000_000
OF_ONE = 100
"""Facts that each of the others has."""
DAYS = 90
PAGE = 50
ROUNDS = 9
FIRST_POSITION = 1_000_000_000
KIND = "people.note_written"
VIEWS = "tracking.page_viewed"
"""A search is for what its reader is shown of a fact; of these both sides look at the same columns."""
SOUGHT = "Page 976"
SEARCHED = " OR ".join(
    f"positionCaseInsensitiveUTF8({column}, '{SOUGHT}') > 0" for column in ("title", "url", "event", "account")
)
WHAT = "a bare SELECT of the same {} rows by the primary key, bounds and numbers known, same driver"

# A quarter are notes, the others are what visitors do; texts are of about a thousand pages.
_ROWS = """
INSERT INTO timeline_fact (tenant_id, person_id, at, position, kind, recorded_at, visitor_id, source, payload)
SELECT {tenant}, {person}, toDateTime64('{begin}', 3, 'UTC') + toIntervalMillisecond(intDiv({place} * {span}, {each})) AS at,
  {first} + number,
  ['tracking.page_viewed', 'tracking.page_left', 'tracking.event_tracked', '{kind}'][1 + number % 4], at, 0, 'web',
  concat('{{"message_id":"', hex(sipHash64(number)), '","url":"https://shop.example/', toString(number % 977), '","title":"Page ',
    toString(number % 977), '","session_id":"', hex(intDiv(number, 12)), '","seconds":', toString(number % 300), '}}')
FROM numbers({facts})
"""


def run() -> list[Result]:
    """Load, check that both sides read the same, and measure each page."""
    with servers():
        from cove.directory.org.commands.tenants import create_tenant
        from cove.kernel.scope import tenant_scope

        tenant = create_tenant(name="bench").id
        with tenant_scope(tenant):
            contact = _load(tenant)
            return [_measure(name, *sides) for name, sides in _pages(tenant, contact).items()]


def _measure(name: str, ours: Callable[[], list[int]], theirs: Callable[[], list[int]]) -> Result:
    told, read = ours(), theirs()
    if told != read or len(told) != PAGE:
        raise AssertionError(f"{name}: ours {told[:5]}… ({len(told)}), reference {read[:5]}… ({len(read)})")
    say(f"{name}: both read the same {PAGE} facts")
    figures = by_turns(ours=lambda: seconds(ours), reference=lambda: seconds(theirs), rounds=ROUNDS)
    return faster(f"person-of-many-{name}", *figures, what_reference_is=WHAT.format(PAGE))


def _pages(tenant: int, contact: int) -> dict[str, tuple[Callable[[], list[int]], Callable[[], list[int]]]]:
    from cove.engine.timeline.contracts import Wanted
    from cove.engine.timeline.queries.page import timeline
    from cove.engine.timeline.queries.places import cursor_of
    from cove.kernel.actor import Actor

    def ours(wanted: Wanted | None = None, **more: Any) -> Callable[[], list[int]]:
        return lambda: [
            one.position for one in timeline(Actor.system(tenant), contact, wanted, limit=PAGE, **more).items
        ]

    def theirs(more: str = "1") -> Callable[[], list[int]]:
        return lambda: _bare(tenant, contact, more)

    at, position = _midst(tenant, contact)
    behind = f"at <= fromUnixTimestamp64Milli({at}, 'UTC') AND (at, position) < (fromUnixTimestamp64Milli({at}, 'UTC'), {position})"
    return {
        "newest": (ours(), theirs()),
        "kind": (ours(Wanted(kinds=[KIND])), theirs(f"kind = '{KIND}'")),
        "deep": (ours(cursor=cursor_of((at, position))), theirs(behind)),
        "search": (ours(Wanted(text=SOUGHT, kinds=[VIEWS])), theirs(f"kind = '{VIEWS}' AND ({SEARCHED})")),
    }


def _bare(tenant: int, contact: int, more: str) -> list[int]:
    from cove.engine.timeline.queries.look import FIELDS
    from cove.kernel.clickhouse import client

    sql = (
        f"SELECT {FIELDS} FROM timeline_fact WHERE tenant_id = {tenant} AND person_id = {contact} AND {more} "
        f"ORDER BY at DESC, position DESC LIMIT {PAGE}"
    )
    return [row[0] for row in client.client().query(sql).result_rows]


def _midst(tenant: int, contact: int) -> tuple[int, int]:
    from cove.kernel.clickhouse import client

    sql = (
        f"SELECT toUnixTimestamp64Milli(at), position FROM timeline_fact WHERE tenant_id = {tenant} AND person_id = {contact} "
        f"ORDER BY at DESC, position DESC LIMIT 1 OFFSET {FACTS // 2}"
    )
    row = client.client().query(sql).result_rows[0]
    return int(row[0]), int(row[1])


def _load(tenant: int) -> int:
    """Write the facts of everybody and let parts be merged; return the contact who has so many."""
    from cove.directory.people import facade
    from cove.directory.people.contracts import Identity
    from cove.kernel.actor import Actor
    from cove.kernel.clickhouse import client
    from cove.kernel.log.consume import drain

    card, _ = facade.admit_contact(Actor.system(tenant), identity=Identity("user", "one"), source="import")
    drain()
    begin = (datetime.now(UTC) - timedelta(days=DAYS)).strftime("%Y-%m-%d %H:%M:%S")
    same = {"tenant": tenant, "begin": begin, "span": DAYS * 86_400_000, "kind": KIND}
    others = {
        "person": f"1000000 + intDiv(number, {OF_ONE})",
        "place": f"(number % {OF_ONE})",
        "each": OF_ONE,
        "facts": OTHERS,
    }
    many = {"person": card.id, "place": "number", "each": FACTS, "facts": FACTS}
    client.command(_ROWS.format(**same, **others, first=FIRST_POSITION))
    client.command(_ROWS.format(**same, **many, first=FIRST_POSITION + OTHERS))
    client.command("OPTIMIZE TABLE timeline_fact FINAL")
    say(f"{OTHERS + FACTS:,} facts, {FACTS:,} of them of one person; {ROUNDS} rounds a page")
    return card.id
