from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from cove.directory.people.commands.holding import hold_contact
from cove.directory.people.errors import TagNameTaken, UnknownTag
from cove.directory.people.models import ContactTag, Tag, TagGroup
from cove.directory.people.permissions import MANAGE_TAGS, TAG_CONTACT
from cove.facts.people import ContactTagged, ContactUntagged
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound


@command(MANAGE_TAGS)
def create_tag_group(actor: Actor, *, name: str, library: str) -> TagGroup:
    """Add a group to one of the two libraries. Raises TagNameTaken."""
    try:
        with transaction.atomic():
            return TagGroup.objects.create(name=name, library=library)
    except IntegrityError as error:
        raise TagNameTaken(name=name, fields={"name": TagNameTaken.words}) from error


@command(MANAGE_TAGS)
def create_tag(actor: Actor, *, group_id: int, name: str) -> Tag:
    """Add a tag to a group. Raises NotFound for the group, TagNameTaken for the name."""
    group = TagGroup.objects.filter(id=group_id).first()
    if group is None:
        raise NotFound
    try:
        with transaction.atomic():
            return Tag.objects.create(group=group, name=name)
    except IntegrityError as error:
        raise TagNameTaken(name=name, fields={"name": TagNameTaken.words}) from error


@command(TAG_CONTACT)
def tag_contact(
    actor: Actor,
    *,
    contact_id: int,
    add: Sequence[int] = (),
    remove: Sequence[int] = (),
    source: str = "console",
) -> tuple[list[Tag], list[Tag]]:
    """Put tags on a contact and take tags off; return those that were really put and taken.

    Idempotent: what is already so is no fact. Raises NotFound for the contact, UnknownTag for a tag.
    """
    contact = hold_contact(actor, contact_id, TAG_CONTACT)
    tags = Tag.objects.in_bulk([*add, *remove])
    if len(tags) != len({*add, *remove}):
        raise UnknownTag(fields={"add": UnknownTag.words})
    has = set(ContactTag.objects.filter(contact=contact).values_list("tag_id", flat=True))
    put = [tags[tag_id] for tag_id in dict.fromkeys(add) if tag_id not in has]
    off = [tags[tag_id] for tag_id in dict.fromkeys(remove) if tag_id in has]
    when = clock.now()
    ContactTag.objects.bulk_create(
        ContactTag(contact=contact, tag=tag, source=source, member_id=actor.member_id, at=when) for tag in put
    )
    ContactTag.objects.filter(contact=contact, tag__in=off).delete()
    for kind, changed in ((ContactTagged, put), (ContactUntagged, off)):
        if changed:
            publish(
                kind(
                    contact_id=contact.id,
                    member_id=actor.member_id,
                    source=source,
                    tag_ids=[tag.id for tag in changed],
                    tag_names=[tag.name for tag in changed],
                )
            )
    return put, off


@command(MANAGE_TAGS)
def ensure_tags(actor: Actor, *, group: str, names: Sequence[str], library: str) -> list[Tag]:
    """Return the tags of these names in the group of this name (any library, the oldest); make group and tags where they are missing."""
    found = TagGroup.objects.filter(name=group).order_by("id").first()
    if found is None:
        found, _ = TagGroup.objects.get_or_create(name=group, library=library)
    return [Tag.objects.select_related("group").get_or_create(group=found, name=name)[0] for name in names]


@command(MANAGE_TAGS)
def rename_tag(actor: Actor, *, tag_id: int, group: str, name: str) -> bool:
    """Call a tag `name` in a group called `group`; False, and nothing is changed, where another tag is called so, or where there is none.

    Its group takes the new name along with all of its tags, unless there is a group of that name: then the tag goes there.
    """
    tag = Tag.objects.select_related("group").filter(id=tag_id).first()
    if tag is None:
        return False
    place = tag.group if tag.group.name == group else TagGroup.objects.filter(name=group).order_by("id").first()
    if Tag.objects.filter(group=place or tag.group, name=name).exclude(id=tag.id).exists():
        return False
    if place is None:
        tag.group.name = group
        tag.group.save(update_fields=["name"])
    tag.group, tag.name = place or tag.group, name
    tag.save(update_fields=["group", "name"])
    return True
