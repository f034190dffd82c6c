"""The text messages on phones as pages: numbers left, one number's messages right, with a line to answer."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import world_of
from sandbox.control.sms import carrier_of
from sandbox.phones.templating import remember_language, templates
from sandbox.sms import rules

MOST = 50
LONGEST_ANSWER = 500


async def show(request: Request) -> Response:
    """GET /sms?to=phone: the phones that got something, and what is on one of them."""
    storage, wanted = world_of(request).storage, request.query_params.get("to", "")
    boxes = storage.rows(
        "SELECT phone, count(*) AS total, sum(1-read) AS unread, max(id) AS newest FROM sms_messages GROUP BY phone ORDER BY newest DESC"
    )
    if not wanted and boxes:
        wanted = boxes[0]["phone"]
    got = storage.rows("SELECT *, 'got' AS way FROM sms_messages WHERE phone=? ORDER BY id DESC LIMIT ?", wanted, MOST)
    said = storage.rows("SELECT *, 'said' AS way FROM sms_replies WHERE phone=? ORDER BY id DESC LIMIT ?", wanted, MOST)
    both = sorted(got + said, key=lambda row: (row["at"], row["way"], row["id"]))
    shown = [row | {"iso": datetime.fromtimestamp(row["at"], UTC).isoformat()} for row in both]
    storage.change("UPDATE sms_messages SET read=1 WHERE phone=?", wanted)
    page = templates.TemplateResponse(request, "sms.html", {"boxes": boxes, "wanted": wanted, "messages": shown})
    return remember_language(request, page)


async def answer(request: Request) -> Response:
    """POST /sms {to, text}: answer the last message on a phone."""
    form = dict(parse_qsl((await request.body()).decode(errors="replace")))
    phone, text = form.get("to", ""), form.get("text", "").strip()[:LONGEST_ANSWER]
    reply = rules.reply(world_of(request), phone, text) if text else None
    if reply is not None:
        carrier_of(request).answered(reply)
    return RedirectResponse(f"/sms?to={quote(phone)}", 303)


routes = [Route("/sms", show, methods=["GET"]), Route("/sms", answer, methods=["POST"])]
