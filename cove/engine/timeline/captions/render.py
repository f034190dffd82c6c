"""Rendering happenings for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cove.directory.org import facade as org
from cove.directory.org.contracts import MemberCard
from cove.directory.privacy.contracts import CHANNELS
from cove.engine.timeline.captions.masks import payload_for
from cove.engine.timeline.captions.messages import message_values
from cove.engine.timeline.captions.visits import visit_of
from cove.engine.timeline.captions.words import (
    COLON,
    FIELDS,
    NAMELESS,
    SEPARATOR,
    SOMEBODY,
    SOURCES,
    THROUGH,
    UNKNOWN_DOUBT,
    UNKNOWN_REASON,
    WAY,
)
from cove.engine.timeline.contracts import INSTEAD, SUSPICIOUS, Happening, doubts, ways
from cove.facts.delivery import REASONS
from cove.facts.tracking import PageViewed
from cove.kernel.actor import Actor
from cove.kernel.log.fact import catalogue
from cove.kernel.log.reactions import reactions

# Texts that a caption says after a colon, or leaves out together with it.
_AFTER_COLON = ("why", "subject", "text")


@dataclass(frozen=True, slots=True)
class Told:
    """One happening in the reader's language. `cause` is (label of the causing fact, the rule in plain words or empty).

    `visit` names the visit that it can be folded into, empty for what stands alone; `way` is the channel group by which a page view came
    about, empty where none is known; `doubts` say why it may be of no customer, empty unless it is suspicious.
    """

    happening: Happening
    label: str
    caption: str
    source_label: str
    cause: tuple[str, str] | None
    member: MemberCard | None
    visit: str
    way: str
    doubts: list[tuple[str, str]]


def tell(actor: Actor, contact_id: int, happenings: Sequence[Happening]) -> list[Told]:
    """Return happenings of a contact in the reader's language, what he may not see masked; members' names are fetched once for all."""
    named = {one.member_id for one in happenings if one.member_id}
    members = org.members_by_id(actor, named) if named else {}
    shown = [replace(one, payload=payload_for(actor, one, contact_id)) for one in happenings]
    return [_told(one, members.get(one.member_id)) for one in shown]


def _told(one: Happening, member: MemberCard | None) -> Told:
    kind = catalogue.get(one.kind)
    source = SOURCES.get(one.source)
    return Told(
        happening=one,
        label=kind.label.here() if kind else one.kind,
        caption=kind.caption.here(_values(one.payload, member) | message_values(one)) if kind else "",
        source_label=source.here() if source else one.source,
        cause=_cause(one),
        member=member,
        visit=visit_of(one),
        way=_way(one.payload) if one.kind == PageViewed.kind else "",
        doubts=_doubts(one),
    )


def _way(payload: dict[str, Any]) -> str:
    name = ways.get(payload.get("channel") or "")
    return name.here() if name else ""


def _doubts(one: Happening) -> list[tuple[str, str]]:
    """Return what speaks against a suspicious fact: name and meaning of each reason."""
    if one.suspicion < SUSPICIOUS:
        return []
    found = [(doubts.get(key), key) for key in one.suspicion_reasons]
    return [
        (known.name.here(), known.meaning.here()) if known else (UNKNOWN_DOUBT.here({"reason": key}), "")
        for known, key in found
    ]


def _values(payload: dict[str, Any], member: MemberCard | None) -> dict[str, Any]:
    """Return the payload with what a caption may ask for beside it."""
    values = dict(payload)
    if "tag_names" in payload:
        values["tags_here"] = SEPARATOR.here().join(payload["tag_names"])
    if "fields" in payload:
        values["fields_here"] = SEPARATOR.here().join(
            FIELDS[name].here() if name in FIELDS else name for name in payload["fields"]
        )
    if "reason" in payload:
        values["reason_here"] = REASONS.get(payload["reason"], UNKNOWN_REASON).here(payload)
    for name in _AFTER_COLON:
        if name in payload:
            values[f"{name}_here"] = COLON.here() + payload[name] if payload[name] else ""
    if "channel" in payload:
        values["channel_here"] = CHANNELS[payload["channel"]].here() if payload["channel"] in CHANNELS else ""
        values["way_here"] = WAY.here({"way": way}) if (way := _way(payload)) else ""
    values["through_here"] = THROUGH.here({"way": payload["way_name"]}) if payload.get("way_name") else ""
    if "member_name" in payload and not payload["member_name"]:
        values["member_name"] = member.name if member else SOMEBODY.here()
    for name, others in INSTEAD.items():
        if name in payload and not payload[name]:
            values[name] = next((payload[other] for other in others if payload.get(other)), NAMELESS.here())
    return values


def _cause(one: Happening) -> tuple[str, str] | None:
    if not one.cause_kind:
        return None
    kind = catalogue.get(one.cause_kind)
    rule = reactions.get(one.cause_rule)
    return kind.label.here() if kind else one.cause_kind, rule.label.here() if rule and rule.label else ""
