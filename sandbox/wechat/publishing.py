"""Materials, drafts, publishing and mass messages (C6)."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from sandbox.storage import Row
from sandbox.wechat import articles, files
from sandbox.wechat.errors import WeixinError
from sandbox.wechat.requests import Call

MEDIA_SECONDS = 3 * 86400
DAY = 86400
MOST_ARTICLES, TITLE_CHARACTERS, CONTENT_CHARACTERS, MOST_PAGE = 8, 64, 20_000, 20
MOST_BYTES = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}
FEWEST, MOST = 2, 10_000
A_MONTH, TO_ALL_A_DAY, CLIENT_ID_BYTES = 4, 1, 64
MASS_KINDS = frozenset({"mpnews", "text", "voice", "images", "mpvideo", "wxcard"})


def upload_media(call: Call) -> dict[str, Any]:
    """POST media/upload: kept for three days."""
    kind = call.query.get("type", "")
    media_id = _kept(call, kind, permanent=False)
    name = "thumb_media_id" if kind == "thumb" else "media_id"
    return {"type": kind, name: media_id, "created_at": call.world.now()}


def add_material(call: Call) -> dict[str, Any]:
    """POST material/add_material: kept for good."""
    media_id = _kept(call, call.query.get("type", ""), permanent=True)
    return {"media_id": media_id, "url": files.address(call.world, media_id)}


def upload_picture(call: Call) -> dict[str, Any]:
    """POST media/uploadimg: a picture for the text of an article."""
    if call.upload is None:
        raise WeixinError(44002)
    return {"url": files.keep(call.world, secrets.token_hex(8), call.upload)}


def get_media(call: Call) -> bytes | dict[str, Any]:
    """GET media/get: the file itself."""
    found = files.file(call.world, living_media(call, call.query.get("media_id", ""))["media_id"])
    if found is None:
        raise WeixinError(40007)
    return bytes(found["content"])


def living_media(call: Call, media_id: str) -> Row:
    """Return a file that is there and not too old; 40007."""
    row = call.storage.row("SELECT * FROM wx_media WHERE media_id=? AND app_id=?", media_id, call.app_id)
    if row is None or not (row["permanent"] or call.world.now() - row["created_at"] < MEDIA_SECONDS):
        raise WeixinError(40007)
    return row


def _kept(call: Call, kind: str, *, permanent: bool) -> str:
    if kind not in MOST_BYTES:
        raise WeixinError(40097, "type")
    if call.upload is None or not call.upload.size:
        raise WeixinError(44002)
    if call.upload.size > MOST_BYTES[kind]:
        raise WeixinError(45002)
    media_id = secrets.token_urlsafe(32)
    files.keep(call.world, media_id, call.upload)
    call.storage.insert(
        "wx_media",
        media_id=media_id,
        app_id=call.app_id,
        kind=kind,
        permanent=permanent,
        name=call.upload.name,
        created_at=call.world.now(),
    )
    return media_id


def add_draft(call: Call) -> dict[str, Any]:
    """POST draft/add."""
    articles = call.items("articles")
    if not 1 <= len(articles) <= MOST_ARTICLES or not all(isinstance(one, dict) for one in articles):
        raise WeixinError(47001)
    for one in articles:
        title, content = str(one.get("title", "")), str(one.get("content", ""))
        if not 1 <= len(title) <= TITLE_CHARACTERS or not 1 <= len(content) < CONTENT_CHARACTERS:
            raise WeixinError(45002)
        living_media(call, str(one.get("thumb_media_id", "")))
    media_id = secrets.token_urlsafe(32)
    call.storage.insert(
        "wx_drafts", media_id=media_id, app_id=call.app_id, articles=articles, updated_at=call.world.now()
    )
    return {"media_id": media_id}


def list_drafts(call: Call) -> dict[str, Any]:
    """POST draft/batchget."""
    offset, count = call.number("offset"), call.number("count", MOST_PAGE)
    if not 1 <= count <= MOST_PAGE:
        raise WeixinError(40097, "count")
    rows = call.storage.rows("SELECT * FROM wx_drafts WHERE app_id=? ORDER BY updated_at DESC, rowid DESC", call.app_id)
    page = rows[offset : offset + count]
    items = [
        {"media_id": row["media_id"], "content": {"news_item": _news(row, call)}, "update_time": row["updated_at"]}
        for row in page
    ]
    return {"total_count": len(rows), "item_count": len(page), "item": items}


def delete_draft(call: Call) -> dict[str, Any]:
    """POST draft/delete."""
    _draft(call)
    call.storage.run("DELETE FROM wx_drafts WHERE media_id=?", call.text("media_id"))
    return {}


def publish(call: Call) -> dict[str, Any]:
    """POST freepublish/submit: the draft goes, the result follows as PUBLISHJOBFINISH."""
    row = _draft(call)
    article_id = articles.publish(call.world, call.app_id, json.loads(row["articles"]))[0]
    publish_id = call.storage.insert(
        "wx_publishings", app_id=call.app_id, articles=row["articles"], article_id=article_id, at=call.world.now()
    )
    call.storage.run("DELETE FROM wx_drafts WHERE media_id=?", row["media_id"])
    detail = {"count": 1, "item": {"idx": 1, "article_url": articles.address(call.world, article_id)}}
    told = {"publish_id": publish_id, "publish_status": 0, "article_id": article_id, "article_detail": detail}
    call.events.append((call.app["original_id"], "PUBLISHJOBFINISH", {"PublishEventInfo": told}))
    return {"publish_id": str(publish_id), "msg_data_id": str(publish_id)}


def get_publishing(call: Call) -> dict[str, Any]:
    """POST freepublish/get."""
    row = call.storage.row(
        "SELECT * FROM wx_publishings WHERE publish_id=? AND app_id=?", call.text("publish_id"), call.app_id
    )
    if row is None:
        raise WeixinError(40007)
    return {"publish_id": str(row["publish_id"]), "publish_status": 0, "article_id": row["article_id"], "fail_idx": []}


def _draft(call: Call) -> Row:
    row = call.storage.row("SELECT * FROM wx_drafts WHERE media_id=? AND app_id=?", call.text("media_id"), call.app_id)
    if row is None:
        raise WeixinError(40007)
    return row


def _news(row: Row, call: Call) -> list[dict[str, Any]]:
    articles = json.loads(row["articles"])
    return [
        {key: value for key, value in one.items() if key != "content" or not call.number("no_content")}
        for one in articles
    ]


def send_to_filter(call: Call) -> dict[str, Any]:
    """POST message/mass/sendall: everybody, or those with a tag."""
    target = call.document("filter")
    everybody = target.get("is_to_all") is True
    rows = call.storage.rows("SELECT * FROM wx_users WHERE app_id=? AND subscribed=1", call.app_id)
    if not everybody:
        tagged = call.storage.rows("SELECT openid FROM wx_user_tags WHERE tag_id=?", target.get("tag_id"))
        rows = [row for row in rows if row["openid"] in {one["openid"] for one in tagged}]
    return _mass(call, rows, everybody=everybody)


def send_to_list(call: Call) -> dict[str, Any]:
    """POST message/mass/send: 2 to 10,000 followers."""
    openids = call.items("touser")
    if not FEWEST <= len(openids) <= MOST:
        raise WeixinError(40032)
    return _mass(call, [call.user(openid) for openid in openids], everybody=False)


def send_preview(call: Call) -> dict[str, Any]:
    """POST message/mass/preview."""
    row, kind = call.user(call.body.get("touser")), _content(call)
    _deliver(call, row, kind, _frozen(call, kind))
    return {"msg_id": 0}


def _mass(call: Call, rows: list[Row], *, everybody: bool) -> dict[str, Any]:
    kind, key, now = _content(call), call.text("clientmsgid"), call.world.now()
    if len(key.encode()) > CLIENT_ID_BYTES:
        raise WeixinError(40097, "clientmsgid")
    known = call.storage.row("SELECT * FROM wx_mass WHERE app_id=? AND client_id=?", call.app_id, key) if key else None
    if known:
        raise WeixinError(45065, "", msg_id=known["msg_id"])
    today = "SELECT count(*) FROM wx_mass WHERE app_id=? AND everybody=1 AND at>?"
    if everybody and call.storage.value(today, call.app_id, now - DAY) >= TO_ALL_A_DAY:
        raise WeixinError(45028)
    msg_id = call.storage.insert(
        "wx_mass", app_id=call.app_id, client_id=key, everybody=everybody, body=call.body, at=now
    )
    sent, filtered, failed, said = 0, 0, 0, _frozen(call, kind)
    for row in rows:
        if _had(call, row) >= A_MONTH:
            filtered += 1
        elif not row["subscribed"] or row["refuses"]:
            failed += 1
        else:
            sent += 1
            call.storage.insert("wx_mass_people", msg_id=msg_id, openid=row["openid"], at=now)
            _deliver(call, row, kind, said)
    counts = {"TotalCount": len(rows), "FilterCount": sent + failed, "SentCount": sent, "ErrorCount": failed}
    done = {"MsgID": msg_id, "Status": "send success"} | counts
    call.events.append((call.app["original_id"], "MASSSENDJOBFINISH", done))
    return {"msg_id": msg_id} | ({"msg_data_id": msg_id} if kind == "mpnews" else {})


def _had(call: Call, row: Row) -> int:
    """Return how many mass messages somebody got this month."""
    now = datetime.fromtimestamp(call.world.now(), UTC)
    month = int(now.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp())
    counted = "SELECT count(*) FROM wx_mass_people WHERE openid=? AND at>=?"
    return int(call.storage.value(counted, row["openid"], month))


def _content(call: Call) -> str:
    kind = call.text("msgtype")
    if kind not in MASS_KINDS:
        raise WeixinError(40097, "msgtype")
    said = call.document(kind)
    if kind == "mpnews" and not call.storage.row(
        "SELECT 1 FROM wx_drafts WHERE media_id=? AND app_id=?", said.get("media_id"), call.app_id
    ):
        raise WeixinError(40007)
    if kind == "text" and not said.get("content"):
        raise WeixinError(44002)
    return kind


def _frozen(call: Call, kind: str) -> dict[str, Any]:
    """Return what readers get: the articles as they are now, since a draft can be changed or deleted later."""
    said = call.document(kind)
    if kind != "mpnews":
        return said
    drafted = call.storage.value("SELECT articles FROM wx_drafts WHERE media_id=?", said["media_id"])
    return said | {"articles": articles.publish(call.world, call.app_id, json.loads(drafted))}


def _deliver(call: Call, row: Row, kind: str, said: dict[str, Any]) -> None:
    call.storage.insert(
        "wx_messages",
        app_id=call.app_id,
        person_id=row["person_id"],
        sender="account",
        kind=kind,
        body=said,
        at=call.world.now(),
    )
    call.world.streams.tell(row["person_id"])
