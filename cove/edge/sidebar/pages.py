"""The page that carries the sidebar; it signs in and asks for everything else by itself."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

BUILT = Path(__file__).parent / "built"


@require_safe
def sidebar_page(_request: HttpRequest) -> HttpResponse:
    """Answer the sidebar's page, the same for everybody; what is in its query is for the page alone."""
    index = BUILT / "index.html"
    if not index.is_file():
        raise Http404
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
