"""Why an event was not taken, and what to do about it."""

from __future__ import annotations

from pydantic import ValidationError

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class BadEvent(CoveError):
    code = "collector.bad_event"
    words = Words("事件有误：{problem}", "The event is not right: {problem}")


class UnknownKey(CoveError):
    code = "collector.unknown_key"
    status = 401
    words = Words(
        "write_key 无效。请在 Cove「设置 → 数据源」中复制正确的值，已删除的数据源不再接收数据",
        "The write_key is not known. Copy it from Settings → Sources in Cove; a deleted source takes nothing any more",
    )


class OriginRefused(CoveError):
    code = "collector.origin_refused"
    status = 403
    words = Words(
        "来源 {origin} 未被允许，请在该数据源的允许来源中加入它",
        "The origin {origin} is not allowed; add it to the allowed origins of this source",
    )


class EventTooLarge(CoveError):
    code = "collector.too_large"
    status = 413
    words = Words(
        "事件超过 {limit} 字节，请减少 properties 的内容",
        "The event is larger than {limit} bytes; send fewer properties",
    )


class NotTaken(CoveError):
    code = "collector.not_taken"
    status = 503
    words = Words(
        "暂时无法保存，请稍后用同一 message_id 重发",
        "It cannot be kept right now; send it again later with the same message_id",
    )


_REMEDIES = {
    "missing": Words("缺少该字段，请补上", "This field is missing; add it"),
    "string_too_long": Words("过长，最多 {max_length} 个字符", "Too long; at most {max_length} characters"),
    "string_too_short": Words("过短，至少 {min_length} 个字符", "Too short; at least {min_length} characters"),
    "string_type": Words("请传字符串", "Send a string"),
    "dict_type": Words("请传 JSON 对象", "Send a JSON object"),
    "timezone_aware": Words(
        "请带上时区，例如 2026-01-31T08:00:00Z", "Add the time zone, for example 2026-01-31T08:00:00Z"
    ),
}
_BY_FIELD = {
    "url": Words(
        "请传以 http:// 或 https:// 开头的完整地址", "Send the whole address, beginning with http:// or https://"
    ),
    "timestamp": Words(
        "请传 30 天以内的 ISO 8601 时间，例如 2026-01-31T08:00:00Z",
        "Send an ISO 8601 time of the last 30 days, for example 2026-01-31T08:00:00Z",
    ),
}
_ANY = Words("格式不正确", "The format is not right")
_NOT_JSON = Words("请求体须为一个 JSON 对象", "The body must be one JSON object")


def bad_event(error: ValidationError) -> BadEvent:
    """Return the refusal that names each field and its remedy."""
    fields: dict[str, Words] = {}
    for entry in error.errors():
        name = ".".join(str(part) for part in entry["loc"]) or "body"
        words = _REMEDIES.get(entry["type"]) or _BY_FIELD.get(name, _ANY)
        if entry["type"].startswith("json") or name == "body":
            words = _NOT_JSON
        fields[name] = words.with_values(**entry.get("ctx", {}))
    return BadEvent(fields=fields, problem=", ".join(f"{name} – {words.here()}" for name, words in fields.items()))
