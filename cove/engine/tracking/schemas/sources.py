from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.tracking.contracts import SourceKind

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Origins = Annotated[list[Annotated[str, StringConstraints(max_length=300)]], Field(max_length=50)]


class NewSource(BaseModel):
    name: Name
    kind: SourceKind = "web"
    allowed_origins: Origins = Field(default_factory=list)


class SourceChange(BaseModel):
    name: Name
    allowed_origins: Origins


class TrackingSourceAnswer(BaseModel):
    """A source; `snippet` is the HTML to put before the end of every page's head, empty where there are no pages.

    Of the server key only the end is known, of the signing secret only when it was made.
    """

    id: int
    name: str
    kind: SourceKind
    write_key: str
    server_key_hint: str
    server_key_made_at: datetime | None
    signing_secret_made_at: datetime | None
    allowed_origins: list[str]
    created_at: datetime
    last_seen_at: datetime | None
    snippet: str
    curl: str


class SourceSecret(BaseModel):
    """A server key or signing secret that was just made: `text` is in this answer and nowhere else."""

    source: TrackingSourceAnswer
    text: str


class TrackingSourcesAnswer(BaseModel):
    items: list[TrackingSourceAnswer]
