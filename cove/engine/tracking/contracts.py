"""What the edge knows of a source, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SIGNPOST = "write_key"
"""Kind of the signpost under which the edge finds a source by its write key."""


@dataclass(frozen=True, slots=True)
class PostedSource:
    """A source as its signpost tells it. No allowed origin at all means that any page may send."""

    source_id: int
    allowed_origins: frozenset[str]

    def allows(self, origin: str) -> bool:
        """Tell whether a page of `origin` may send; requests without an origin come from no browser and may."""
        return not origin or not self.allowed_origins or origin.lower() in self.allowed_origins

    def document(self) -> dict[str, Any]:
        """Return the signpost's document."""
        return {"source_id": self.source_id, "allowed_origins": sorted(self.allowed_origins)}

    @classmethod
    def read(cls, document: dict[str, Any]) -> PostedSource:
        """Return the source behind a signpost's document."""
        return cls(document["source_id"], frozenset(document["allowed_origins"]))
