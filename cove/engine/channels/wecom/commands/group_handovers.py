"""Customer groups from one member to another, and back: done here at once, and by the platform a moment later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.directory.org.contracts import MemberCard
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.commands.groups import fetch_group
from cove.engine.channels.wecom.contracts.tasks import GroupTransferFailed
from cove.engine.channels.wecom.models import WecomGroup
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.engine.channels.wecom.troubles import trouble_of
from cove.facts.wecom_staff import GroupHandedOver, GroupTransferRefused
from cove.kernel.actor import Actor
from cove.kernel.belongings import HandOver
from cove.kernel.command import command, publish
from cove.kernel.words import Words

GROUPS_A_CALL = 100
# Fact sheet B9: the owner is as wanted, or is being made so; what is said when an answer of ours was lost.
UNDER_WAY = frozenset({90504, 90507, 90508})
NOT_HIS = Words("已不在其名下", "No longer his")
NO_ACCOUNT = Words("接手成员没有关联企业微信账号", "The other member has no WeCom account here")
LEFT = Words("原成员已离职，企业微信不允许转回", "The former owner has left, and WeCom gives nothing back to him")
CHANGED_SINCE = Words("之后群主又有变更", "The owner changed since")


@command(TAKE_OVER)
def hand_over_groups(actor: Actor, *, whom: HandOver, group_ids: Sequence[int]) -> dict[int, dict[str, Any] | Words]:
    """Make another member the owner of groups; what the platform refuses goes back to its owner and is told."""
    cards = org.members_by_id(actor, [whom.from_id, whom.to_id])
    was, now = cards.get(whom.from_id), cards.get(whom.to_id)
    if was is None or now is None or not now.wecom_userid:
        return dict.fromkeys(group_ids, NO_ACCOUNT)
    rows = list(_owned(actor, group_ids, whom.from_id))
    _move(actor, rows, was, now, number=str(whom.number))
    moved = {row.id for row in rows}
    return {key: {"owner_id": whom.from_id} if key in moved else NOT_HIS for key in group_ids}


@command(TAKE_OVER)
def take_back_groups(actor: Actor, *, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo it as far as the platform allows; return the groups that stay, and why."""
    cards = org.members_by_id(actor, [whom.from_id, whom.to_id])
    was, now = cards.get(whom.from_id), cards.get(whom.to_id)
    if was is None or now is None or not was.active or not was.wecom_userid:
        return dict.fromkeys(changes, LEFT)
    rows = list(_owned(actor, changes, whom.to_id))
    _move(actor, rows, now, was, number=f"{whom.number}:back")
    moved = {row.id for row in rows}
    return {key: CHANGED_SINCE for key in changes if key not in moved}


@command(TAKE_OVER)
def note_groups_transferred(
    actor: Actor, *, payload: Mapping[str, Any], refused: Sequence[GroupTransferFailed], verdict: Verdict
) -> None:
    """Note what the platform made of a transfer: what it refused goes back, and each group is read again, for it has the last word."""
    why: dict[str, tuple[str, int | None]] = {
        one.chat_id: (trouble_of(one.errcode).reason, one.errcode) for one in refused if one.errcode not in UNDER_WAY
    }
    if verdict.state is not State.SENT:
        why = dict.fromkeys(payload["chat_ids"], (verdict.trouble, verdict.errcode))
    rows = WecomGroup.objects.select_for_update().filter(chat_id__in=payload["chat_ids"]).order_by("id")
    for row in rows:
        if row.chat_id in why and row.owner_id == payload["to_id"]:
            row.owner_id, row.owner_userid = payload["from_id"], payload["from_userid"]
            row.save(update_fields=["owner", "owner_userid"])
            reason, errcode = why[row.chat_id]
            said: dict[str, Any] = {"group_id": row.id, "group_name": row.name, "from_id": payload["from_id"]}
            publish(GroupTransferRefused(member_id=payload["to_id"], reason=reason, errcode=errcode, **said))
        fetch_group(actor, chat_id=row.chat_id, key=f"transferred:{payload['number']}")


def _owned(actor: Actor, group_ids: Iterable[int], member_id: int) -> Iterable[WecomGroup]:
    rows = WecomGroup.objects.filter(
        tenant_id=actor.tenant_id, id__in=list(group_ids), owner_id=member_id, dismissed_at=None
    )
    return rows.order_by("id").select_for_update()


def _move(actor: Actor, rows: Sequence[WecomGroup], was: MemberCard, now: MemberCard, *, number: str) -> None:
    before = rows[0].owner_userid if rows else ""
    for row in rows:
        row.owner_id, row.owner_userid = now.id, now.wecom_userid or ""
        said: dict[str, Any] = {
            "group_id": row.id,
            "group_name": row.name,
            "from_id": was.id,
            "from_name": was.name,
        }
        publish(GroupHandedOver(member_id=now.id, member_name=now.name, **said))
    WecomGroup.objects.bulk_update(rows, ["owner", "owner_userid"])
    for start in range(0, len(rows), GROUPS_A_CALL):
        part = rows[start : start + GROUPS_A_CALL]
        payload = {
            "chat_ids": [row.chat_id for row in part],
            "from_id": was.id,
            "from_userid": before,
            "to_id": now.id,
            "to_userid": now.wecom_userid,
            "resigned": not was.active,
            "number": number,
        }
        name = f"wecom.transfer_groups:{number}:{part[0].id}"
        # One after the other: giving back waits until the platform has done what is given back.
        delivery.deliver(actor, "wecom.transfer_groups", name, payload, lane="wecom.transfer_groups")
