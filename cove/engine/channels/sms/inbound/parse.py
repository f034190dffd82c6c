"""Reading what providers push: receipts and answers (facts D4). Pure functions; what cannot be read is left out, not guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cove.engine.channels.sms.client.times import china_time, time_of
from cove.engine.channels.sms.contracts.accounts import Provider, Receipt, Reply
from cove.kernel.documents import NotJson, read_json

MAX_BODY = 512 * 1024
MAX_ITEMS = 1000
ANSWERS: dict[Provider, dict[str, object]] = {
    # Only a numeric code 0 counts for Aliyun; anything else is pushed again after 1, 5 and 10 minutes.
    "aliyun": {"code": 0, "msg": "ok"},
    "tencent": {"result": 0, "errmsg": "OK"},
}


class UnreadableError(ValueError):
    """The body is no JSON list of objects, nor one object."""


def items_of(body: bytes) -> list[dict[str, Any]]:
    """Return the documents in a push. Tencent pushes an answer as one object, all else are lists. Raises UnreadableError."""
    try:
        found = read_json(body)
    except NotJson as error:
        raise UnreadableError from error
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list) or len(found) > MAX_ITEMS or not all(isinstance(one, dict) for one in found):
        raise UnreadableError
    return found


def receipts_of(provider: Provider, items: Iterable[Mapping[str, Any]]) -> list[Receipt]:
    """Return the receipts in pushed documents."""
    read = _aliyun_receipt if provider == "aliyun" else _tencent_receipt
    return [one for one in map(read, items) if one.serial]


def replies_of(provider: Provider, items: Iterable[Mapping[str, Any]]) -> list[Reply]:
    """Return the answers in pushed documents."""
    read = _aliyun_reply if provider == "aliyun" else _tencent_reply
    return [one for one in map(read, items) if one.phone and one.text]


def _aliyun_receipt(item: Mapping[str, Any]) -> Receipt:
    return Receipt(
        serial=_text(item, "biz_id"),
        phone=_text(item, "phone_number"),
        arrived=item.get("success") is True,
        code=_text(item, "err_code"),
        at=china_time(item.get("report_time")),
        mark=_text(item, "out_id"),
    )


def _tencent_receipt(item: Mapping[str, Any]) -> Receipt:
    return Receipt(
        serial=_text(item, "sid"),
        phone=_text(item, "mobile"),
        arrived=item.get("report_status") == "SUCCESS",
        code=_text(item, "errmsg"),
        at=china_time(item.get("user_receive_time")),
    )


def _aliyun_reply(item: Mapping[str, Any]) -> Reply:
    # UNCONFIRMED: the names of SmsUp's fields are general knowledge (facts G13).
    return Reply(
        phone=_text(item, "phone_number"),
        text=_text(item, "content"),
        at=china_time(item.get("send_time")),
        signature=_text(item, "sign_name"),
        number=_text(item, "sequence_id"),
    )


def _tencent_reply(item: Mapping[str, Any]) -> Reply:
    # UNCONFIRMED: names as in the provider's documents on answers (382/59180), not in the fact sheet.
    return Reply(
        phone=_text(item, "mobile"),
        text=_text(item, "text"),
        at=time_of(item.get("time")),
        signature=_text(item, "sign"),
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value)[:1000] if isinstance(value, str | int) and not isinstance(value, bool) else ""
