from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from cove.business.live_codes.permissions import RUN_CODES
from cove.directory.org import facade as org
from cove.kernel.actor import Actor
from cove.kernel.command import command

_SCANS = """
INSERT INTO live_codes_scan_day AS had (tenant_id, code_id, day, member_id, scans)
SELECT %s, scan.* FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::int[]) AS scan (code_id, day, member_id, scans)
WHERE EXISTS (SELECT FROM live_codes_code WHERE id = scan.code_id)
ON CONFLICT (code_id, day, member_id) DO UPDATE SET scans = had.scans + excluded.scans
"""
_VISITORS = """
INSERT INTO live_codes_scan_visitor (tenant_id, code_id, day, visitor_id)
SELECT %s, scan.* FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS scan (code_id, day, visitor_id)
WHERE EXISTS (SELECT FROM live_codes_code WHERE id = scan.code_id)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Scan:
    code_id: int
    member_id: int
    visitor_id: int
    at: datetime


@command(RUN_CODES, audited=False)
def count_scans(actor: Actor, *, scans: Sequence[Scan]) -> None:
    """Add scans to the figures, two statements however many there are; a code that is gone for good has no figures."""
    zone = ZoneInfo(org.tenant(actor).timezone)
    placed = [(scan, scan.at.astimezone(zone).date()) for scan in scans]
    counted = Counter((scan.code_id, day, scan.member_id) for scan, day in placed)
    visitors = {(scan.code_id, day, scan.visitor_id) for scan, day in placed}
    with connection.cursor() as cursor:
        rows = [(*key, times) for key, times in sorted(counted.items())]
        cursor.execute(_SCANS, [actor.tenant_id, *map(list, zip(*rows, strict=True))])
        cursor.execute(_VISITORS, [actor.tenant_id, *map(list, zip(*sorted(visitors), strict=True))])
