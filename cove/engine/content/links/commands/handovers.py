"""Links from one member to another, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.engine.content.links.models import Link
from cove.engine.content.links.permissions import RUN_LINKS
from cove.kernel.actor import Actor
from cove.kernel.belongings import HandOver
from cove.kernel.command import command
from cove.kernel.words import Words

NOT_HIS = Words("已不在其名下", "No longer his")
CHANGED_SINCE = Words("接手后已被转给他人", "It went to somebody else since")


@command(RUN_LINKS)
def hand_over_links(actor: Actor, *, whom: HandOver, link_ids: Sequence[int]) -> dict[int, dict[str, Any] | Words]:
    """Let one member be the maker of another's links; return what happened to each."""
    rows = Link.visible_to(actor).filter(id__in=list(link_ids), created_by_id=whom.from_id)
    found = set(rows.select_for_update().values_list("id", flat=True))
    Link.visible_to(actor).filter(id__in=found).update(created_by_id=whom.to_id)
    return {key: {} if key in found else NOT_HIS for key in link_ids}


@command(RUN_LINKS)
def take_back_links(actor: Actor, *, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo it; return the links that went to somebody else since, and why they stay."""
    rows = Link.visible_to(actor).filter(id__in=list(changes), created_by_id=whom.to_id)
    found = set(rows.select_for_update().values_list("id", flat=True))
    Link.visible_to(actor).filter(id__in=found).update(created_by_id=whom.from_id)
    return {key: CHANGED_SINCE for key in changes if key not in found}
