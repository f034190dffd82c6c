"""The mailboxes as pages: addresses left, one address's mails right."""

import re
from datetime import UTC, datetime
from email.parser import BytesHeaderParser

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
    mails = storage.rows(
        "SELECT m.*, s.raw, s.dkim, s.domain FROM mails m LEFT JOIN mail_sources s ON s.mail_id=m.id "
        "WHERE address=? ORDER BY m.id DESC LIMIT ?",
        wanted,
        MOST,
    )
    shown = [
        row
        | {"iso": datetime.fromtimestamp(row["at"], UTC).isoformat()}
        | {"leave": one_click(row["raw"]) if row["raw"] else ""}
        for row in mails
    ]
    storage.change("UPDATE mails SET read=1 WHERE address=?", wanted)
    page = templates.TemplateResponse(request, "mail.html", {"boxes": boxes, "wanted": wanted, "mails": shown})
    return remember_language(request, page)


def one_click(raw: bytes) -> str:
    """Return the address at which the mail program unsubscribes with one click (RFC 8058), empty if the mail offers none."""
    headers = BytesHeaderParser().parsebytes(raw)
    if "one-click" not in str(headers.get("List-Unsubscribe-Post", "")).lower():
        return ""
    found = re.search(r"<(https?://[^>\s]+)>", str(headers.get("List-Unsubscribe", "")))
    return found[1] if found else ""


routes = [Route("/mail", mail)]
