"""Templates and the reader's language."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from sandbox.phones.texts import TEXTS

LANGUAGES = ("zh", "en")


def language_of(request: Request) -> str:
    """Zh or en: `?lang=`, else the cookie, else Chinese."""
    wanted = request.query_params.get("lang") or request.cookies.get("lang") or ""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def remember_language(request: Request, response: Response) -> Response:
    """Keep the reader's language for the next page."""
    response.set_cookie("lang", language_of(request), max_age=31536000, samesite="lax")
    response.headers["cache-control"] = "no-cache"
    return response


def _context(request: Request) -> dict[str, Any]:
    language = language_of(request)
    return {"lang": language, "t": {key: both[LANGUAGES.index(language)] for key, both in TEXTS.items()}}


templates = Jinja2Templates(Path(__file__).with_name("templates"), context_processors=[_context])
