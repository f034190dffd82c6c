from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints


class NewSource(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    allowed_origins: list[Annotated[str, StringConstraints(max_length=300)]] = Field(
        default_factory=list, max_length=50
    )


class TrackingSourceAnswer(BaseModel):
    """A source; `snippet` is the HTML to put before the end of every page's head."""

    id: int
    name: str
    write_key: str
    allowed_origins: list[str]
    created_at: datetime
    last_seen_at: datetime | None
    snippet: str
    curl: str


class TrackingSourcesAnswer(BaseModel):
    items: list[TrackingSourceAnswer]
