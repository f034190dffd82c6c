"""Tags on both sides: ours on the platform, the platform's here, without an echo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from cove.directory.people import facade as people
from cove.directory.people.contracts import TagCard
from cove.engine.channels.wecom.contracts.answers import CorpTag, CorpTagGroup, FollowTag
from cove.engine.channels.wecom.models import WecomRelation, WecomTag
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(TAKE_OVER)
def take_over_tag_groups(actor: Actor, *, groups: Sequence[CorpTagGroup]) -> int:
    """Make sure that the platform's tags exist here, are linked and are called as there; return how many.

    A tag that was renamed there is renamed here, with whoever has it. Where another tag of ours is called so already, that one is linked.
    """
    linked = _linked(actor, [tag.id for group in groups for tag in group.tag])
    for group in groups:
        new = [tag for tag in group.tag if not _known(actor, linked.get(tag.id), group, tag)]
        cards = people.ensure_tags(actor, group=group.group_name, names=[tag.name for tag in new])
        for tag in new:
            _link(cards[tag.name].id, tag.id, group.group_id)
    return sum(len(group.tag) for group in groups)


def _linked(actor: Actor, platform_ids: Sequence[str]) -> dict[str, tuple[TagCard, str]]:
    """Return our tag and the platform's group of each of these platform tags that is linked."""
    rows = list(WecomTag.objects.filter(platform_id__in=platform_ids))
    cards = people.tags_by_id(actor, [row.tag_id for row in rows])
    return {row.platform_id: (cards[row.tag_id], row.platform_group_id) for row in rows if row.tag_id in cards}


def _known(actor: Actor, linked: tuple[TagCard, str] | None, group: CorpTagGroup, tag: CorpTag) -> bool:
    """Tell whether a tag of the platform is linked with one of ours that is called as there, or now is."""
    if linked is None:
        return False
    card, group_id = linked
    if (card.group_name, card.name) != (group.group_name, tag.name) and not people.rename_tag(
        actor, tag_id=card.id, group=group.group_name, name=tag.name
    ):
        return False
    if group_id != group.group_id:
        _link(card.id, tag.id, group.group_id)
    return True


@command(TAKE_OVER)
def unlink_missing(actor: Actor, *, groups: Sequence[CorpTagGroup], known: Iterable[str]) -> int:
    """Forget those of the platform tags `known` before `groups`, which are all that it has, were read; our tags stay. Returns how many."""
    gone = set(known) - {tag.id for group in groups for tag in group.tag}
    return int(WecomTag.objects.filter(platform_id__in=gone).delete()[0])


@command(TAKE_OVER)
def link_tags(actor: Actor, *, links: Mapping[int, tuple[str, str]]) -> None:
    """Remember the platform's (tag id, group id) of our tags, by our id."""
    for tag_id, (platform_id, group_id) in links.items():
        _link(tag_id, platform_id, group_id)


@command(TAKE_OVER)
def unlink_tags(actor: Actor, *, platform_ids: Iterable[str]) -> None:
    """Forget platform tags (or whole groups) that no longer exist there; our tags stay."""
    wanted = list(platform_ids)
    WecomTag.objects.filter(Q(platform_id__in=wanted) | Q(platform_group_id__in=wanted)).delete()


@command(TAKE_OVER)
def note_marked(actor: Actor, *, relation_id: int, added: Sequence[str], removed: Sequence[str]) -> None:
    """Remember which platform tags we just put on and took off, so that hearing of them is no news."""
    row = WecomRelation.visible_to(actor).select_for_update().filter(id=relation_id).first()
    if row is None:
        return
    row.tag_ids = sorted((set(row.tag_ids) | set(added)) - set(removed))
    row.tags_at = clock.now()
    row.save(update_fields=["tag_ids", "tags_at"])


@command(TAKE_OVER)
def take_over_relation_tags(
    actor: Actor, *, relation: WecomRelation, platform_ids: Sequence[str], named: Sequence[FollowTag], read_at: datetime
) -> None:
    """Take over the tags that a member put or took off in WeCom, as they were at `read_at`.

    Only the difference to what the relation was last known to have is news. What was read before our own last change there says nothing.
    """
    row = WecomRelation.visible_to(actor).select_for_update().get(id=relation.id)
    if not row.friend or (row.tags_at and row.tags_at >= read_at):
        return
    before, now = set(row.tag_ids), set(platform_ids)
    if before == now:
        return
    _link_named(actor, [tag for tag in named if tag.tag_id in now - before])
    family = people.family_of(actor, row.contact_id or 0)
    others = WecomRelation.visible_to(actor).filter(contact_id__in=family, friend=True).exclude(id=row.id)
    elsewhere = {tag for ids in others.values_list("tag_ids", flat=True) for tag in ids}
    ours = dict(WecomTag.objects.filter(platform_id__in=before | now).values_list("platform_id", "tag_id"))
    people.tag_contact(
        actor,
        contact_id=row.contact_id or 0,
        add=sorted(ours[key] for key in now - before if key in ours),
        remove=sorted(ours[key] for key in before - now - elsewhere if key in ours),
        source="wecom",
    )
    row.tag_ids = sorted(now)
    row.save(update_fields=["tag_ids"])


def _link_named(actor: Actor, tags: Sequence[FollowTag]) -> None:
    linked = set(
        WecomTag.objects.filter(platform_id__in=[tag.tag_id for tag in tags]).values_list("platform_id", flat=True)
    )
    for tag in tags:
        if tag.tag_id not in linked and tag.tag_name:
            card = people.ensure_tags(actor, group=tag.group_name, names=[tag.tag_name])[tag.tag_name]
            _link(card.id, tag.tag_id, "")


def _link(tag_id: int, platform_id: str, group_id: str) -> None:
    WecomTag.objects.filter(platform_id=platform_id).exclude(tag_id=tag_id).delete()
    WecomTag.objects.update_or_create(
        tag_id=tag_id, defaults={"platform_id": platform_id, "platform_group_id": group_id}
    )
