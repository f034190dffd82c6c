"""Facts: frozen records in the past tense, each with its label and caption in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from cove.kernel.actor import Link
from cove.kernel.registry import Registry
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Holds:
    """Which sensitive field (`cove.kernel.sensitive`, by its key) a field of a fact holds a value of.

    Where another field of the fact decides, `by` names it and `keys` says for which of its values which key.
    """

    key: str = ""
    by: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    def key_in(self, payload: Mapping[str, Any]) -> str:
        """Return the key for this payload, empty where nothing sensitive is held."""
        return self.keys.get(str(payload.get(self.by)), "") if self.by else self.key

    def every_key(self) -> set[str]:
        """Return the keys it may be."""
        return set(self.keys.values()) if self.by else {self.key}


class Fact(BaseModel):
    """Something that happened. Subclass it in `cove.facts` with ``kind=``, ``label=`` and ``caption=``.

    A field named `contact_id`, `visitor_id`, `member_id` or `source` also becomes a column of the log, so that facts can be found by
    whom they concern. `caption` may use every field as a placeholder. `on_timeline = False` keeps a fact from people's pages;
    `shows_presence = True` says that the person himself was there. `sensitive` names the fields that whoever may not see them whole is
    shown masked; what people wrote into other texts is looked through wherever facts are shown.

    When a person is erased, his facts stay as counts: numbers and choices are kept, texts are emptied, save those named in `impersonal`,
    which say nothing about him (a code's name, a campaign).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    label: ClassVar[Words]
    caption: ClassVar[Words]
    on_timeline: ClassVar[bool] = True
    shows_presence: ClassVar[bool] = False
    sensitive: ClassVar[Mapping[str, Holds]] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Register the fact in the catalogue."""
        cls.kind = kwargs.pop("kind")
        cls.label = kwargs.pop("label")
        cls.caption = kwargs.pop("caption", cls.label)
        catalogue.add(cls.kind, cls)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__()


catalogue: Registry[type[Fact]] = Registry("facts", type)


class Envelope(BaseModel):
    """A fact as the log holds it: when, for whom, from where, because of what."""

    model_config = ConfigDict(frozen=True)

    position: int
    xid: int
    tenant_id: int
    kind: str
    at: datetime
    recorded_at: datetime
    contact_id: int | None = None
    visitor_id: int | None = None
    member_id: int | None = None
    source: str = ""
    chain: tuple[Link, ...] = ()
    payload: dict[str, Any]

    def fact(self) -> Fact:
        """Return the typed fact; raises KeyError for a kind this version does not know, ValidationError for a broken payload."""
        return catalogue[self.kind].model_validate(self.payload)
