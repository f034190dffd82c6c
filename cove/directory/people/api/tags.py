"""Console: the tag library."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.people import queries
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.directory.people.errors import TagNameTaken
from cove.directory.people.permissions import MANAGE_TAGS, SEE_TAGS
from cove.directory.people.schemas.contacts import NewTag, NewTagGroup, TagAnswer, TagGroupAnswer, TagLibraryAnswer
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["tags"])


@console.get("/tags", response={200: TagLibraryAnswer, **refusals(Forbidden)}, **needs(SEE_TAGS))
def list_tags(request: HttpRequest) -> TagLibraryAnswer:
    """List the tag library."""
    return TagLibraryAnswer(
        groups=[
            TagGroupAnswer(
                id=group.id,
                name=group.name,
                library=group.library,
                tags=[TagAnswer(id=tag.id, name=tag.name, contacts=tag.contacts) for tag in group.tags.all()],  # type: ignore[attr-defined]  # annotated by the query
            )
            for group in queries.tag_groups(actor(request))
        ]
    )


@console.post("/tag-groups", response={201: TagGroupAnswer, **refusals(Forbidden, TagNameTaken)}, **needs(MANAGE_TAGS))
def add_tag_group(request: HttpRequest, payload: NewTagGroup) -> Status[TagGroupAnswer]:
    """Add a group to the tag library."""
    group = create_tag_group(actor(request), name=payload.name, library=payload.library)
    return Status(201, TagGroupAnswer(id=group.id, name=group.name, library=group.library, tags=[]))


@console.post("/tags", response={201: TagAnswer, **refusals(Forbidden, NotFound, TagNameTaken)}, **needs(MANAGE_TAGS))
def add_tag(request: HttpRequest, payload: NewTag) -> Status[TagAnswer]:
    """Add a tag to a group."""
    tag = create_tag(actor(request), group_id=payload.group_id, name=payload.name)
    return Status(201, TagAnswer(id=tag.id, name=tag.name, contacts=0))
