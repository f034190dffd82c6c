"""The page that carries the single-page app: the same for every path, the app reads the path."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from cove.edge.console.assets import BUILT


def console_page(_request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer the console's page; a path that looks like a file is not one of its pages."""
    index = BUILT / "index.html"
    if "." in path.rsplit("/", 1)[-1] or not index.is_file():
        raise Http404
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
