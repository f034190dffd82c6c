"""The mailboxes as pages: addresses left, one address's mails right."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.control.bodies import world_of
from sandbox.phones.templating import remember_language, templates

MOST = 50


async def mail(request: Request) -> Response:
    """GET /mail?to=address: the mailboxes, and what is in one of them."""
    storage, wanted = world_of(request).storage, request.query_params.get("to", "").lower()
    boxes = storage.rows(
        "SELECT address, count(*) AS total, sum(1-read) AS unread, max(id) AS newest FROM mails GROUP BY address ORDER BY newest DESC"
    )
    if not wanted and boxes:
        wanted = boxes[0]["address"]
    mails = storage.rows("SELECT * FROM mails WHERE address=? ORDER BY id DESC LIMIT ?", wanted, MOST)
    shown = [row | {"iso": datetime.fromtimestamp(row["at"], UTC).isoformat()} for row in mails]
    storage.change("UPDATE mails SET read=1 WHERE address=?", wanted)
    page = templates.TemplateResponse(request, "mail.html", {"boxes": boxes, "wanted": wanted, "mails": shown})
    return remember_language(request, page)


routes = [Route("/mail", mail)]
