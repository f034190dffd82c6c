"""A page of one person's timeline out of a hundred million facts: ours through its public function against the bare read.

Both read the same fifty rows of the same table through the same driver, by the primary key, of a contact and of three visitors he was
before. Ours finds those numbers, asks whether he may be seen, looks at what is not shipped yet, and gives records; the reference
is given the numbers and gives tuples. Where the disk or the time for loading does not allow a hundred million, it is thirty.
"""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.frame import Result, by_turns, faster, say, seconds, servers

MOST, LEAST = 100_000_000, 30_000_000
BLOCK = 5_000_000
A_PERSON = 100
VISITORS = 3
DAYS = 90
SAMPLE = 60
PAGE = 50
ROUNDS = 7
FIRST_POSITION = 1_000_000_000
LOADING_SECONDS = 290
BYTES_A_FACT = 120

# Of each hundred facts a quarter is the contact's own, the others are of his visitors, whose numbers lie anywhere (kernel/ids).
_COLUMNS = {
    "tenant_id": "TENANT",
    "person_id": "if(number % 4 = 0, contact, bitOr(bitShiftLeft(toUInt64(1), 63), visitor))",
    "at": "at",
    "position": f"{FIRST_POSITION} + number",
    "kind": "['tracking.page_viewed', 'tracking.page_left', 'tracking.event_tracked', 'people.note_written'][1 + number % 4]",
    "recorded_at": "at",
    "visitor_id": "visitor",
    "source": "'web'",
    "url": "concat('https://shop.example/', toString(number % 977))",
    "title": "concat('Page ', toString(number % 977))",
    "session_id": "hex(intDiv(number, 8))",
    "payload": (
        """concat('{"visitor_id":', toString(visitor), ',"message_id":"', hex(sipHash64(number)), '","url":"https://shop.example/', """
        """toString(number % 977), '","title":"Page ', toString(number % 977), '","seconds":', toString(number % 300), '}')"""
    ),
}
_ROWS = """
WITH intDiv(number, %(each)d) AS one, if(one %% %(step)d = 0, 1 + intDiv(one, %(step)d), one + 1000000) AS contact,
  toUInt8(number %% 4) AS k, bitShiftRight(sipHash64(toUInt64(contact), k), 1) AS visitor, %(days)d * 86400000 AS span,
  toDateTime64('%(begin)s', 3, 'UTC') + toIntervalMillisecond(intDiv((number %% %(each)d) * span, %(each)d) + contact %% 100000) AS at
SELECT %(values)s
"""
_SETTINGS = (
    f"SETTINGS max_insert_block_size = {BLOCK}, min_insert_block_size_rows = {BLOCK}, min_insert_block_size_bytes = 0"
)


def run() -> Result:
    """Load, make the contacts of the sample, check that both sides read the same, and measure."""
    with servers() as folder:
        from cove.directory.org.commands.tenants import create_tenant
        from cove.kernel.scope import tenant_scope

        tenant = create_tenant(name="bench").id
        facts = _load(tenant, folder)
        with tenant_scope(tenant):
            people = _contacts(tenant)
            _check(tenant, people)
            say(f"{facts:,} facts; {ROUNDS} rounds of {len(people)} pages")
            ours, reference = by_turns(
                ours=lambda: seconds(lambda: [_ours(tenant, contact) for contact in people]) / len(people),
                reference=lambda: (
                    seconds(lambda: [_theirs(tenant, all_of) for all_of in people.values()]) / len(people)
                ),
                rounds=ROUNDS,
            )
        words = f"bare SELECT … ORDER BY at DESC LIMIT {PAGE} by the primary key of {facts // 1_000_000} million facts, same driver"
        return faster("person", ours, reference, what_reference_is=words)


