"""Why an event or a whole request was not taken, and what to do about it."""

from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class _Listed:
    """Faulty fields with their remedies, said in the language in which they are read."""

    def __init__(self, faults: dict[str, Words]) -> None:
        self._faults = faults

    def __format__(self, _spec: str) -> str:
        return ", ".join(f"{name} – {words.here()}" for name, words in self._faults.items())


class BadEvent(CoveError):
    code = "collector.bad_event"
    words = Words("事件有误：{problem}", "The event is not right: {problem}")

    @classmethod
    def of(cls, faults: dict[str, Words]) -> BadEvent:
        """Return the refusal that names each field and its remedy."""
        return cls(fields=faults, problem=_Listed(faults))


class BadName(BadEvent):
    """A reserved name that does not exist."""

    code = "collector.reserved_name"


class TooOld(BadEvent):
    code = "collector.too_old"


class UnknownKey(CoveError):
    code = "collector.unknown_key"
    status = 401
    words = Words(
        "write_key 无效。请在 Cove「设置 → 数据源」中复制正确的值，已删除的数据源不再接收数据",
        "The write_key is not known. Copy it from Settings → Sources in Cove; a deleted source takes nothing any more",
    )


class ServerKeyNeeded(CoveError):
    code = "collector.server_key_needed"
    status = 401
    words = Words(
        "这个数据源只接收服务端数据：请在请求头 Authorization: Bearer 中使用服务端密钥（sk_ 开头）",
        "This source takes what servers send only: use its server key (sk_…) in the header Authorization: Bearer",
    )


class ServerKeyInPage(CoveError):
    code = "collector.server_key_in_page"
    status = 403
    words = Words(
        "服务端密钥不能在网页中使用，任何人都能看到它。请立即在「设置 → 数据源」中更换密钥，网页改用 write_key",
        "A server key must not be in a page, where everybody can read it. Replace it in Settings → Sources now; pages use the write_key",
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


class BatchTooLarge(CoveError):
    code = "collector.batch_too_large"
    status = 413
    words = Words(
        "一批最多 {events} 个事件、解压后 {limit} 字节，请分成几批发送",
        "A batch holds at most {events} events and {limit} bytes unpacked; send it in parts",
    )


class UnknownEncoding(CoveError):
    code = "collector.unknown_encoding"
    status = 415
    words = Words(
        "Content-Encoding 只支持 gzip，或不压缩",
        "The only Content-Encoding is gzip; send it so, or not packed at all",
    )


class NotUnpacked(CoveError):
    code = "collector.not_unpacked"
    words = Words(
        "请求体不是完整的 gzip 数据，请重新压缩后发送",
        "The body is no whole gzip stream; pack it again and send it",
    )


class TooManyEvents(CoveError):
    code = "collector.too_many"
    status = 429
    words = Words(
        "事件过于频繁，请在 {seconds} 秒后用同一 message_id 重发",
        "Too many events; send them again after {seconds} seconds with the same message_id",
    )


class NotTaken(CoveError):
    code = "collector.not_taken"
    status = 503
    words = Words(
        "暂时无法保存，请稍后用同一 message_id 重发",
        "It cannot be kept right now; send it again later with the same message_id",
    )
