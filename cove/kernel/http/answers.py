"""One shape for every refusal, in the reader's language, and its place in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import structlog
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, create_model

from cove.kernel.errors import (
    BodyTooLarge,
    CoveError,
    Forbidden,
    InvalidInput,
    NotFound,
    SignInRequired,
    StalePage,
    TooManyRequests,
)
from cove.kernel.words import Words

log = structlog.get_logger(__name__)


class ErrorDetail(BaseModel):
    """`needs` is the key of the right that was missing, where that was the reason: `/session/why` tells who can give it."""

    code: str
    message: str
    fields: dict[str, str]
    needs: str | None = None


class ErrorAnswer(BaseModel):
    """What every refusal looks like."""

    error: ErrorDetail
    request_id: str


def refusals(*errors: type[CoveError]) -> dict[int, Any]:
    """Return the `response=` part for the errors a handler may raise, beside those that all may: input, sign-in, stale pages and limits.

    The OpenAPI document then names, for each status, the codes that may come.
    """
    codes: dict[int, set[str]] = {}
    always: tuple[type[CoveError], ...] = (InvalidInput, SignInRequired, StalePage, BodyTooLarge, TooManyRequests)
    for error in (*errors, *always):
        codes.setdefault(error.status, set()).add(error.code)
    return {status: _answer_with(tuple(sorted(found))) for status, found in sorted(codes.items())}


@cache
def _answer_with(codes: tuple[str, ...]) -> type[ErrorAnswer]:
    name = "".join(code.removeprefix("cove.").replace(".", "_").title().replace("_", "") for code in codes)
    code: Any = Literal[codes]
    detail = create_model(f"{name}Detail", __base__=ErrorDetail, code=(code, ...))
    return create_model(f"{name}Refusal", __base__=ErrorAnswer, error=(detail, ...))


def answer_for(request: HttpRequest, error: CoveError) -> ErrorAnswer:
    """Return the refusal as a document in the reader's language."""
    return ErrorAnswer(
        error=ErrorDetail(
            code=error.code,
            message=error.message(),
            fields={name: words.here(error.values) for name, words in error.fields.items()},
            needs=error.values.get("key") if isinstance(error, Forbidden) else None,
        ),
        request_id=getattr(request, "request_id", ""),
    )


def install(api: NinjaAPI) -> None:
    """Let `api` answer all our errors, and the framework's own, in that one shape."""

    def respond(request: HttpRequest, error: Any) -> HttpResponse:
        response = api.create_response(request, answer_for(request, error).model_dump(), status=error.status)
        if "seconds" in error.values:
            response.headers["Retry-After"] = str(error.values["seconds"])
        return response

    def respond_as(translate: Callable[[Any], CoveError]) -> Callable[[HttpRequest, Any], HttpResponse]:
        return lambda request, error: respond(request, translate(error))

    api.add_exception_handler(CoveError, respond)
    api.add_exception_handler(AuthenticationError, respond_as(lambda _: SignInRequired()))
    api.add_exception_handler(ValidationError, respond_as(lambda error: InvalidInput(fields=_fields(error))))
    api.add_exception_handler(HttpError, respond_as(_translated))


_FIELD_WORDS = {
    "missing": Words("必填", "This is required"),
    "string_too_long": Words("内容过长（最多 {max_length} 个字）", "Too long (at most {max_length} characters)"),
    "string_too_short": Words("请填写内容", "Please fill this in"),
    "too_short": Words("请至少选择 {min_length} 项", "Choose at least {min_length}"),
    "too_long": Words("最多 {max_length} 项", "At most {max_length}"),
    "greater_than_equal": Words("不能小于 {ge}", "Must be at least {ge}"),
    "less_than_equal": Words("不能大于 {le}", "Must be at most {le}"),
    "int_parsing": Words("请填写整数", "Must be a whole number"),
    "timezone_aware": Words(
        "请带上时区，例如 2026-01-31T08:00:00Z", "Add the time zone, for example 2026-01-31T08:00:00Z"
    ),
    "bad_moment": Words("请填写 1970 年至 2199 年之间的时间", "Must be a time from 1970 to 2199"),
    "json_invalid": Words("不是有效的 JSON", "This is not valid JSON"),
}
_ANY_FIELD = Words("格式不正确", "The format is not right")


def _fields(error: ValidationError) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for entry in error.errors:
        name = ".".join(str(part) for part in entry["loc"] if part not in ("body", "query", "path", "payload"))
        words = _FIELD_WORDS.get(entry["type"], _ANY_FIELD)
        values = entry.get("ctx", {})
        found[name or "body"] = words.with_values(**values)
    return found


def _translated(error: HttpError) -> CoveError:
    if error.status_code == 404:  # noqa: PLR2004 -- HTTP
        return NotFound()
    if error.status_code == 403:  # noqa: PLR2004 -- HTTP; the framework's own CSRF check is all that raises it
        return StalePage()
    return InvalidInput(fields={"body": Words("请求无法解析", "The request cannot be read")})
