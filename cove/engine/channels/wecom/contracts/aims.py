"""For whom a mass message is: customers as the list of contacts narrows them, or customer groups."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_GROUPS = 2_000
Id = Annotated[int, Field(ge=1, lt=2**63)]


class MassAim(BaseModel):
    """`kind` customers: all whom these filters leave, every one of them when none is given; `code_id` is the live code that brought them.

    groups: these customer groups, or without ids all that are reached.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["customers", "groups"] = "customers"
    tag_id: Id | None = None
    owner_id: Id | None = None
    source: str = Field("", max_length=40)
    code_id: Id | None = None
    search: str = Field("", max_length=100)
    state: Literal["", "current", "lost"] = ""
    group_ids: list[Id] = Field(default_factory=list, max_length=MOST_GROUPS)

    def narrowed(self) -> dict[str, Any]:
        """Return what narrows the customers, as `people.contacts_like` takes it."""
        return self.model_dump(include={"tag_id", "owner_id", "source", "code_id", "search", "state"})
