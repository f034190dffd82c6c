"""Console: links."""

from ninja import Router

from cove.engine.content.links.api.links import console as links
from cove.engine.content.links.api.reading import console as reading

__all__ = ["console"]

console = Router(tags=["links"])
console.add_router("", links)
console.add_router("", reading)