def _load(tenant: int, folder: Path) -> int:
    from cove.kernel.clickhouse import client

    # Merges would go on through the first rounds and disturb either side by chance; each block holds whole people, as merged parts do.
    client.command("SYSTEM STOP MERGES timeline_fact")
    for (view,) in (
        client.client().query("SELECT name FROM system.tables WHERE engine = 'MaterializedView'").result_rows
    ):
        client.command(f"DETACH TABLE {view}")
    insert, started, done = _insert(tenant), time.monotonic(), 0
    room = shutil.disk_usage(folder).free > 3 * MOST * BYTES_A_FACT
    while done < MOST:
        client.command(f"{insert} FROM numbers({done}, {BLOCK})")
        done += BLOCK
        spent = time.monotonic() - started
        say(f"  {done:,} facts after {spent:.0f} s")
        if done == LEAST and (not room or spent * MOST / LEAST > LOADING_SECONDS):
            break
    return done


def _insert(tenant: int) -> str:
    """Return the INSERT of one block. Columns that are not of this measurement get their empty value: nothing is worked out for them."""
    from cove.kernel.clickhouse import client

    found = client.client().query(
        "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'timeline_fact'"
    )
    values = {name: f"defaultValueOfTypeName('{kind}')" for name, kind in found.result_rows} | _COLUMNS
    begin = (datetime.now(UTC) - timedelta(days=DAYS)).strftime("%Y-%m-%d %H:%M:%S")
    rows = _ROWS % {
        "each": A_PERSON,
        "step": LEAST // A_PERSON // SAMPLE,
        "days": DAYS,
        "begin": begin,
        "values": ", ".join(values.values()),
    }
    return f"INSERT INTO timeline_fact ({', '.join(values)}) {_SETTINGS} {rows}".replace("TENANT", str(tenant))


def _contacts(tenant: int) -> dict[int, list[int]]:
    """Make the contacts of the sample, numbered from 1, and join their visitors; return the numbers in ClickHouse by contact."""
    from cove.directory.people import facade
    from cove.directory.people.contracts import Identity
    from cove.kernel.actor import Actor
    from cove.kernel.clickhouse import client
    from cove.kernel.ids import person_id
    from cove.kernel.log.consume import drain

    actor, people = Actor.system(tenant), {}
    for name in range(SAMPLE):
        card, _ = facade.admit_contact(actor, identity=Identity("user", str(name)), source="import")
        number = card.id
        hashed = ", ".join(
            f"bitShiftRight(sipHash64(toUInt64({number}), toUInt8({k})), 1)" for k in range(1, VISITORS + 1)
        )
        visitors = client.client().query(f"SELECT {hashed}").result_rows[0]
        for visitor in visitors:
            facade.join_visitor(actor, contact_id=number, visitor_id=visitor, how="identify")
        people[number] = [number, *(person_id(visitor=visitor) for visitor in visitors)]
    drain()
    return people


def _ours(tenant: int, contact: int) -> list[int]:
    from cove.engine.timeline.queries.page import timeline
    from cove.kernel.actor import Actor

    return [one.position for one in timeline(Actor.system(tenant), contact, limit=PAGE).items]


def _theirs(tenant: int, people: list[int]) -> list[int]:
    from cove.engine.timeline.queries.look import FIELDS
    from cove.kernel.clickhouse import client

    sql = (
        f"SELECT {FIELDS} FROM timeline_fact WHERE tenant_id = {tenant} AND person_id IN ({', '.join(map(str, people))}) "
        f"ORDER BY at DESC, position DESC LIMIT {PAGE}"
    )
    return [row[0] for row in client.client().query(sql).result_rows]


def _check(tenant: int, people: dict[int, list[int]]) -> None:
    """Refuse to compare unlike things: both must give the same facts in the same order."""
    for contact, all_of in people.items():
        ours, theirs = _ours(tenant, contact), _theirs(tenant, all_of)
        if ours != theirs or len(ours) != PAGE:
            raise AssertionError(
                f"contact {contact}: ours {ours[:5]}… ({len(ours)}), reference {theirs[:5]}… ({len(theirs)})"
            )
    say("both read the same pages")
