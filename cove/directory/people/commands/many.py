"""Changing many contacts at once, and undoing it: set by set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cove.directory.org import facade as org
from cove.directory.people.commands.handovers import MERGED_SINCE, replace_owners, restore_owners
from cove.directory.people.commands.holding import hold_contacts
from cove.directory.people.errors import NobodyChosen, NothingToChange, UnknownOwner, UnknownTag
from cove.directory.people.models import Contact, ContactTag, Ownership, Tag
from cove.directory.people.permissions import HAND_OVER, KEEP_PEOPLE, UPDATE_MANY
from cove.directory.people.queries import Selection, selected
from cove.facts.people import (
    ContactAssigned,
    ContactChanged,
    ContactHandedOver,
    ContactTagged,
    ContactUntagged,
)
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.changesets.commands import begin_change
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.command import command, publish
from cove.kernel.words import Words

UPDATE = "people.update_many"
OUT_OF_REACH = Words("您已无权操作该客户", "No longer within your reach")
UNCHANGED = Words("内容相同，无需更新", "It was so already")
EDITED_SINCE = Words("之后又被修改", "Changed since")


@dataclass(frozen=True, slots=True)
class ManyChange:
    """What is to become of contacts: tags put and taken, fields set (company_name, source_detail), another owner."""

    add: tuple[int, ...] = ()
    remove: tuple[int, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    owner_id: int | None = None

    def document(self) -> dict[str, Any]:
        """Return it as a job's argument."""
        return {**asdict(self), "add": list(self.add), "remove": list(self.remove)}

    @classmethod
    def read(cls, document: dict[str, Any]) -> ManyChange:
        """Return the change behind a job's argument."""
        return cls(**{**document, "add": tuple(document["add"]), "remove": tuple(document["remove"])})


@command(UPDATE_MANY)
def update_many(actor: Actor, *, selection: Selection, wanted: ManyChange) -> ChangeSet:
    """Start changing the selected contacts whom the actor may change; it can be undone for thirty days.

    Raises NothingToChange, UnknownTag, UnknownOwner, NobodyChosen; Forbidden when an owner is given without the right to hand over.
    """
    if not (wanted.add or wanted.remove or wanted.fields or wanted.owner_id):
        raise NothingToChange(fields={"add": NothingToChange.words})
    tags = {*wanted.add, *wanted.remove}
    if len(Tag.objects.in_bulk(tags)) != len(tags) or set(wanted.add) & set(wanted.remove):
        raise UnknownTag(fields={"add": UnknownTag.words})
    if wanted.owner_id is not None:
        actor.require(HAND_OVER)
        card = org.members_by_id(actor, [wanted.owner_id]).get(wanted.owner_id)
        if card is None or not card.active:
            raise UnknownOwner(fields={"owner_id": UnknownOwner.words})
    if not selected(actor, selection, UPDATE_MANY).exists():
        raise NobodyChosen
    return begin_change(actor, kind=UPDATE, arguments={"selection": selection.document(), "change": wanted.document()})


@command(KEEP_PEOPLE)
def change_contacts(
    actor: Actor, *, asker: Actor, number: int, wanted: ManyChange, contact_ids: Sequence[int]
) -> dict[int, dict[str, Any] | Words]:
    """Change contacts for `asker`, as far as he still may; return for each what undoing needs, or why it stayed."""
    within = selected(asker, Selection(ids=tuple(contact_ids)), UPDATE_MANY).values_list("id", flat=True)
    held = hold_contacts(actor, list(within))
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    _put_tags(asker, held, wanted.add, changes)
    _take_tags(asker, held, wanted.remove, changes)
    _set_fields(asker, held, wanted.fields, changes)
    if wanted.owner_id is not None:
        _change_owner(asker, held, wanted.owner_id, number, changes)
    reachable = set(held)
    return {
        key: changes[key] if changes.get(key) else (UNCHANGED if key in reachable else OUT_OF_REACH)
        for key in contact_ids
    }


