from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from cove.kernel.actor import Actor
from cove.kernel.belongings import Piece
from cove.kernel.changesets.kind import change_kinds
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.errors import NotFound


def change_sets(actor: Actor, *, kind: str) -> QuerySet[ChangeSet]:
    """Return the changes of a kind that the actor may see, newest first."""
    return ChangeSet.visible_to(actor).filter(kind=kind).order_by("-id")


def change_set(actor: Actor, change_set_id: int) -> ChangeSet:
    """Return one change; raises NotFound."""
    found = ChangeSet.visible_to(actor).filter(id=change_set_id).first()
    if found is None:
        raise NotFound
    return found


def items_of(actor: Actor, change_set_id: int, *, state: str = "") -> QuerySet[ChangeItem]:
    """Return the rows of a change, in one `state` or all; raises NotFound."""
    rows = ChangeItem.objects.filter(change_set=change_set(actor, change_set_id))
    return rows.filter(state=state) if state else rows


def pieces_of(actor: Actor, kind: str, items: Sequence[ChangeItem]) -> dict[tuple[str, int], Piece]:
    """Return what the rows are called, by part and subject; what is gone is left out."""
    found: dict[tuple[str, int], Piece] = {}
    for part in {one.part for one in items}:
        ids = [one.subject_id for one in items if one.part == part]
        found.update({(part, piece.id): piece for piece in change_kinds[kind].pieces(actor, part, ids)})
    return found


def received(actor: Actor, part: str, member_id: int) -> QuerySet[ChangeItem]:
    """Return what of a part was given to a member by changes and not taken back, newest first."""
    rows = _passed_on(actor, part).filter(target_id=member_id)
    return rows.order_by("-id")


def last_given(actor: Actor, part: str, subject_id: int) -> ChangeItem | None:
    """Return the last change by which a thing was given to somebody and not taken back, or None."""
    return _passed_on(actor, part).filter(subject_id=subject_id, target_id__isnull=False).order_by("-id").first()


def given_by(actor: Actor, change_set_id: int) -> tuple[ChangeSet, QuerySet[ChangeItem]]:
    """Return a change and what it gave to members, to whoever sees the change or was given something; raises NotFound."""
    items = ChangeItem.objects.filter(change_set_id=change_set_id, state__in=_GIVEN)
    mine = items.filter(target_id=actor.member_id) if actor.member_id else items.none()
    seen = ChangeSet.visible_to(actor).filter(id=change_set_id).exists()
    row = ChangeSet.objects.filter(tenant_id=actor.tenant_id, id=change_set_id).first()
    if row is None or not (seen or mine.exists()):
        raise NotFound
    return row, items if seen else mine


_GIVEN = (ChangeItem.State.CHANGED, ChangeItem.State.CONFLICT)


def _passed_on(actor: Actor, part: str) -> QuerySet[ChangeItem]:
    rows = ChangeItem.objects.filter(tenant_id=actor.tenant_id, part=part, state__in=_GIVEN)
    return rows.select_related("change_set")
