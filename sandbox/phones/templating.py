"""Templates and the reader's language."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.templating import Jinja2Templates

from sandbox.phones.texts import TEXTS

LANGUAGES = ("zh", "en")


def language_of(request: Request) -> str:
    """Zh or en: `?lang=`, else the cookie, else Chinese."""
    wanted = request.query_params.get("lang") or request.cookies.get("lang") or ""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _context(request: Request) -> dict[str, Any]:
    language = language_of(request)
    return {"lang": language, "t": {key: both[LANGUAGES.index(language)] for key, both in TEXTS.items()}}


templates = Jinja2Templates(Path(__file__).with_name("templates"), context_processors=[_context])
