"""Drafts of an account: read from the platform, published there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wechat.errors import NotADraft
from cove.engine.channels.wechat.models import WechatDraft
from cove.engine.channels.wechat.permissions import SEND, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound

MOST_ARTICLES = 8
_TEXTS = {"title": 128, "author": 64, "digest": 300, "url": 1000, "thumb_url": 1000}
# freepublish/get and PUBLISHJOBFINISH (C6, C2).
_FAILURES = {"2": "not_original", "3": "refused", "4": "content_refused", "5": "record_gone", "6": "content_refused"}


@command(TAKE_OVER)
def take_over_drafts(actor: Actor, *, account_id: int, drafts: Sequence[dict[str, Any]]) -> int:
    """Make an account's drafts equal to the platform's; what was published stays. Return how many there are."""
    there = {str(one.get("media_id", "")): one for one in drafts if one.get("media_id")}
    rows = WechatDraft.visible_to(actor).filter(account_id=account_id)
    rows.filter(state=WechatDraft.State.DRAFT).exclude(media_id__in=list(there)).delete()
    WechatDraft.objects.bulk_create(
        [
            WechatDraft(account_id=account_id, media_id=media_id, articles=_articles(one), updated_at=_changed_at(one))
            for media_id, one in there.items()
        ],
        update_conflicts=True,
        unique_fields=["account", "media_id"],
        update_fields=["articles", "updated_at"],
    )
    return len(there)


@command(SEND)
def publish_draft(actor: Actor, *, account_id: int, draft_id: int) -> WechatDraft:
    """Have a draft published: it gets an address for everybody and is pushed to nobody. Raises NotFound, NotADraft."""
    row = WechatDraft.visible_to(actor).select_for_update().filter(id=draft_id, account_id=account_id).first()
    if row is None:
        raise NotFound
    if row.state in (WechatDraft.State.PUBLISHING, WechatDraft.State.PUBLISHED):
        raise NotADraft
    row.state, row.problem = WechatDraft.State.PUBLISHING, ""
    row.save(update_fields=["state", "problem"])
    key = f"wechat.publish_draft:{row.id}:{clock.now().isoformat()}"
    payload = {"account_id": account_id, "draft_id": row.id, "media_id": row.media_id}
    delivery.deliver(actor, "wechat.publish_draft", key, payload)
    return row


@command(TAKE_OVER)
def note_submitted(actor: Actor, *, draft_id: int, publish_id: str, problem: str) -> None:
    """Note that the platform took a draft to publish it, or why not."""
    changes = {"publish_id": publish_id} if not problem else {"state": WechatDraft.State.FAILED, "problem": problem}
    rows = WechatDraft.visible_to(actor).filter(id=draft_id, state=WechatDraft.State.PUBLISHING)
    rows.update(**changes)


@command(TAKE_OVER)
def note_published(actor: Actor, *, account_id: int, event: dict[str, Any], at: datetime) -> None:
    """Note how the platform says that a publishing ended (PUBLISHJOBFINISH)."""
    told = event.get("PublishEventInfo")
    if not isinstance(told, dict):
        return
    publish_id, status = text_of(told, "publish_id"), text_of(told, "publish_status")
    rows = WechatDraft.visible_to(actor).filter(account_id=account_id, publish_id=publish_id).exclude(publish_id="")
    if status == "1":
        return
    if status != "0":
        rows.update(state=WechatDraft.State.FAILED, problem=_FAILURES.get(status, "refused"))
        return
    rows.update(
        state=WechatDraft.State.PUBLISHED,
        published_at=at,
        article_id=text_of(told, "article_id")[:200],
        article_url=_first_url(told)[:1000],
        problem="",
    )


def _changed_at(one: dict[str, Any]) -> datetime:
    at = int(one.get("update_time") or 0)
    return datetime.fromtimestamp(at, UTC) if at else clock.now()


def _first_url(told: dict[str, Any]) -> str:
    detail = told.get("article_detail")
    items = detail.get("item") if isinstance(detail, dict) else None
    first = items[0] if isinstance(items, list) and items else items
    url = text_of(first, "article_url") if isinstance(first, dict) else ""
    return url if url.startswith(("http://", "https://")) else ""


def _articles(one: dict[str, Any]) -> list[dict[str, str]]:
    content = one.get("content")
    items = content.get("news_item") if isinstance(content, dict) else None
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [
        {name: str(item.get(name) or "")[:longest] for name, longest in _TEXTS.items()} for item in rows[:MOST_ARTICLES]
    ]
