"""Tencent Cloud's sms 2021-01-11, JSON signed by TC3 (facts D4; documents 382/55981, 382/52072)."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.client.signing import tencent_headers
from cove.engine.channels.sms.client.times import time_of
from cove.engine.channels.sms.contracts.accounts import (
    Approval,
    OutgoingText,
    PlatformSignature,
    PlatformTemplate,
    Receipt,
    Reply,
)
from cove.engine.channels.sms.contracts.counting import says_how_to_refuse
from cove.engine.channels.sms.contracts.marks import mark_of, named_in
from cove.engine.channels.sms.errors import NoAnswer, ProviderError
from cove.kernel import clock

VERSION, SERVICE, REGION = "2021-01-11", "sms", "ap-guangzhou"
FINE = "Ok"
ROWS_A_PAGE = 100
MOST_AT_ONCE = 200
MAINLAND_DIGITS = 11

# UNCONFIRMED (general knowledge): the states of the two lists; 0 approved, 1 waits, -1 refused, 2 approved and not yet in force.
APPROVALS: dict[int, Approval] = {0: "approved", 1: "waiting", 2: "waiting", -1: "refused"}
ABROAD = 0
"""International: 0 is the mainland."""


async def call(line: Line, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Make one call; return what stands in ``Response``. Raises ProviderError."""
    text = json.dumps(body, ensure_ascii=False).encode()
    headers = tencent_headers(
        host=line.host,
        service=SERVICE,
        action=action,
        key_id=line.credentials.key_id,
        secret=line.credentials.secret,
        body=text,
        at=clock.now(),
    ) | {"x-tc-version": VERSION, "x-tc-region": REGION}
    document = (await line.post(action, headers=headers, body=text)).get("Response")
    if not isinstance(document, dict):
        raise NoAnswer(reason="no Response in the answer")
    error = document.get("Error")
    if isinstance(error, dict):
        raise ProviderError(str(error.get("Code", "unknown")), str(error.get("Message", "")))
    return document


def alike(text: OutgoingText) -> Hashable:
    """Return what messages of one call have in common: all but the phone, of the mainland or all from abroad."""
    return text.template_code, text.signature, text.values, text.phone.startswith("+")


async def send(line: Line, text: OutgoingText) -> str:
    """Send one message (SendSms); return its SerialNo."""
    (found,) = await send_many(line, [text])
    if isinstance(found, ProviderError):
        raise found
    return found


async def send_many(line: Line, texts: Sequence[OutgoingText]) -> list[str | ProviderError]:
    """Send the same to several phones (SendSms, document 382/55981); return each one's SerialNo, or why it was refused."""
    first = texts[0]
    document = await call(
        line,
        "SendSms",
        {
            "PhoneNumberSet": [international(text.phone) for text in texts],
            "SmsSdkAppId": line.credentials.app_id,
            "TemplateId": first.template_code,
            "SignName": first.signature,
            "TemplateParamSet": [value for _, value in first.values],
            "SessionContext": mark_of(message_id for text in texts for message_id in named_in(text.mark)),
        },
    )
    rows = document.get("SendStatusSet")
    states = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if len(states) == 1 == len(texts):
        return [_sent(states[0])]
    by_phone = {str(state.get("PhoneNumber", "")): state for state in states}
    missing = [text for text in texts if international(text.phone) not in by_phone]
    if missing:
        # Which of them went out nobody can say.
        raise NoAnswer(reason="SendStatusSet does not tell of every number")
    return [_sent(by_phone[international(text.phone)]) for text in texts]


def _sent(state: Mapping[str, Any]) -> str | ProviderError:
    if state.get("Code") != FINE:
        return ProviderError(str(state.get("Code", "unknown")), str(state.get("Message", "")))
    return str(state.get("SerialNo", ""))


async def list_templates(line: Line) -> list[PlatformTemplate]:
    """Return all templates (DescribeSmsTemplateList)."""
    found: list[PlatformTemplate] = []
    while True:
        body = {"International": ABROAD, "Limit": ROWS_A_PAGE, "Offset": len(found)}
        rows = (await call(line, "DescribeSmsTemplateList", body)).get("DescribeTemplateStatusSet") or []
        found += [_template(row) for row in rows if isinstance(row, dict)]
        if len(rows) < ROWS_A_PAGE:
            return found


async def list_signatures(line: Line, codes: list[str]) -> list[PlatformSignature]:
    """Return the signatures with these numbers (DescribeSmsSignList): the platform gives none that are not asked for."""
    numbers = [int(code) for code in codes if code.isdecimal()]
    if not numbers:
        return []
    document = await call(line, "DescribeSmsSignList", {"SignIdSet": numbers, "International": ABROAD})
    rows = document.get("DescribeSignListStatusSet") or []
    return [
        PlatformSignature(
            name=str(row.get("SignName", "")),
            code=str(row.get("SignId", "")),
            approval=APPROVALS.get(row.get("StatusCode", 1), "waiting"),
            reason=str(row.get("ReviewReply") or ""),
        )
        for row in rows
        if isinstance(row, dict)
    ]


async def pull_receipts(line: Line) -> list[Receipt]:
    """Take receipts that were not pushed off the platform's queue (PullSmsSendStatus); each is given once."""
    body = {"SmsSdkAppId": line.credentials.app_id, "Limit": ROWS_A_PAGE}
    rows = (await call(line, "PullSmsSendStatus", body)).get("PullSmsSendStatusSet") or []
    return [
        Receipt(
            serial=str(row.get("SerialNo", "")),
            phone=str(row.get("SubscriberNumber", "")),
            arrived=row.get("ReportStatus") == "SUCCESS",
            code=str(row.get("Description", "")),
            at=time_of(row.get("UserReceiveTime")),
            mark=str(row.get("SessionContext") or ""),
        )
        for row in rows
        if isinstance(row, dict)
    ]


async def pull_replies(line: Line) -> list[Reply]:
    """Take answers that were not pushed off the platform's queue (PullSmsReplyStatus); each is given once."""
    body = {"SmsSdkAppId": line.credentials.app_id, "Limit": ROWS_A_PAGE}
    rows = (await call(line, "PullSmsReplyStatus", body)).get("PullSmsReplyStatusSet") or []
    return [
        Reply(
            phone=str(row.get("SubscriberNumber", "")),
            text=str(row.get("ReplyContent", "")),
            at=time_of(row.get("ReplyTime")),
            signature=str(row.get("SignName", "")),
        )
        for row in rows
        if isinstance(row, dict)
    ]


def international(phone: str) -> str:
    """Return a number as E.164; numbers of the mainland are kept without their country code."""
    return phone if phone.startswith("+") else f"+86{phone}"


def _template(row: dict[str, Any]) -> PlatformTemplate:
    content = str(row.get("TemplateContent", ""))
    # UNCONFIRMED: whether the list says what kind a template is (SmsType, 1 for marketing). Only marketing tells how to refuse it.
    marketing = row.get("SmsType") == 1 or says_how_to_refuse(content)
    return PlatformTemplate(
        code=str(row.get("TemplateId", "")),
        name=str(row.get("TemplateName", "")),
        content=content,
        purpose="marketing" if marketing else "notice",
        approval=APPROVALS.get(row.get("StatusCode", 1), "waiting"),
        reason=str(row.get("ReviewReply") or ""),
    )
