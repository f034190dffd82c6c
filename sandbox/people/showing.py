"""How a phone shows what was said: the many kinds of the platforms become the few that a screen knows.

text, image, link, mini, file, video, voice, articles, template, menu, place, member; a kind nobody knows is told by its name.
"""

import re
from collections.abc import Callable
from typing import Any

from sandbox.storage import Row
from sandbox.wechat import articles, files
from sandbox.wecom.directory import member_of
from sandbox.world import World

Shown = tuple[str, dict[str, Any]]
FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")


def media_address(world: World, media_id: Any) -> str:
    """Return where a file that was uploaded to WeCom can be seen."""
    return f"{world.settings.base_url}/wwmedia/{media_id}" if media_id else ""


def from_wecom(world: World, kind: str, body: dict[str, Any], corp_id: str = "") -> Shown:
    """Return what WeCom's message kinds look like on a phone; `corp_id` is whose members business cards are of."""
    if kind == "image":
        return "image", {"pic_url": body.get("pic_url") or media_address(world, body.get("media_id"))}
    if kind == "link":
        picture = body.get("picurl") or body.get("pic_url") or media_address(world, _thumb(body))
        return "link", {
            "title": body.get("title", ""),
            "desc": body.get("desc", ""),
            "picurl": picture,
            "url": body.get("url", ""),
        }
    if kind == "miniprogram":
        page = body.get("page") or body.get("pagepath") or ""
        return "mini", _mini(world, body, page, media_address(world, body.get("pic_media_id") or _thumb(body)))
    if kind in ("file", "video", "voice"):
        return kind, _file(world, body)
    if kind == "business_card":
        return "member", _member(world, str(body.get("userid", "")), corp_id)
    return _common(kind, body)


def _member(world: World, userid: str, corp_id: str) -> dict[str, Any]:
    found = member_of(world, corp_id, userid)
    corp_name = world.storage.value("SELECT name FROM corps WHERE corp_id=?", corp_id)
    return {
        "name": found["name"] if found else userid,
        "corp_name": corp_name or "",
        "avatar": f"/avatars/members/{corp_id}/{userid}.svg" if found else "",
    }


def _thumb(body: dict[str, Any]) -> Any:
    return body.get("thumb_media_id") or body.get("media_id")


def _file(world: World, body: dict[str, Any]) -> dict[str, Any]:
    row = world.storage.row(
        "SELECT name, length(content) AS size FROM media WHERE media_id=?", str(body.get("media_id", ""))
    )
    return {
        "name": row["name"] if row else "",
        "size": row["size"] if row else 0,
        "url": media_address(world, body.get("media_id")),
    }


def _mini(world: World, body: dict[str, Any], page: str, picture: str) -> dict[str, Any]:
    app_id = str(body.get("appid", ""))
    name = world.storage.value("SELECT name FROM wx_apps WHERE app_id=?", app_id)
    return {
        "app_id": app_id,
        "app_name": name or "",
        "title": body.get("title") or name or "",
        "page": page,
        "picurl": picture,
    }


def _common(kind: str, body: dict[str, Any]) -> Shown:
    if kind == "msgmenu":
        items = [_choice(one) for one in body.get("list") or [] if isinstance(one, dict)]
        return "menu", {"head": body.get("head_content", ""), "items": items, "tail": body.get("tail_content", "")}
    if kind == "location":
        return "place", {"name": body.get("name", ""), "address": body.get("address", "")}
    if kind == "ca_link":
        return "link", {"title": body.get("link_url", ""), "desc": "", "picurl": "", "url": body.get("link_url", "")}
    if kind == "text":
        return "text", {"content": body.get("content", body.get("Content", ""))}
    return kind, body


def _choice(one: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of a menu: an official account's is flat, customer service's has its kind inside."""
    kind = str(one.get("type", "click"))
    given = one.get(kind)
    inside: dict[str, Any] = given if isinstance(given, dict) else one
    return {"kind": kind} | {name: str(value) for name, value in inside.items() if name != "type"}


def from_weixin(world: World, row: Row, body: dict[str, Any]) -> Shown:
    """Return what an account's message, or one to it, looks like on a phone."""
    shows: dict[str, Callable[[], Shown]] = {
        "image": lambda: ("image", {"pic_url": _picture(world, body)}),
        "images": lambda: (
            "images",
            {"pictures": [files.address(world, str(one)) for one in body.get("media_ids") or []]},
        ),
        "news": lambda: ("articles", {"articles": [_news(one) for one in body.get("articles") or []]}),
        "mpnews": lambda: ("articles", {"articles": _readable(world, body.get("articles") or [])}),
        "mpnewsarticle": lambda: ("articles", {"articles": _readable(world, [body.get("article_id")])}),
        "miniprogrampage": lambda: ("mini", _page(world, body)),
        "template": lambda: ("template", _notice(row, body)),
        "subscription": lambda: ("template", _notice(row, body)),
        "video": lambda: ("video", {"name": body.get("title", ""), "size": 0, "url": _picture(world, body)}),
        "voice": lambda: ("voice", {"name": "", "size": 0, "url": _picture(world, body)}),
        "music": lambda: (
            "link",
            {
                "title": body.get("title", ""),
                "desc": body.get("description", ""),
                "url": body.get("musicurl", ""),
                "picurl": "",
            },
        ),
    }
    show = shows.get(row["kind"])
    return show() if show else _common(row["kind"], body)


def _picture(world: World, body: dict[str, Any]) -> str:
    return str(body.get("PicUrl") or files.address(world, str(body.get("media_id") or body.get("MediaId") or "")))


def _page(world: World, body: dict[str, Any]) -> dict[str, Any]:
    return _mini(world, body, str(body.get("pagepath", "")), files.address(world, str(body.get("thumb_media_id", ""))))


def _news(one: dict[str, Any]) -> dict[str, str]:
    names = {"title": "title", "digest": "description", "picurl": "picurl", "url": "url"}
    return {ours: str(one.get(theirs) or "") for ours, theirs in names.items()}


def _readable(world: World, ids: list[Any]) -> list[dict[str, str]]:
    return [found for one in ids if (found := articles.card(world, str(one)))]


def _notice(row: Row, body: dict[str, Any]) -> dict[str, Any]:
    """Return a notice as the lines of its template, each a label and a value."""
    mini = body.get("miniprogram") or {}
    page = str(body.get("page", ""))
    if not mini and page and not page.startswith("http"):
        mini = {"appid": row["app_id"], "pagepath": page}
    target = {"app_id": mini.get("appid", ""), "page": mini.get("pagepath") or ""} if mini else None
    url = body.get("url") or (page if page.startswith("http") else "")
    rows = [_line(line, body["data"]) for line in str(body.get("content", "")).splitlines() if FIELD.search(line)]
    rows = rows or [{"label": "", "value": str(value)} for value in body["data"].values()]
    return {"title": body.get("title", ""), "rows": rows, "url": url, "mini": target}


def _line(line: str, data: dict[str, str]) -> dict[str, str]:
    label, mark, value = line.partition("：") if "：" in line else line.partition(":")
    if not mark or FIELD.search(label):
        label, value = "", line
    return {"label": label.strip(), "value": FIELD.sub(lambda found: str(data.get(found[1], "")), value).strip()}
