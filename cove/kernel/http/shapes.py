"""Shapes that answers of several modules share."""

from __future__ import annotations

from pydantic import BaseModel


class NamedId(BaseModel):
    """Something to show by its name and to link to by its id."""

    id: int
    name: str
