"""What a contact lacks that another has: it is added when they are merged, remembered, and taken back when the merge is undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cove.directory.people.models import Contact, ContactTag, Ownership

FIELDS = ("name", "avatar_url", "gender", "company_name", "position", "phone", "email")


@dataclass(frozen=True, slots=True)
class Missing:
    """Rows of one contact that another lacks, and values for fields that are empty there."""

    tags: tuple[ContactTag, ...]
    owners: tuple[Ownership, ...]
    fields: dict[str, Any]


@dataclass(slots=True)
class Additions:
    """What a contact got by a merge: tag to the row that was put, member to row and its end, field to value, last seen before and after."""

    tags: dict[int, int] = field(default_factory=dict)
    owners: dict[int, tuple[int, str]] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    seen: tuple[str, str] | None = None

    def document(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        return {
            "tags": sorted(self.tags.items()),
            "owners": [[member, *row] for member, row in sorted(self.owners.items())],
            "fields": self.fields,
            "seen": self.seen,
        }

    @classmethod
    def read(cls, document: dict[str, Any]) -> Additions:
        """Return what `document` gave."""
        return cls(
            tags=dict(document.get("tags", ())),
            owners={member: (row, until) for member, row, until in document.get("owners", ())},
            fields=dict(document.get("fields", {})),
            seen=tuple(document["seen"]) if document.get("seen") else None,
        )

    def within(self, other: Additions) -> Additions:
        """Return what of this was also added by `other`, as it stands there."""
        return Additions(
            tags={key: other.tags[key] for key in self.tags if key in other.tags},
            owners={key: other.owners[key] for key in self.owners if key in other.owners},
            fields={key: other.fields[key] for key, value in self.fields.items() if other.fields.get(key) == value},
        )

    def without(self, other: Additions) -> Additions:
        """Return this without what is in `other`."""
        return Additions(
            tags={key: row for key, row in self.tags.items() if key not in other.tags},
            owners={key: row for key, row in self.owners.items() if key not in other.owners},
            fields={key: value for key, value in self.fields.items() if key not in other.fields},
            seen=self.seen,
        )


def missing(stays: Contact, merged: Contact) -> Missing:
    """Return what `stays` lacks of what `merged` has: tags, those who follow him (or did last, if nobody follows either), empty fields."""
    has = set(ContactTag.objects.filter(contact=stays).values_list("tag_id", flat=True))
    tags = ContactTag.objects.select_related("tag").filter(contact=merged).exclude(tag_id__in=has).order_by("id")
    held = list(Ownership.objects.filter(contact=stays, held=True))
    following = {row.member_id for row in held if row.until is None}
    owners = Ownership.objects.select_related("member").filter(contact=merged, held=True).order_by("since", "id")
    fresh = [row for row in owners if (row.member_id not in following if row.until is None else not held)]
    fields = {name: getattr(merged, name) for name in FIELDS if getattr(merged, name) and not getattr(stays, name)}
    return Missing(tuple(tags), tuple(fresh), fields)
