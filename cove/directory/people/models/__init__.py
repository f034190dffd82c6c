"""Tables of people."""

from cove.directory.people.models.contacts import Contact, ContactIdentity, ContactVisitor, Ownership
from cove.directory.people.models.merging import ContactMerge, SuspectedDuplicate, UserName
from cove.directory.people.models.notes import DeletedNote
from cove.directory.people.models.tags import ContactTag, Tag, TagGroup

__all__ = [
    "Contact",
    "ContactIdentity",
    "ContactMerge",
    "ContactTag",
    "ContactVisitor",
    "DeletedNote",
    "Ownership",
    "SuspectedDuplicate",
    "Tag",
    "TagGroup",
    "UserName",
]
