"""Tencent Cloud's sms 2021-01-11 as it is on the wire: JSON, TC3-HMAC-SHA256 (document 382/52072)."""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.doors import serve
from sandbox.sms import rules
from sandbox.storage import Row
from sandbox.world import World

TOLERANCE = 300
CODES = {
    "number": "InvalidParameterValue.IncorrectPhoneNumber",
    "signature": "FailedOperation.SignatureIncorrectOrUnapproved",
    "template": "FailedOperation.TemplateIncorrectOrUnapproved",
    "missing": "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
    "link": "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
    "long": "InvalidParameterValue.ContentLengthLimit",
    "black": "FailedOperation.PhoneNumberInBlacklist",
    "limit": "LimitExceeded.PhoneNumberDailyLimit",
    "balance": "FailedOperation.InsufficientBalanceInSmsPackage",
}
STATES = {0: 1, 1: 0, 2: -1}
"""Approval by ours: 0 waits, 1 approved, 2 refused; the platform's: 1, 0, -1."""

_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/sms/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})"
)


Action = Callable[[World, Request, Row, dict[str, Any]], dict[str, Any]]


class CloudError(Exception):
    """A refusal of the cloud in front of the product."""


async def door(request: Request) -> Response:
    """Answer one call."""
    return await serve(request, f"/sms/tencent/{request.headers.get('x-tc-action', '')}", _handle)


def _handle(world: World, request: Request, body: bytes) -> tuple[int, dict[str, Any]]:
    marked = {"RequestId": secrets.token_hex(16)}
    try:
        account = _signed_by(world, request, body)
        return 200, {"Response": _action(request)(world, request, account, json.loads(body)) | marked}
    except CloudError as error:
        code = str(error)
    except (ValueError, KeyError, TypeError):
        code = "InvalidParameter"
    return 200, {"Response": {"Error": {"Code": code, "Message": code}} | marked}


def _action(request: Request) -> Action:
    found = _ACTIONS.get(request.headers.get("x-tc-action", ""))
    if found is None or request.headers.get("x-tc-version") != "2021-01-11":
        raise CloudError("InvalidAction")
    return found


def _signed_by(world: World, request: Request, body: bytes) -> Row:
    found = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if found is None:
        raise CloudError("AuthFailure.InvalidAuthorization")
    account = world.storage.row("SELECT * FROM sms_accounts WHERE key_id=? AND provider='tencent'", found[1])
    if account is None:
        raise CloudError("AuthFailure.SecretIdNotFound")
    at = request.headers.get("x-tc-timestamp", "")
    if not at.isdecimal() or abs(world.now() - int(at)) > TOLERANCE:
        raise CloudError("AuthFailure.SignatureExpire")
    if datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%d") != found[2]:
        raise CloudError("AuthFailure.SignatureFailure")
    lines = "".join(f"{name}:{request.headers.get(name, '').strip()}\n" for name in found[3].split(";"))
    canonical = f"POST\n/\n\n{lines}\n{found[3]}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{found[2]}/sms/tc3_request"
    said = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"TC3{account['secret']}".encode()
    for step in (found[2], "sms", "tc3_request"):
        key = hmac.new(key, step.encode(), "sha256").digest()
    if not hmac.compare_digest(hmac.new(key, said.encode(), "sha256").hexdigest(), found[4]):
        raise CloudError("AuthFailure.SignatureFailure")
    return account


