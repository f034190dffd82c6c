"""Articles as readers see them."""

import json
import re
import secrets
import time
from html import unescape
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.phones.templating import templates
from sandbox.wechat import files
from sandbox.world import World

# The account's own markup is shown, but nothing in it runs (C6: scripts are stripped).
POLICY = (
    "default-src 'none'; img-src * data:; media-src *; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)

DIGEST_CHARACTERS = 54
CHINA_SECONDS = 8 * 3600
TAG = re.compile(r"<[^>]*>")


def address(world: World, article_id: str) -> str:
    """Return where an article can be read."""
    return f"{world.settings.base_url}/weixin/s/{article_id}"


def publish(world: World, app_id: str, articles: list[dict[str, Any]]) -> list[str]:
    """Keep articles for readers, as they are now; answers their ids."""
    made = []
    for one in articles:
        article_id = secrets.token_urlsafe(24)
        world.storage.insert("wx_articles", article_id=article_id, app_id=app_id, document=one, at=world.now())
        made.append(article_id)
    return made


def card(world: World, article_id: str) -> dict[str, str] | None:
    """Return what a phone shows of an article before it is opened, or None when there is none."""
    found = world.storage.value("SELECT document FROM wx_articles WHERE article_id=?", article_id)
    if found is None:
        return None
    document = json.loads(found)
    return {
        "title": str(document.get("title", "")),
        "digest": str(document.get("digest") or _beginning(str(document.get("content", "")))),
        "picurl": files.address(world, str(document.get("thumb_media_id", ""))),
        "url": address(world, article_id),
    }


def _beginning(content: str) -> str:
    return unescape(TAG.sub("", content)).strip()[:DIGEST_CHARACTERS]


def _readable(document: dict[str, Any]) -> dict[str, Any]:
    source = str(document.get("content_source_url") or "")
    # A link that is none, or that would run, is left out.
    return document | {"content_source_url": source if source.startswith(("http://", "https://")) else ""}


async def show_article(request: Request) -> Response:
    """GET weixin/s/{article_id}: the page; 404 when there is none."""
    world: World = request.app.state.world
    row = world.storage.row(
        "SELECT wx_articles.*, wx_apps.name FROM wx_articles JOIN wx_apps USING (app_id) WHERE article_id=?",
        request.path_params["article_id"],
    )
    if row is None:
        return PlainTextResponse("no such article", 404)
    day = time.strftime("%Y-%m-%d", time.gmtime(row["at"] + CHINA_SECONDS))
    shown = {"article": _readable(json.loads(row["document"])), "account": row["name"], "day": day}
    answer = templates.TemplateResponse(request, "browser/article.html", shown)
    answer.headers["content-security-policy"] = POLICY
    return answer
