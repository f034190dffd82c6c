"""The collector: pages and products tell here what people did. Answered when it is durable, refused with the remedy.

``POST /collect/page``, ``POST /collect/track``, ``GET /collect/cove.js``. Identifying a visitor is not taken here: a write key lies open
in every page, and whoever holds it could tie his visits to anybody's e-mail.
"""

from cove.edge.collector.door import collect

__all__ = ["collect"]
