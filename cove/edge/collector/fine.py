"""The traffic that members marked as normal, as the edge knows it without a database."""

from __future__ import annotations

from cove.edge import mirror
from cove.edge.mirror import Signpost
from cove.engine.tracking.contracts import FINE, FineTraffic

# The mirror keeps a signpost's object as long as its document is the same; tenants are few enough to be kept all.
_read: dict[int, tuple[Signpost, FineTraffic]] = {}


def fine_traffic(tenant_id: int) -> FineTraffic | None:
    """Return what members of a tenant marked as normal, or None if they marked nothing."""
    post = mirror.signpost(FINE, str(tenant_id))
    if post is None:
        return None
    known = _read.get(tenant_id)
    if known is None or known[0] is not post:
        known = _read[tenant_id] = (post, FineTraffic.read(post.document))
    return known[1]
