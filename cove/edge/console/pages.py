"""The page that carries the single-page app: the same for every path, the app reads the path."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cove.edge.console.assets import BUILT
from cove.kernel.errors import CoveError, InvalidInput, NotFound
from cove.kernel.http.answers import answer_for
from cove.kernel.words import Words, language_of, speaking


class Broken(CoveError):
    """Something went wrong inside; the log has it under the request's id."""

    code = "cove.broken"
    status = 500
    words = Words(
        "系统出错了，我们已记录，请稍后重试", "Something went wrong on our side and was noted; try again later"
    )


def console_page(_request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer the console's page; a path that looks like a file is not one of its pages."""
    index = BUILT / "index.html"
    if "." in path.rsplit("/", 1)[-1] or not index.is_file():
        raise Http404
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a request that Django cannot take apart, such as a form without its boundary."""
    return _refuse(request, InvalidInput(fields={"body": Words("请求无法解析", "The request cannot be read")}))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer an unknown path in the shape of every refusal."""
    return _refuse(request, NotFound())


def broken(request: HttpRequest) -> HttpResponse:
    """Answer an error nobody foresaw, without telling its inside."""
    return _refuse(request, Broken())


def _refuse(request: HttpRequest, error: CoveError) -> HttpResponse:
    with speaking(language_of(request.headers.get("Accept-Language"))):
        return JsonResponse(answer_for(request, error).model_dump(), status=error.status)
