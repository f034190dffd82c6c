"""Keeping who came by a code, so that nobody has to look for them among all facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from cove.directory.people import facade as people
from cove.engine.channels.wechat.models import WechatCode
from cove.engine.channels.wechat.permissions import TAKE_OVER
from cove.kernel.actor import Actor
from cove.kernel.command import command

_NOTE = """
INSERT INTO wechat_scanner (tenant_id, code_id, contact_id, scans, followed, last_at)
SELECT %s, one.code, one.contact, count(*) FILTER (WHERE NOT one.followed), bool_or(one.followed), max(one.at)
FROM unnest(%s::bigint[], %s::bigint[], %s::bool[], %s::timestamptz[]) AS one(code, contact, followed, at)
GROUP BY one.code, one.contact ORDER BY one.code, one.contact
ON CONFLICT (code_id, contact_id) DO UPDATE SET scans = wechat_scanner.scans + excluded.scans,
  followed = wechat_scanner.followed OR excluded.followed, last_at = greatest(wechat_scanner.last_at, excluded.last_at)
"""


@dataclass(frozen=True, slots=True)
class Scan:
    """A contact scanned a code, or began to follow by it."""

    code_id: int
    contact_id: int
    at: datetime
    followed: bool = False


@command(TAKE_OVER, audited=False)
def note_scanners(actor: Actor, *, scans: Sequence[Scan]) -> None:
    """Count each of these once; codes and people that are gone are left out."""
    wanted = {one.code_id for one in scans}
    codes = set(WechatCode.objects.filter(tenant_id=actor.tenant_id, id__in=wanted).values_list("id", flat=True))
    gone = people.gone_contacts(actor, {one.contact_id for one in scans})
    kept = [one for one in scans if one.code_id in codes and one.contact_id not in gone]
    if not kept:
        return
    columns = zip(*((one.code_id, one.contact_id, one.followed, one.at) for one in kept), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [actor.tenant_id, *(list(column) for column in columns)])
