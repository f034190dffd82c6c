"""The wire: what a tracker may send, as msgspec decodes and checks it. The page for its readers is docs/collector.md."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

LARGEST_EVENT = 32 * 1024
LARGEST_BATCH = 1024 * 1024
"""Bytes, after unpacking."""
MOST_EVENTS = 500

Text = Annotated[str, Meta(max_length=500)]
Address = Annotated[str, Meta(max_length=2000)]
Short = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(max_length=100)]
Given = Annotated[str, Meta(min_length=1, max_length=100)]
UserId = Annotated[str, Meta(min_length=1, max_length=200)]
Time = Annotated[datetime, Meta(tz=True)]
Bag = dict[str, Any]


class Context(msgspec.Struct, gc=False):
    """Where an event was made. Empty means that the sender did not say."""

    library: Name = ""
    automation: bool = False
    locale: Name = ""
    timezone: Name = ""
    screen: Name = ""
    consent: Literal["", "granted", "denied", "unknown"] = ""
    plan: Name = ""


class Event(msgspec.Struct, gc=False):
    """One event of any type: which fields it must have is said in `events`."""

    type: Name = ""
    write_key: Name = ""
    message_id: Given = ""
    anonymous_id: Annotated[str, Meta(min_length=8, max_length=100)] = ""
    user_id: UserId = ""
    signature: Short = ""
    timestamp: Time | None = None
    sent_at: Time | None = None
    event: Given = ""
    properties: Bag = {}
    traits: Bag = {}
    group_id: Given = ""
    previous_id: UserId = ""
    account: Name = ""
    session_id: Name = ""
    url: Address = ""
    title: Text = ""
    referrer: Address = ""
    utm_source: Short = ""
    utm_medium: Short = ""
    utm_campaign: Short = ""
    utm_content: Short = ""
    utm_term: Short = ""
    context: Context | None = None


class Batch(msgspec.Struct):
    """Several events of one source. Each is decoded by itself, so that a bad one does not spoil its neighbours."""

    batch: list[msgspec.Raw]
    write_key: Name = ""
    sent_at: Time | None = None
    context: Context | None = None


class Click(msgspec.Struct):
    """``$click``."""

    text: Text
    element: Short = ""
    href: Address = ""


class FormSubmit(msgspec.Struct):
    """``$form_submit``."""

    form: Short


class Followed(msgspec.Struct):
    """``$download`` and ``$outbound``."""

    text: Text
    href: Address


class Leave(msgspec.Struct):
    """``$leave``."""

    seconds: Annotated[int, Meta(ge=0, le=86_400)]
    depth: Annotated[int, Meta(ge=0, le=100)]


event_of = msgspec.json.Decoder(Event).decode
batch_of = msgspec.json.Decoder(Batch).decode
