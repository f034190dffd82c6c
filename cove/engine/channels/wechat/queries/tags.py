"""Tags of the platform and special menus, and whom a tag would be put on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from cove.directory.people import facade as people
from cove.engine.channels.wechat.models import WechatFollower, WechatSpecialMenu, WechatTag
from cove.engine.channels.wechat.queries.accounts import account
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words


def tags(actor: Actor, account_id: int) -> list[WechatTag]:
    """Return an account's tags of the platform by name; the platform allows a hundred. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return list(WechatTag.visible_to(actor).filter(account=row).order_by("name", "id"))


def special_menus(actor: Actor, account_id: int) -> list[WechatSpecialMenu]:
    """Return an account's menus for some followers, the one that is tried first before the others. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    rows = WechatSpecialMenu.visible_to(actor).select_related("tag").filter(account=row)
    return list(rows.order_by("-put_at", "-id"))


def to_tag(actor: Actor, account_id: int, target: Mapping[str, Any], *, number: int | None, put: bool) -> list[int]:
    """Return the contacts among a target who follow the account and do not have the tag yet (`put`), or have it.

    Raises InvalidInput for a tag of ours that is gone, NotFound for a contact whom the actor may not see.
    """
    if target.get("kind") == "contacts":
        wanted = list(dict.fromkeys(target.get("contact_ids") or []))
        if len(people.contacts_by_id(actor, wanted)) != len(wanted):
            raise NotFound
        whom = Q(contact_id__in=wanted)
    else:
        tag_id = int(target.get("tag_id") or 0)
        if tag_id not in people.tags_by_id(actor, [tag_id]):
            raise InvalidInput(fields={"target": Words("请选择标签", "Choose a tag")})
        tagged = people.contact_ids(Actor.system(actor.tenant_id), Q(contact_tags__tag_id=tag_id))
        whom = Q(contact_id__in=tagged)
    rows = WechatFollower.visible_to(actor).filter(whom, account_id=account_id, following=True)
    having = {"tag_ids__contains": [number]}
    if number is not None:
        rows = rows.exclude(**having) if put else rows.filter(**having)
    return list(rows.order_by("id").values_list("contact_id", flat=True))


def number_of_tag(actor: Actor, tag_row_id: int) -> int | None:
    """Return the platform's number of a tag, None while it has none; for the channel's own calls."""
    with tenant_scope(actor.tenant_id):
        return WechatTag.visible_to(actor).filter(id=tag_row_id).values_list("number", flat=True).first()


def number_of_menu(actor: Actor, menu_row_id: int) -> str:
    """Return the platform's number of a special menu, empty while it has none; for the channel's own calls."""
    with tenant_scope(actor.tenant_id):
        found = WechatSpecialMenu.visible_to(actor).filter(id=menu_row_id).values_list("number", flat=True).first()
    return found or ""
