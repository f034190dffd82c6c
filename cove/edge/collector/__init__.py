"""The collector: pages, apps and servers tell here what people did. Answered when it is durable, refused with the remedy.

``POST /collect/{track,page,identify,group,alias}`` take one event, ``POST /collect/batch`` several; docs/collector.md is the page for
whoever sends them. The way of an event: `door` → `bodies` → `reading` (by `wire`) → `events` (whose, when, what) → the spool.
``GET /collect/cove.js`` gives the SDK for pages.
"""

from cove.edge.collector.door import collect

__all__ = ["collect"]
