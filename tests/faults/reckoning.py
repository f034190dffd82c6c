"""The end of each test: log and timeline are read whole and compared with what was sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg

from tests.faults.house import House, Source

_OF_LOG = """
COPY (SELECT position, coalesce(payload->>'message_id', '') FROM log_fact WHERE tenant_id = {tenant}) TO STDOUT
"""
_OF_TIMELINE = """
SELECT position, JSONExtractString(toString(payload), 'message_id') FROM timeline_fact WHERE tenant_id = {tenant} FORMAT TabSeparated
"""


def reckon(house: House, source: Source, sent: dict[str, int], *, seconds: float) -> None:
    """Wait up to `seconds` until all has arrived, then see that it is there once and that nothing else is.

    `sent` says for each sender's name how many events were acknowledged. Raises AssertionError, TimeoutError.
    """
    wanted = {f"{name}-{number}" for name, count in sent.items() for number in range(count)}
    _wait_until_arrived(house, source, len(wanted), seconds)
    in_log = dict(_log(house, source))
    told = {position: message for position, message in in_log.items() if message}
    found = set(told.values())
    assert not wanted - found, f"lost: {_some(wanted - found)}"
    assert not found - wanted, f"never sent: {_some(found - wanted)}"
    assert len(told) == len(wanted), f"{len(told) - len(wanted)} doubled in the log"
    in_timeline = list(_timeline(house, source))
    assert len(in_timeline) == len(set(in_timeline)), "doubled in the timeline"
    assert dict(in_timeline) == in_log, "the timeline is the log, fact by fact"
    assert not set_aside(house), "nothing was set aside"
    assert not (house.data / "spool" / "refused.jsonl").exists(), "PostgreSQL refused nothing"


def arrived(house: House, source: Source) -> int:
    """Return how many events of the collector the timeline holds, 0 while ClickHouse is away."""
    try:
        return int(
            _ask(house, f"SELECT count() FROM timeline_fact WHERE tenant_id = {source.tenant_id} AND event != ''")
        )
    except httpx.HTTPError:
        return 0


def logged(house: House) -> int:
    """Return how many facts the log holds, of all companies."""
    with _postgres(house) as looking:
        row = looking.execute("SELECT count(*) FROM log_fact").fetchone()
    return int(row[0]) if row else 0


def days_apart(house: House, source: Source) -> float:
    """Return how many days lie between the earliest and the latest time of a fact."""
    sql = f"SELECT extract(epoch FROM max(at) - min(at)) / 86400 FROM log_fact WHERE tenant_id = {source.tenant_id}"
    with _postgres(house) as looking:
        row = looking.execute(sql).fetchone()
    return float(row[0]) if row else 0.0


def set_aside(house: House) -> list[tuple[str, str]]:
    """Return what no consumer could digest: its name and the error."""
    with _postgres(house) as looking:
        return looking.execute("SELECT consumer, error FROM log_set_aside").fetchall()


def spooled(root: Path) -> list[Path]:
    """Return the segments under a spool's folder."""
    return sorted(root.glob("*/*.segment"))


def _wait_until_arrived(house: House, source: Source, wanted: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while arrived(house, source) < wanted:
        if time.monotonic() > end:
            raise TimeoutError(
                f"{arrived(house, source)} of {wanted} in the timeline, {logged(house)} facts in the log, "
                f"set aside: {set_aside(house)[:3]}\n{house.last_words()}"
            )
        time.sleep(0.2)
    # A double would come behind what is there: give it the time to.
    house.wait("the shipping to rest", lambda: _shipped(house) == logged(house), seconds=seconds)


def _shipped(house: House) -> int:
    return int(_ask(house, "SELECT count() FROM timeline_fact"))


def _log(house: House, source: Source) -> Iterator[tuple[int, str]]:
    with _postgres(house) as looking, looking.cursor().copy(_OF_LOG.format(tenant=source.tenant_id)) as rows:
        for position, message in rows.rows():
            yield int(position), message or ""


def _timeline(house: House, source: Source) -> Iterator[tuple[int, str]]:
    for line in _ask(house, _OF_TIMELINE.format(tenant=source.tenant_id)).splitlines():
        position, _, message = line.partition("\t")
        yield int(position), message


def _postgres(house: House) -> psycopg.Connection:
    return psycopg.connect(house.environment.embedded_postgres_url("postgres"))


def _ask(house: House, sql: str) -> str:
    address = httpx.URL(house.environment.effective_clickhouse_url)
    url = f"http://{address.host}:{address.port}/"
    answer = httpx.post(
        url,
        params={"database": "cove"},
        content=sql,
        auth=(address.username, address.password),
        timeout=120,
        trust_env=False,
    )
    return answer.raise_for_status().text


def _some(messages: set[str]) -> str:
    return f"{len(messages)}, as {sorted(messages)[:5]}"
