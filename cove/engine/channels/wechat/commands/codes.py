from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.commands.replies import messages_fault
from cove.engine.channels.wechat.contracts.messages import cleaned
from cove.engine.channels.wechat.errors import CodeNameTaken
from cove.engine.channels.wechat.models import WechatAccount, WechatCode
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.words import Words

LONGEST_DAYS = 30
_SCENE = re.compile(r"^[0-9A-Za-z_.:-]{1,64}$")


@command(KEEP_REPLIES)
def create_code(
    actor: Actor,
    *,
    account_id: int,
    name: str,
    scene: str = "",
    days: int = 0,
    tag_ids: Sequence[int] = (),
    messages: Sequence[dict[str, Any]] = (),
) -> WechatCode:
    """Have a QR code made: permanent, or for `days` (1 to 30); without a `scene` it gets one of its own.

    Raises NotFound, InvalidInput, CodeNameTaken.
    """
    if not WechatAccount.visible_to(actor).filter(id=account_id, kind=WechatAccount.Kind.OFFICIAL).exists():
        raise NotFound
    scene = scene.strip() or new_slug(12)
    _check(name, scene, days, tag_ids, messages, actor)
    if WechatCode.visible_to(actor).filter(account_id=account_id, scene=scene).exists():
        raise CodeNameTaken(fields={"scene": CodeNameTaken.words})
    row = WechatCode.objects.create(
        account_id=account_id,
        name=name.strip(),
        scene=scene,
        permanent=days == 0,
        seconds=days * 86400,
        tag_ids=list(tag_ids),
        messages=[cleaned(message) for message in messages],
        created_at=clock.now(),
    )
    payload = {"account_id": account_id, "scene_code_id": row.id, "scene": scene, "seconds": row.seconds}
    delivery.deliver(actor, "wechat.make_code", f"wechat.make_code:{row.id}", payload)
    return row


@command(KEEP_REPLIES)
def change_code(
    actor: Actor,
    *,
    account_id: int,
    scene_code_id: int,
    name: str,
    tag_ids: Sequence[int],
    messages: Sequence[dict[str, Any]],
) -> WechatCode:
    """Change what a code is called and what follows from it; what is printed stays good. Raises NotFound, InvalidInput."""
    row = WechatCode.visible_to(actor).select_for_update().filter(id=scene_code_id, account_id=account_id).first()
    if row is None:
        raise NotFound
    _check(name, row.scene, 0, tag_ids, messages, actor)
    row.name, row.tag_ids = name.strip(), list(tag_ids)
    row.messages = [cleaned(message) for message in messages]
    row.save(update_fields=["name", "tag_ids", "messages"])
    return row


@command(TAKE_OVER)
def note_made(actor: Actor, *, scene_code_id: int, ticket: str, url: str, seconds: int, problem: str) -> None:
    """Note that the platform made a code, or why not."""
    ends = clock.now() + timedelta(seconds=seconds) if seconds else None
    WechatCode.visible_to(actor).filter(id=scene_code_id).update(
        ticket=ticket, url=url, expires_at=ends, problem=problem
    )


def _check(
    name: str, scene: str, days: int, tag_ids: Sequence[int], messages: Sequence[dict[str, Any]], actor: Actor
) -> None:
    fields: dict[str, Words] = {}
    if not name.strip():
        fields["name"] = Words("请填写名称", "Fill in a name")
    if not _SCENE.match(scene):
        fields["scene"] = Words(
            "场景值为 1 到 64 位字母、数字或 _ . : -", "A scene has 1 to 64 letters, digits or _ . : -"
        )
    if not 0 <= days <= LONGEST_DAYS:
        fields["days"] = Words("临时二维码有效期为 1 到 30 天", "A temporary code lasts 1 to 30 days")
    if len(people.tags_by_id(actor, tag_ids)) != len(set(tag_ids)):
        fields["tag_ids"] = Words("有标签已被删除，请重新选择", "A tag is gone; choose again")
    fault = messages_fault(messages, empty=True)
    if fault is not None:
        fields["messages"] = fault
    if fields:
        raise InvalidInput(fields=fields)
