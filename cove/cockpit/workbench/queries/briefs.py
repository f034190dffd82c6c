"""Briefs for the next person: who a contact is, what happened last, what is open; from facts, nothing is made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from cove.cockpit.workbench.contracts import Brief, Given, TransferBrief
from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import CONTACTS, BriefCard
from cove.engine.timeline import facade as timeline
from cove.engine.timeline.contracts import ToldFact
from cove.facts.people import NoteWritten
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.belongings import belongings
from cove.kernel.changesets import queries as changes
from cove.kernel.changesets.models import ChangeItem
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import CoveError, NotFound
from cove.kernel.words import Words

LAST = 3
SHOWN = 20
SILENT = timedelta(days=30)

_LOST = Words("客户已流失，目前无人跟进", "Lost: nobody follows at present")
_SILENT = Words("已 {days} 天没有活跃", "Not active for {days} days")
_NO_NOTE = Words("还没有跟进记录", "There is no note yet")
_SILENT_MANY = Words("{count} 位客户超过 30 天没有活跃", "{count} contacts were not active for more than 30 days")
_LOST_MANY = Words("{count} 位客户已流失", "{count} contacts are lost")


def received(actor: Actor) -> QuerySet[ChangeItem]:
    """Return the contacts that were handed to the acting member, the last first."""
    return changes.received(actor, CONTACTS, actor.member_id or 0)


def given(actor: Actor, items: Sequence[ChangeItem]) -> list[Given]:
    """Return who was handed over, from whom and why; contacts whom the actor does not see (any more) are left out."""
    cards = people.brief_cards(actor, [one.subject_id for one in items])
    wanted = {key for one in items for key in (one.change_set.about_id, one.target_id) if key}
    names = {key: card.name for key, card in org.members_by_id(actor, wanted).items()}
    return [
        Given(
            id=one.id,
            change_set_id=one.change_set_id,
            card=cards[one.subject_id],
            from_name=names.get(one.change_set.about_id or 0, ""),
            to_name=names.get(one.target_id or 0, ""),
            at=one.change_set.made_at,
            why=str(one.change_set.arguments.get("why", "")),
        )
        for one in items
        if one.subject_id in cards
    ]


def brief(actor: Actor, contact_id: int) -> Brief | None:
    """Return the brief of a contact who was handed over and not taken back, else None. Raises NotFound for one the actor does not see."""
    if contact_id not in people.contacts_by_id(actor, [contact_id]):
        raise NotFound
    item = changes.last_given(actor, CONTACTS, contact_id)
    found = given(actor, [item]) if item else []
    return _brief(actor, found[0]) if found else None


def transfer_brief(actor: Actor, change_set_id: int) -> TransferBrief:
    """Return what a transfer gave, to whom, with briefs of those contacts who were active last; raises NotFound."""
    row, items = changes.given_by(actor, change_set_id)
    counts = Counter(items.values_list("part", flat=True))
    ids = list(items.filter(part=CONTACTS).values_list("subject_id", flat=True))
    active = people.most_active(actor, ids)
    by_contact = {one.subject_id: one for one in items.filter(part=CONTACTS, subject_id__in=active[:SHOWN])}
    top = given(actor, [by_contact[key] for key in active[:SHOWN]])
    taken = items.values_list("target_id", flat=True)
    names = org.members_by_id(actor, {key for key in (row.about_id, *taken) if key})
    return TransferBrief(
        from_name=names[row.about_id].name if row.about_id in names else "",
        to_names=sorted(card.name for key, card in names.items() if key != row.about_id),
        at=row.made_at,
        why=str(row.arguments.get("why", "")),
        counts=[(belongings[part].label.here(), count) for part, count in sorted(counts.items()) if part in belongings],
        waiting=_waiting(actor, ids),
        top=[_brief(actor, one) for one in top],
    )


def _brief(actor: Actor, one: Given) -> Brief:
    facts, notes = _last(actor, one.card.id, ()), _last(actor, one.card.id, (NoteWritten.kind,))
    return Brief(given=one, facts=facts, notes=notes, open_matters=_open_matters(one.card, notes))


def _last(actor: Actor, contact_id: int, kinds: Sequence[str]) -> list[ToldFact]:
    # Without the timeline, or without the right to it, the rest of the brief still helps.
    try:
        return timeline.last_facts(actor, contact_id, kinds=kinds, limit=LAST)
    except (CoveError, ClickHouseAway):
        return []


def _open_matters(card: BriefCard, notes: Sequence[ToldFact]) -> list[str]:
    silent = clock.now() - card.last_seen_at
    found = [_LOST.here()] if card.lost else []
    if silent >= SILENT:
        found.append(_SILENT.here({"days": silent.days}))
    return found if notes else [*found, _NO_NOTE.here()]


def _waiting(actor: Actor, ids: Sequence[int]) -> list[str]:
    found = people.standing(actor, ids, silent_since=clock.now() - SILENT)
    lines = ((_SILENT_MANY, found.silent), (_LOST_MANY, found.lost))
    return [words.here({"count": count}) for words, count in lines if count]
