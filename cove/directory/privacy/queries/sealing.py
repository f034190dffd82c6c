"""A person as text, for as long as his erasure is under way."""

from __future__ import annotations

import json

from cove.kernel.personal_data import Person


def seal_person(person: Person) -> str:
    """Return a person as JSON text."""
    disguises = list(person.disguises.items())
    known = [person.contact_id, person.visitors, person.identities, person.texts, person.statistic, disguises]
    return json.dumps([*known, person.merged])


def open_person(sealed: str) -> Person:
    """Return the person behind what `seal_person` gave."""
    contact_id, visitors, identities, texts, statistic, disguises, *later = json.loads(sealed)
    known = tuple((kind, value) for kind, value in identities)
    # What was sealed by an earlier version names nobody who was merged.
    merged = tuple(later[0]) if later else ()
    return Person(contact_id, tuple(visitors), known, tuple(texts), statistic, dict(disguises), merged)
