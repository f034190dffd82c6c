"""Shipping the log into ClickHouse, in whole batches, each once.

Usually PostgreSQL writes the rows and ClickHouse reads them, and nobody looks at a fact (`carrying`). A batch that concerns people who are
erased, or that ClickHouse cannot read, comes here fact by fact, under the same token.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cove.directory.privacy import facade as privacy
from cove.engine.timeline.contracts import COLUMNS, SINK
from cove.engine.timeline.reactions.carrying import BATCH, carry, plan
from cove.engine.timeline.reactions.overrides import ship_overrides
from cove.kernel.clickhouse.client import ClickHouseAway, insert_block
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, Unreachable, sinks

# ClickHouse's DateTime64 ends in 2299; a page whose clock says otherwise must not stop everybody's shipping.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(2299, 12, 31, tzinfo=UTC)


def take(token: str, envelopes: Sequence[Envelope]) -> None:
    """Ship one batch. The same token again stores nothing again (ClickHouse: insert_deduplication_token, kept for each partition).

    Raises Unreachable while ClickHouse is away.
    """
    told = without_the_erased(envelopes)
    try:
        ship_overrides(token, told)
        insert_block("timeline_fact", COLUMNS, [row_of(one) for one in told], token=token)
    except ClickHouseAway as error:
        raise Unreachable from error


def without_the_erased(envelopes: Sequence[Envelope]) -> list[Envelope]:
    """Return the batch with the late facts of people who are erased made anonymous: they count, and are nobody's."""
    found = list(envelopes)
    for tenant_id in {one.tenant_id for one in found}:
        late = privacy.late_facts(tenant_id, [one for one in found if one.tenant_id == tenant_id])
        found = [late.get(one.position, one) if one.tenant_id == tenant_id else one for one in found]
    return found


def row_of(envelope: Envelope) -> list[Any]:
    """Return one row of `timeline_fact`, in the order of COLUMNS."""
    cause = envelope.chain[-1] if envelope.chain else None
    return [
        envelope.tenant_id,
        person_id(contact_id=envelope.contact_id, visitor=envelope.visitor_id),
        min(max(envelope.at, _EARLIEST), _LATEST),
        envelope.position,
        envelope.kind,
        envelope.recorded_at,
        envelope.visitor_id or 0,
        envelope.member_id or 0,
        envelope.source,
        cause.kind if cause else "",
        cause.fact if cause else 0,
        cause.rule if cause else "",
        json.dumps(envelope.payload, ensure_ascii=False, separators=(",", ":")),
    ]


sinks.add(SINK, Sink(SINK, take, batch=BATCH, carry=carry, plan=plan))
