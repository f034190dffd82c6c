from __future__ import annotations

from pydantic import BaseModel

from cove.cockpit.workbench.contracts import FoundGroup


class SearchAnswer(BaseModel):
    groups: list[FoundGroup]