def _send(world: World, request: Request, account: Row, body: dict[str, Any]) -> dict[str, Any]:
    if body["SmsSdkAppId"] != account["app_id"]:
        raise CloudError("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
    values = {str(number): str(value) for number, value in enumerate(body.get("TemplateParamSet") or [], 1)}
    states = []
    for phone in body["PhoneNumberSet"][:200]:
        mark = str(body.get("SessionContext", ""))
        asked = rules.Asked(phone.removeprefix("+86"), str(body["SignName"]), str(body["TemplateId"]), values, mark)
        state = {"PhoneNumber": phone, "SessionContext": mark, "IsoCode": "CN"}
        try:
            message = rules.take(world, account, asked)
        except rules.RefusalError as error:
            states.append(state | {"SerialNo": "", "Fee": 0, "Code": CODES[error.reason], "Message": error.reason})
            continue
        request.app.state.carrier.send(message)
        states.append(
            state | {"SerialNo": message["serial"], "Fee": message["parts"], "Code": "Ok", "Message": "send success"}
        )
    return {"SendStatusSet": states}


def _templates(world: World, request: Request, account: Row, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 -- all actions alike
    rows = world.storage.rows(
        "SELECT * FROM sms_templates WHERE key_id=? ORDER BY code LIMIT ? OFFSET ?",
        account["key_id"],
        min(int(body.get("Limit", 20)), 100),
        int(body.get("Offset", 0)),
    )
    shown = [
        {
            "TemplateId": int(row["code"]),
            "International": 0,
            "StatusCode": STATES[row["approval"]],
            "ReviewReply": row["reason"],
            "TemplateName": row["name"],
            "CreateTime": row["created_at"],
            "TemplateContent": row["content"],
        }
        for row in rows
    ]
    return {"DescribeTemplateStatusSet": shown}


def _signatures(world: World, request: Request, account: Row, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 -- same
    wanted = {int(one) for one in body["SignIdSet"]}
    rows = world.storage.rows("SELECT * FROM sms_signatures WHERE key_id=?", account["key_id"])
    shown = [
        {
            "SignId": row["id"],
            "International": 0,
            "StatusCode": STATES[row["approval"]],
            "ReviewReply": row["reason"],
            "SignName": row["name"],
            "CreateTime": 0,
        }
        for row in rows
        if row["id"] in wanted
    ]
    return {"DescribeSignListStatusSet": shown}


def _pull_receipts(world: World, request: Request, account: Row, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 -- same
    rows = _untold(world, "sms_messages", "AND state<>'waiting'", account, body)
    shown = [
        {
            "UserReceiveTime": row["ended_at"],
            "CountryCode": "86",
            "SubscriberNumber": row["phone"],
            "PhoneNumber": f"+86{row['phone']}",
            "SerialNo": row["serial"],
            "ReportStatus": "SUCCESS" if row["state"] == "arrived" else "FAIL",
            "Description": "DELIVRD" if row["state"] == "arrived" else row["code"],
            "SessionContext": row["mark"],
        }
        for row in rows
    ]
    return {"PullSmsSendStatusSet": shown}


def _pull_replies(world: World, request: Request, account: Row, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 -- same
    rows = _untold(world, "sms_replies", "", account, body)
    shown = [
        {
            "ExtendCode": "",
            "CountryCode": "86",
            "SubscriberNumber": row["phone"],
            "PhoneNumber": f"+86{row['phone']}",
            "SignName": row["signature"],
            "ReplyContent": row["text"],
            "ReplyTime": row["at"],
        }
        for row in rows
    ]
    return {"PullSmsReplyStatusSet": shown}


def _untold(world: World, table: str, more: str, account: Row, body: dict[str, Any]) -> list[Row]:
    """Take rows off the queue: each is given once."""
    rows = world.storage.rows(
        f"SELECT * FROM {table} WHERE key_id=? AND told=0 {more} ORDER BY id LIMIT ?",  # noqa: S608 -- ours
        account["key_id"],
        min(int(body.get("Limit", 10)), 100),
    )
    for row in rows:
        world.storage.change(f"UPDATE {table} SET told=1 WHERE id=?", row["id"])  # noqa: S608 -- ours
    return rows


_ACTIONS: dict[str, Action] = {
    "SendSms": _send,
    "DescribeSmsTemplateList": _templates,
    "DescribeSmsSignList": _signatures,
    "PullSmsSendStatus": _pull_receipts,
    "PullSmsReplyStatus": _pull_replies,
}
routes = [Route("/sms/tencent/", door, methods=["POST"])]
