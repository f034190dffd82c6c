"""Aliyun's dysmsapi 2017-05-25 as it is on the wire: RPC with parameters in the query, ACS3-HMAC-SHA256 (document 2593177)."""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.doors import serve
from sandbox.sms import rules
from sandbox.sms.pushing import china
from sandbox.storage import Row
from sandbox.world import World

TOLERANCE = 900
MOST_AT_ONCE, LONGEST_MARK, MOST_FIELDS = 100, 255, 20
CODES = {
    "number": "isv.MOBILE_NUMBER_ILLEGAL",
    "signature": "isv.SMS_SIGNATURE_ILLEGAL",
    "template": "isv.SMS_TEMPLATE_ILLEGAL",
    "missing": "isv.TEMPLATE_MISSING_PARAMETERS",
    "link": "isv.PARAM_NOT_SUPPORT_URL",
    "long": "isv.PARAM_LENGTH_LIMIT",
    "black": "isv.BLACK_KEY_CONTROL_LIMIT",
    "limit": "isv.BUSINESS_LIMIT_CONTROL",
    "balance": "isv.AMOUNT_NOT_ENOUGH",
    "json": "isv.INVALID_JSON_PARAM",
}
STATES = {0: "AUDIT_STATE_INIT", 1: "AUDIT_STATE_PASS", 2: "AUDIT_STATE_NOT_PASS"}
_AUTHORIZATION = re.compile(r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})")


Action = Callable[[World, Request, Row, dict[str, str]], dict[str, Any]]