@command(KEEP_PEOPLE)
def change_contacts_back(actor: Actor, *, changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo it where nothing newer stands in the way; return the contacts of whom something stays, and why."""
    held = hold_contacts(actor, changes)
    conflicts: dict[int, Words] = dict.fromkeys(changes.keys() - set(held), MERGED_SINCE)
    _tags_back(changes, held)
    for row in Contact.visible_to(actor).filter(id__in=held):
        for name, (before, after) in changes[row.id].get("fields", {}).items():
            if getattr(row, name) == after:
                Contact.visible_to(actor).filter(id=row.id).update(**{name: before})
                publish(ContactChanged(contact_id=row.id, fields=[name]))
            else:
                conflicts[row.id] = EDITED_SINCE
    owners = {key: changes[key]["owner"] for key in held if "owner" in changes[key]}
    return {**conflicts, **restore_owners(owners)} if owners else conflicts


def _put_tags(asker: Actor, ids: Sequence[int], tag_ids: Sequence[int], changes: dict[int, dict[str, Any]]) -> None:
    tags, now = Tag.objects.in_bulk(list(tag_ids)), clock.now()
    rows = ContactTag.objects.filter(contact_id__in=ids, tag_id__in=tag_ids).values_list("contact_id", "tag_id")
    has = set(rows)
    fresh = [(one, tag_id) for one in ids for tag_id in tag_ids if (one, tag_id) not in has]
    ContactTag.objects.bulk_create(
        ContactTag(contact_id=one, tag_id=tag_id, source="console", member_id=asker.member_id, at=now)
        for one, tag_id in fresh
    )
    for one, some in _grouped(fresh).items():
        changes[one]["put"] = some
        _tell_tags(ContactTagged, one, [tags[key] for key in some], asker)


def _take_tags(asker: Actor, ids: Sequence[int], tag_ids: Sequence[int], changes: dict[int, dict[str, Any]]) -> None:
    tags = Tag.objects.in_bulk(list(tag_ids))
    rows = ContactTag.objects.filter(contact_id__in=ids, tag_id__in=tag_ids)
    found = list(rows.order_by("contact_id", "tag_id").values_list("contact_id", "tag_id"))
    rows.delete()
    for one, some in _grouped(found).items():
        changes[one]["off"] = some
        _tell_tags(ContactUntagged, one, [tags[key] for key in some], asker)


def _set_fields(
    asker: Actor, ids: Sequence[int], fields: Mapping[str, str], changes: dict[int, dict[str, Any]]
) -> None:
    if not fields:
        return
    for row in Contact.visible_to(asker).filter(id__in=ids):
        changed = {name: [getattr(row, name), value] for name, value in fields.items() if getattr(row, name) != value}
        if changed:
            changes[row.id]["fields"] = changed
            publish(ContactChanged(contact_id=row.id, member_id=asker.member_id, fields=sorted(changed)))
    Contact.visible_to(asker).filter(id__in=ids).update(**fields)


def _change_owner(
    asker: Actor, ids: Sequence[int], to_id: int, number: int, changes: dict[int, dict[str, Any]]
) -> None:
    within = set(selected(asker, Selection(ids=tuple(ids)), HAND_OVER).values_list("id", flat=True))
    rows = Ownership.objects.filter(contact_id__in=within, until__isnull=True).order_by("since", "id")
    ending: dict[int, list[Ownership]] = {key: [] for key in sorted(within)}
    for row in rows:
        ending[row.contact_id].append(row)
    ending = {key: some for key, some in ending.items() if [row.member_id for row in some] != [to_id]}
    names = org.members_by_id(asker, {to_id, *(row.member_id for some in ending.values() for row in some)})
    for one, change in replace_owners(ending, to_id=to_id).items():
        changes[one]["owner"] = change
        was = [row.member_id for row in ending[one] if row.member_id != to_id]
        who: dict[str, Any] = {
            "contact_id": one,
            "member_id": to_id,
            "member_name": names[to_id].name,
            "change_set_id": number,
        }
        if was:
            publish(ContactHandedOver(**who, from_id=was[-1], from_name=names[was[-1]].name))
        else:
            publish(ContactAssigned(**who))


def _tags_back(changes: Mapping[int, dict[str, Any]], held: Sequence[int]) -> None:
    """Undo tags: what somebody has put back or taken off himself since is already as it was."""
    now = clock.now()
    put = {(one, tag_id) for one in held for tag_id in changes[one].get("put", ())}
    off = {(one, tag_id) for one in held for tag_id in changes[one].get("off", ())}
    tags = Tag.objects.in_bulk({tag_id for _, tag_id in put | off})
    rows = ContactTag.objects.filter(contact_id__in=held, tag_id__in=list(tags))
    on = {(row.contact_id, row.tag_id): row.id for row in rows}
    ContactTag.objects.filter(id__in=[on[pair] for pair in put if pair in on]).delete()
    again = sorted(pair for pair in off if pair not in on and pair[1] in tags)
    ContactTag.objects.bulk_create(
        ContactTag(contact_id=one, tag_id=tag_id, source="console", at=now) for one, tag_id in again
    )
    for one, some in _grouped(sorted(pair for pair in put if pair in on)).items():
        _tell_tags(ContactUntagged, one, [tags[key] for key in some], None)
    for one, some in _grouped(again).items():
        _tell_tags(ContactTagged, one, [tags[key] for key in some], None)


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one, tag_id in pairs:
        found[one].append(tag_id)
    return found


def _tell_tags(
    kind: type[ContactTagged | ContactUntagged], contact_id: int, tags: Sequence[Tag], asker: Actor | None
) -> None:
    publish(
        kind(
            contact_id=contact_id,
            member_id=asker.member_id if asker else None,
            source="console",
            tag_ids=[tag.id for tag in tags],
            tag_names=[tag.name for tag in tags],
        )
    )
