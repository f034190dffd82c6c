"""A three-step funnel over ten million facts: ours through its public function against the bare windowFunnel.

Ours counts joined visitors as the contacts they turned out to be and gives the median times; the reference does neither.
Both read the same table, of the same month range, with the same kinds in WHERE.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bench.frame import Result, by_turns, faster, say, seconds, servers

FACTS = 10_000_000
PEOPLE = 1_000_000
CONTACTS = 300_000
JOINED = 100_000
BLOCK = 1_000_000
SEED = 20_260_601
TENANT = 1
SINCE = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 60
WINDOW = timedelta(days=7)
STEPS = ("tracking.page_viewed", "live_codes.code_scanned", "wecom.friend_added")
ROUNDS = 7

# Contacts are numbered from 1, visitors have a hash with the top bit set, as in kernel/ids.
_PERSON = "if(who < {contacts}, who + 1, bitOr(sipHash64(toUInt64(who), {seed}), bitShiftLeft(toUInt64(1), 63)))"

_FACTS = """
INSERT INTO timeline_fact (tenant_id, person_id, at, position, kind, recorded_at, visitor_id, member_id, source,
  utm_source, utm_medium, utm_campaign, url, title, referrer, payload)
WITH sipHash64(number, {seed}) AS h, h % {people} AS who, intDiv(h, {people}) % 100 AS dice, {person} AS person,
  multiIf(dice < 45, 'tracking.page_viewed', dice < 60, 'live_codes.code_scanned', dice < 72, 'tracking.event_tracked',
    dice < 81, 'wecom.friend_added', dice < 90, 'people.contact_tagged', 'delivery.welcome_sent') AS what,
  toDateTime64('2026-06-01 00:00:00', 3, 'UTC') + toIntervalMillisecond(sipHash64(number, {seed}, 1) % ({days} * 86400000)) AS at
SELECT {tenant}, person, at, number + 1, what, at, if(who < {contacts}, 0, bitAnd(person, bitNot(bitShiftLeft(toUInt64(1), 63)))),
  if(dice < 72, 0, 1 + who % 50), if(dice < 72, 'web', 'wecom'),
  if(dice < 60, ['baidu', 'wechat', 'douyin', ''][1 + h % 4], ''), if(dice < 60, 'cpc', ''),
  if(dice < 60, concat('campaign-', toString(h % 20)), ''), if(dice < 45, concat('https://shop.example/', toString(h % 500)), ''),
  if(dice < 45, concat('Page ', toString(h % 500)), ''), if(dice < 45, 'https://www.baidu.com/', ''),
  concat('{{"message_id":"', hex(h), '","user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"}}')
FROM numbers({first}, {block})
"""

_JOINS = """
INSERT INTO timeline_override SELECT {tenant}, {person}, 1 + number % {contacts}, number + 1
FROM (SELECT number, {contacts} + number AS who FROM numbers({joined}))
"""

_REFERENCE = f"""
SELECT level, count() FROM (
  SELECT windowFunnel({int(WINDOW.total_seconds() * 1000)}, 'strict_once')(
    toUInt64(toUnixTimestamp64Milli(at)), {", ".join(f"kind = '{kind}'" for kind in STEPS)}) AS level
  FROM timeline_fact
  WHERE tenant_id = {TENANT} AND kind IN {STEPS} AND at >= '2026-06-01' AND at < '2026-07-31'
  GROUP BY person_id
) GROUP BY level ORDER BY level
"""


def run() -> Result:
    """Load, check that both sides count the same people, and measure."""
    with servers():
        from cove.kernel.clickhouse import client

        say(f"loading {FACTS:,} facts of {PEOPLE:,} people")
        took = seconds(_load_facts)
        say(f"loaded in {took:.0f} s")
        _check()
        client.command(_values(_JOINS))
        say(f"{JOINED:,} visitors joined; measuring {ROUNDS} rounds")
        ours, reference = by_turns(ours=lambda: seconds(_ours), reference=lambda: seconds(_theirs), rounds=ROUNDS)
        words = "bare windowFunnel('strict_once') SQL over the same table and driver, without joined visitors and times"
        return faster("funnel", ours, reference, what_reference_is=words)


def _load_facts() -> None:
    from cove.kernel.clickhouse import client

    # Background merges would go on through the first rounds and disturb either side by chance.
    client.command("SYSTEM STOP MERGES timeline_fact")
    for first in range(0, FACTS, BLOCK):
        client.command(_values(_FACTS, first=first))


def _ours() -> list[int]:
    from cove.cockpit.insight.contracts import Step
    from cove.cockpit.insight.queries.funnel import funnel
    from cove.kernel.actor import Actor

    until = SINCE + timedelta(days=DAYS)
    steps = [Step(kind) for kind in STEPS]
    figures = funnel(Actor.system(TENANT), steps=steps, window=WINDOW, since=SINCE, until=until)
    return [one.people for one in figures]


def _theirs() -> list[int]:
    from cove.kernel.clickhouse import client

    levels = dict(client.client().query(_REFERENCE).result_rows)
    return [sum(count for level, count in levels.items() if level >= step) for step in range(1, len(STEPS) + 1)]


def _check() -> None:
    """Refuse to compare unlike things: without joined visitors both must count the same people."""
    ours, theirs = _ours(), _theirs()
    if ours != theirs or not all(ours):
        raise AssertionError(f"ours {ours}, reference {theirs}")
    say(f"both count {ours}")


def _values(sql: str, *, first: int = 0) -> str:
    person = _PERSON.format(contacts=CONTACTS, seed=SEED)
    return sql.format(
        person=person,
        people=PEOPLE,
        contacts=CONTACTS,
        joined=JOINED,
        seed=SEED,
        days=DAYS,
        tenant=TENANT,
        first=first,
        block=BLOCK,
    )
