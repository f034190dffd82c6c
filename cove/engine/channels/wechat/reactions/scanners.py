"""Who came by a code is kept, a batch of the log at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cove.engine.channels.wechat.commands.scanners import Scan, note_scanners
from cove.facts.wechat import AccountFollowed, CodeScanned
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, sinks
from cove.kernel.log.wanted import Wanted

WANTED = Wanted(kinds=[CodeScanned.kind, AccountFollowed.kind], fields=["code_id"])


def keep(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Keep the batch's people by their codes. Of whom the platform had not said who he is, nothing is kept."""
    scans: dict[int, list[Scan]] = defaultdict(list)
    for one in envelopes:
        code_id = one.payload.get("code_id")
        if one.kind in (CodeScanned.kind, AccountFollowed.kind) and code_id and one.contact_id:
            scans[one.tenant_id].append(
                Scan(code_id, one.contact_id, one.at, followed=one.kind == AccountFollowed.kind)
            )
    for tenant_id, mine in sorted(scans.items()):
        note_scanners(Actor.system(tenant_id), scans=mine)


sinks.add("engine.channels.wechat.scanners", Sink("engine.channels.wechat.scanners", keep, wants=lambda: WANTED))
