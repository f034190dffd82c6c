"""What a tracker may send, checked, and the facts it becomes."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, field_validator

from cove.edge.spool import Entry
from cove.facts.tracking import EventTracked, PageViewed
from cove.kernel import clock
from cove.kernel.ids import visitor_id
from cove.kernel.log.fact import Fact

OLDEST = timedelta(days=30)
NEWEST = timedelta(minutes=10)
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
UTM_LENGTH = 200

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Text = Annotated[str, StringConstraints(max_length=500)]
Address = Annotated[str, StringConstraints(max_length=2000)]
UtmText = Annotated[str, StringConstraints(max_length=UTM_LENGTH)]


class Event(BaseModel):
    """What every event has. `timestamp` is when it happened, if not now: at most 30 days ago; a clock that runs ahead is set right."""

    write_key: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    message_id: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        default_factory=lambda: str(uuid.uuid4())
    )
    anonymous_id: Annotated[str, StringConstraints(min_length=8, max_length=100)]
    timestamp: AwareDatetime | None = None
    properties: dict[str, Any] = Field(default_factory=dict)

    @field_validator("anonymous_id")
    @classmethod
    def _one_spelling(cls, value: str) -> str:
        # The redirect knows the same visitor by the id in lower case.
        return value.lower() if _UUID.fullmatch(value) else value

    @field_validator("timestamp")
    @classmethod
    def _not_ancient(cls, value: datetime | None) -> datetime | None:
        if value is not None and value < clock.now() - OLDEST:
            raise ValueError("ancient")
        return value

    def fact(self, common: dict[str, Any]) -> Fact:
        """Return the fact; `common` are the fields that every fact of the collector has."""
        raise NotImplementedError

    def happened_at(self) -> datetime:
        """Return when it happened, as far as the sender's clock can be believed."""
        now = clock.now()
        return now if self.timestamp is None or self.timestamp > now + NEWEST else self.timestamp


class Page(Event):
    url: Address
    title: Text = ""
    referrer: Address = ""
    utm_source: UtmText = ""
    utm_medium: UtmText = ""
    utm_campaign: UtmText = ""
    utm_content: UtmText = ""
    utm_term: UtmText = ""

    @field_validator("url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("absolute")
        return value

    def utm(self) -> dict[str, Any]:
        """Return the campaign fields: those given, else those in the address."""
        given = {key: getattr(self, key) for key in UTM}
        if any(given.values()):
            return given
        query = parse_qs(urlsplit(self.url).query)
        return {key: query.get(key, [""])[0][:UTM_LENGTH] for key in UTM}

    def fact(self, common: dict[str, Any]) -> Fact:
        """Return that the page was viewed; a page without a title is called by its path."""
        title = self.title or urlsplit(self.url).path or "/"
        return PageViewed(**common, **self.utm(), url=self.url, title=title, referrer=self.referrer)


class Track(Event):
    event: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    url: Address = ""

    def fact(self, common: dict[str, Any]) -> Fact:
        """Return that the event happened."""
        return EventTracked(**common, event=self.event, url=self.url)


def entry_of(event: Event, *, tenant_id: int, source_id: int, user_agent: str, address: str) -> Entry:
    """Return the spool entry of an event; a `message_id` that the tenant has sent before is dropped later."""
    common: dict[str, Any] = {
        "visitor_id": visitor_id(tenant_id, event.anonymous_id),
        "source_id": source_id,
        "message_id": event.message_id,
        "user_agent": user_agent,
        "address": address,
        "properties": event.properties,
    }
    return Entry.of(tenant_id, event.fact(common), at=event.happened_at(), dedupe_key=f"event:{event.message_id}")
