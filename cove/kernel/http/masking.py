"""Answers that mask sensitive fields by themselves, and remember what was shown whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer

from cove.kernel.actor import Actor
from cove.kernel.sensitive import SensitiveField, mask_within, sensitive_fields


@dataclass(slots=True)
class Reading:
    """Who reads the answer at hand, and the sensitive values it showed him whole: (record kind, id, field key)."""

    actor: Actor | None = None
    shown: set[tuple[str, int, str]] = field(default_factory=set)


_reading: ContextVar[Reading | None] = ContextVar("cove_reading", default=None)


@contextmanager
def reading() -> Iterator[Reading]:
    """Open a reading around a request. Until its actor is set, and outside of any reading, everything sensitive is masked."""
    opened = Reading()
    token = _reading.set(opened)
    try:
        yield opened
    finally:
        _reading.reset(token)


def read_as(actor: Actor) -> None:
    """Say who reads the answer of this request; outside of a reading nothing happens."""
    opened = _reading.get()
    if opened is not None:
        opened.actor = actor


def shown_to(actor: Actor, sensitive: SensitiveField, value: str, *, record: str, record_id: int) -> str:
    """Return `value` as the actor may see it, and remember that he saw it: for texts that are no field of a `Guarded` answer."""
    if not value or not actor.sees(sensitive):
        return sensitive.mask(value) if value else value
    opened = _reading.get()
    if opened is not None:
        opened.shown.add((record, record_id, sensitive.key))
    return value


def text_shown_to(actor: Actor, text: str) -> str:
    """Return a text that somebody wrote, the sensitive values in it masked that the actor may not see whole."""
    return mask_within(text, [one for one in sensitive_fields if not actor.sees(one)])


class Guarded(BaseModel):
    """An answer with sensitive fields: ``phone: Annotated[str | None, PHONE]`` is masked unless the reader may see it.

    `record` names what the answer is about; with the answer's `id` it is what the audit log says was read.
    """

    record: ClassVar[str]

    # A return type would stand in the OpenAPI document in place of the fields.
    @model_serializer(mode="wrap")
    def _mask(self, plain: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- see above
        document: dict[str, Any] = plain(self)
        for name, sensitive in _sensitive(type(self)).items():
            if document.get(name):
                document[name] = self._show(sensitive, str(document[name]))
        return document

    def _show(self, sensitive: SensitiveField, value: str) -> str:
        opened = _reading.get()
        if opened is None or opened.actor is None or not opened.actor.sees(sensitive):
            return sensitive.mask(value)
        opened.shown.add((self.record, int(getattr(self, "id", 0)), sensitive.key))
        return value


@cache
def _sensitive(kind: type[BaseModel]) -> dict[str, SensitiveField]:
    return {
        name: mark
        for name, info in kind.model_fields.items()
        for mark in info.metadata
        if isinstance(mark, SensitiveField)
    }
