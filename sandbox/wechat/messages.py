"""Customer-service messages, template messages and subscription notices (C4, C5, C9)."""

import json
import re
from typing import Any

from sandbox.storage import Row
from sandbox.wechat.errors import WeixinError
from sandbox.wechat.publishing import living_media
from sandbox.wechat.requests import Call
from sandbox.wechat.windows import use_window

TEXT_BYTES = 2048
TWICE_SECONDS = 600
FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")
# How long values of a field may be, by the letters of its name; other kinds are not looked at.
LENGTHS = {"thing": 20, "character_string": 32, "phrase": 5, "name": 10, "phone_number": 17, "car_number": 8}
FORMS = {
    "text": ("content",),
    "image": ("media_id",),
    "voice": ("media_id",),
    "video": ("media_id",),
    "music": ("musicurl",),
    "news": ("articles",),
    "mpnewsarticle": ("article_id",),
    "msgmenu": ("list",),
    "wxcard": ("card_id",),
    "miniprogrampage": ("appid", "pagepath", "thumb_media_id"),
}


def send_custom(call: Call) -> dict[str, Any]:
    """POST message/custom/send."""
    row, kind = call.user(call.body.get("touser")), call.text("msgtype")
    if kind not in FORMS:
        raise WeixinError(40097, "msgtype")
    said = call.document(kind)
    if any(not said.get(name) for name in FORMS[kind]):
        raise WeixinError(44002)
    if len(str(said.get("content", "")).encode()) > TEXT_BYTES:
        raise WeixinError(45002)
    for name in ("media_id", "thumb_media_id"):
        if said.get(name):
            living_media(call, str(said[name]))
    if call.app["kind"] == "official" and not row["subscribed"]:
        raise WeixinError(43004)
    if row["refuses"]:
        raise WeixinError(48002)
    use_window(call.world, row)
    _say(call, row, kind, said)
    return {}


def show_typing(call: Call) -> dict[str, Any]:
    """POST message/custom/typing."""
    call.user(call.body.get("touser"))
    if call.text("command") not in ("Typing", "CancelTyping"):
        raise WeixinError(40097, "command")
    return {}


def list_templates(call: Call) -> dict[str, Any]:
    """GET template/get_all_private_template."""
    rows = call.storage.rows("SELECT * FROM wx_templates WHERE app_id=? AND form='template'", call.app_id)
    names = ("template_id", "title", "content", "example")
    return {"template_list": [{name: row[name] for name in names} | {"primary_industry": ""} for row in rows]}


def list_subscriptions(call: Call) -> dict[str, Any]:
    """GET wxaapi/newtmpl/gettemplate."""
    rows = call.storage.rows("SELECT * FROM wx_templates WHERE app_id=? AND form='subscription'", call.app_id)
    data = [
        {"priTmplId": row["template_id"], "type": 2} | {key: row[key] for key in ("title", "content", "example")}
        for row in rows
    ]
    return {"data": data}


def send_template(call: Call) -> dict[str, Any]:
    """POST message/template/send: the result follows as TEMPLATESENDJOBFINISH."""
    row, template = call.user(call.body.get("touser")), _template(call, "template")
    data = _checked_data(call, template)
    if not row["subscribed"]:
        raise WeixinError(43004)
    key = call.text("client_msg_id")
    before = call.storage.row(
        "SELECT * FROM wx_messages WHERE app_id=? AND person_id=? AND number=? AND at>?",
        call.app_id,
        row["person_id"],
        key or None,
        call.world.now() - TWICE_SECONDS,
    )
    if before:
        return {"msgid": before["id"]}
    status = "failed:user block" if row["refuses"] else "success"
    kind = "refused" if row["refuses"] else "template"
    said = {"title": template["title"], "data": data, "url": call.text("url")} | _more(call, template)
    message_id = _say(call, row, kind, said, number=key)
    call.events.append((row["openid"], "TEMPLATESENDJOBFINISH", {"MsgID": message_id, "Status": status}))
    return {"msgid": message_id}


def send_subscription(call: Call) -> dict[str, Any]:
    """POST message/subscribe/bizsend and, of a mini-program, message/subscribe/send: each yes of the person allows one."""
    row, template = call.user(call.body.get("touser")), _template(call, "subscription")
    data = _checked_data(call, template)
    used = call.storage.change(
        "UPDATE wx_subscriptions SET remaining=remaining-1 WHERE openid=? AND template_id=? AND remaining>0",
        row["openid"],
        template["template_id"],
    )
    if not used:
        raise WeixinError(43101)
    said = {"title": template["title"], "data": data, "page": call.text("page")} | _more(call, template)
    message_id = _say(call, row, "subscription", said)
    told = {"TemplateId": template["template_id"], "MsgID": str(message_id), "ErrorCode": "0", "ErrorStatus": "success"}
    call.events.append((row["openid"], "subscribe_msg_sent_event", {"SubscribeMsgSentEvent": {"List": told}}))
    return {}


def _more(call: Call, template: Row) -> dict[str, Any]:
    """Return what a phone shows of a notice besides its data: the template's lines, and the mini-program it leads to."""
    mini = call.body.get("miniprogram")
    return {"content": template["content"]} | ({"miniprogram": mini} if isinstance(mini, dict) else {})


def _template(call: Call, form: str) -> Row:
    found = call.storage.row(
        "SELECT * FROM wx_templates WHERE app_id=? AND template_id=? AND form=?",
        call.app_id,
        call.text("template_id"),
        form,
    )
    if found is None:
        raise WeixinError(40037)
    return found


def _checked_data(call: Call, template: Row) -> dict[str, str]:
    data, found = call.document("data"), {}
    for name in FIELD.findall(template["content"]):
        value = data.get(name, {}).get("value") if isinstance(data.get(name), dict) else None
        longest = LENGTHS.get(name.rstrip("0123456789"))
        if not isinstance(value, str) or not value or (longest and len(value) > longest):
            raise WeixinError(47003, f"data.{name}.value invalid")
        found[name] = value
    return found


def _say(call: Call, row: Row, kind: str, said: dict[str, Any], *, number: str = "") -> int:
    call.world.streams.tell(row["person_id"])
    return call.storage.insert(
        "wx_messages",
        app_id=call.app_id,
        person_id=row["person_id"],
        sender="account",
        kind=kind,
        body=json.dumps(said, ensure_ascii=False),
        number=number,
        at=call.world.now(),
    )