class CloudError(Exception):
    """A refusal of the cloud in front of the product."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


async def door(request: Request) -> Response:
    """Answer one call."""
    action = request.headers.get("x-acs-action", "")
    return await serve(request, f"/sms/aliyun/{action}", _handle)


def _handle(world: World, request: Request, body: bytes) -> tuple[int, dict[str, Any]]:
    marked = {"RequestId": secrets.token_hex(16).upper()}
    try:
        account = _signed_by(world, request, body)
        action = _action(request)
        query = dict(parse_qsl(request.url.query, keep_blank_values=True))
        query |= dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)) if body else {}
        return 200, {"Code": "OK", "Message": "OK"} | action(world, request, account, query) | marked
    except CloudError as error:
        return error.status, {"Code": error.code, "Message": error.code} | marked
    except rules.RefusalError as error:
        return 200, {"Code": CODES[error.reason], "Message": error.reason} | marked


def _action(request: Request) -> Action:
    found = _ACTIONS.get(request.headers.get("x-acs-action", ""))
    if found is None or request.headers.get("x-acs-version") != "2017-05-25":
        raise CloudError("InvalidAction.NotFound", 404)
    return found


def _signed_by(world: World, request: Request, body: bytes) -> Row:
    found = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if found is None:
        raise CloudError("IncompleteSignature")
    account = world.storage.row("SELECT * FROM sms_accounts WHERE key_id=? AND provider='aliyun'", found[1])
    if account is None:
        raise CloudError("InvalidAccessKeyId.NotFound", 404)
    names = found[2].split(";")
    pairs = sorted(parse_qsl(request.url.query, keep_blank_values=True))
    query = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs)
    lines = "".join(f"{name}:{request.headers.get(name, '').strip()}\n" for name in names)
    canonical = "\n".join([request.method, "/", query, lines, found[2], hashlib.sha256(body).hexdigest()])
    said = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    if not hmac.compare_digest(hmac.new(account["secret"].encode(), said.encode(), "sha256").hexdigest(), found[3]):
        raise CloudError("SignatureDoesNotMatch")
    _check_time(world, request.headers.get("x-acs-date", ""))
    nonce = request.headers.get("x-acs-signature-nonce", "")
    if world.storage.value("SELECT 1 FROM sms_nonces WHERE nonce=?", nonce):
        raise CloudError("SignatureNonceUsed")
    world.storage.insert("sms_nonces", nonce=nonce, at=world.now())
    return account


def _check_time(world: World, text: str) -> None:
    try:
        at = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError as error:
        raise CloudError("InvalidTimeStamp.Format") from error
    if abs(world.now() - at) > TOLERANCE:
        raise CloudError("InvalidTimeStamp.Expired")


def _send(world: World, request: Request, account: Row, query: dict[str, str]) -> dict[str, Any]:
    try:
        values = json.loads(query.get("TemplateParam") or "{}")
    except ValueError as error:
        raise rules.RefusalError("json") from error
    if not isinstance(values, dict):
        raise rules.RefusalError("json")
    asked = rules.Asked(
        phone=query.get("PhoneNumbers", "").removeprefix("+86"),
        signature=query.get("SignName", ""),
        template_code=query.get("TemplateCode", ""),
        values={str(name): str(value) for name, value in values.items()},
        mark=query.get("OutId", ""),
    )
    message = rules.take(world, account, asked)
    request.app.state.carrier.send(message)
    return {"BizId": message["serial"]}


def _send_batch(world: World, request: Request, account: Row, query: dict[str, str]) -> dict[str, Any]:
    """Send one template to up to a hundred numbers (document 102364): refused as a whole, under one BizId."""
    phones, signatures, values = (
        _list(query, name) for name in ("PhoneNumberJson", "SignNameJson", "TemplateParamJson")
    )
    if not phones or len(phones) > MOST_AT_ONCE:
        raise CloudError("isv.MOBILE_COUNT_OVER_LIMIT")
    if not len(phones) == len(signatures) == len(values) or not all(isinstance(one, dict) for one in values):
        raise CloudError("isv.INVALID_PARAMETERS")
    if len(query.get("OutId", "")) > LONGEST_MARK:
        raise CloudError("isv.INVALID_PARAMETERS")
    asked = [
        rules.Asked(
            phone=str(phone).removeprefix("+86"),
            signature=str(signature),
            template_code=query.get("TemplateCode", ""),
            values={str(name): str(value) for name, value in said.items()},
            mark=query.get("OutId", ""),
        )
        for phone, signature, said in zip(phones, signatures, values, strict=True)
    ]
    needed = sum(rules.check(world, account, one)[1] for one in asked)
    if account["balance"] < needed:
        raise rules.RefusalError("balance")
    serial = rules.new_serial(world)
    for one in asked:
        request.app.state.carrier.send(rules.take(world, account, one, serial))
    return {"BizId": serial}


def _list(query: dict[str, str], name: str) -> list[Any]:
    try:
        found = json.loads(query.get(name) or "[]")
    except ValueError as error:
        raise rules.RefusalError("json") from error
    if not isinstance(found, list):
        raise rules.RefusalError("json")
    return found


def _templates(world: World, request: Request, account: Row, query: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001 -- all actions alike
    rows = _page(world, "SELECT * FROM sms_templates WHERE key_id=? ORDER BY code LIMIT ? OFFSET ?", account, query)
    shown = [
        {
            "TemplateCode": row["code"],
            "TemplateName": row["name"],
            "TemplateContent": row["content"],
            "TemplateType": row["purpose"],
            "AuditStatus": STATES[row["approval"]],
            "CreateDate": china(row["created_at"]),
            "Reason": {"RejectInfo": row["reason"]},
        }
        for row in rows
    ]
    return {"SmsTemplateList": shown}


def _signatures(world: World, request: Request, account: Row, query: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001 -- same
    rows = _page(world, "SELECT * FROM sms_signatures WHERE key_id=? ORDER BY id LIMIT ? OFFSET ?", account, query)
    shown = [
        {
            "SignName": row["name"],
            "OrderId": str(row["id"]),
            "AuditStatus": STATES[row["approval"]],
            "Reason": {"RejectInfo": row["reason"]},
        }
        for row in rows
    ]
    return {"SmsSignList": shown}


def _details(world: World, request: Request, account: Row, query: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001 -- same
    rows = world.storage.rows(
        "SELECT * FROM sms_messages WHERE key_id=? AND phone=? AND (?='' OR serial=?) ORDER BY id DESC LIMIT 50",
        account["key_id"],
        query.get("PhoneNumber", ""),
        query.get("BizId", ""),
        query.get("BizId", ""),
    )
    states = {"waiting": 1, "failed": 2, "arrived": 3}
    shown = [
        {
            "PhoneNum": row["phone"],
            "SendStatus": states[row["state"]],
            "ErrCode": row["code"],
            "TemplateCode": row["template_code"],
            "Content": row["text"],
            "SendDate": china(row["at"]),
            "ReceiveDate": china(row["ended_at"]),
            "OutId": row["mark"],
        }
        for row in rows
        if china(row["at"])[:10].replace("-", "") == query.get("SendDate", "")
    ]
    return {"TotalCount": len(shown), "SmsSendDetailDTOs": {"SmsSendDetailDTO": shown}}


def _page(world: World, sql: str, account: Row, query: dict[str, str]) -> list[Row]:
    size, page = min(int(query.get("PageSize", "10")), 50), int(query.get("PageIndex", "1"))
    return world.storage.rows(sql, account["key_id"], size, (page - 1) * size)


_ACTIONS: dict[str, Action] = {
    "SendSms": _send,
    "SendBatchSms": _send_batch,
    "QuerySmsTemplateList": _templates,
    "QuerySmsSignList": _signatures,
    "QuerySendDetails": _details,
}
routes = [Route("/sms/aliyun/", door, methods=["POST"])]
