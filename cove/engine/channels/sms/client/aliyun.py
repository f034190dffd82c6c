"""Aliyun's dysmsapi 2017-05-25, over RPC with parameters in the query (facts D4; signature document 2593177)."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any

from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.client.signing import aliyun_headers, aliyun_query
from cove.engine.channels.sms.client.times import CHINA, china_time
from cove.engine.channels.sms.contracts.accounts import (
    Approval,
    OutgoingText,
    PlatformSignature,
    PlatformTemplate,
    Purpose,
    Receipt,
)
from cove.engine.channels.sms.errors import NoAnswer, ProviderError
from cove.kernel import clock

VERSION = "2017-05-25"
FINE = "OK"
ROWS_A_PAGE = 50

# UNCONFIRMED (no public source in the fact sheet; general knowledge): names of the states and types of the two lists.
APPROVALS: dict[str, Approval] = {
    "AUDIT_STATE_INIT": "waiting",
    "AUDIT_STATE_PASS": "approved",
    "AUDIT_STATE_NOT_PASS": "refused",
    "AUDIT_STATE_CANCEL": "refused",
}
PURPOSES: dict[str, Purpose] = {"0": "code", "1": "notice", "2": "marketing", "6": "marketing", "7": "marketing"}
SENT_STATES = {2: False, 3: True}
"""QuerySendDetails: 1 waits for its receipt, 2 failed, 3 arrived."""


async def call(line: Line, action: str, **parameters: str) -> dict[str, Any]:
    """Make one call; return the document. Raises ProviderError for every code but OK."""
    query = aliyun_query(parameters)
    headers = aliyun_headers(
        host=line.host,
        action=action,
        version=VERSION,
        query=query,
        key_id=line.credentials.key_id,
        secret=line.credentials.secret,
        nonce=secrets.token_hex(16),
        at=clock.now(),
    )
    document = await line.post(action, query=query, headers=headers)
    code = str(document.get("Code", ""))
    if code != FINE:
        raise ProviderError(code or "unknown", str(document.get("Message", "")))
    return document


async def send(line: Line, text: OutgoingText) -> str:
    """Send one message (SendSms); return its BizId."""
    document = await call(
        line,
        "SendSms",
        PhoneNumbers=text.phone,
        SignName=text.signature,
        TemplateCode=text.template_code,
        TemplateParam=json.dumps(dict(text.values), ensure_ascii=False),
        OutId=text.mark,
    )
    serial = document.get("BizId")
    if not serial:
        raise NoAnswer(reason="no BizId in the answer")
    return str(serial)


async def list_templates(line: Line) -> list[PlatformTemplate]:
    """Return all templates (QuerySmsTemplateList)."""
    return [_template(row) for row in await _pages(line, "QuerySmsTemplateList", "SmsTemplateList")]


async def list_signatures(line: Line, codes: list[str]) -> list[PlatformSignature]:  # noqa: ARG001 -- every provider's signature
    """Return all signatures (QuerySmsSignList)."""
    return [_signature(row) for row in await _pages(line, "QuerySmsSignList", "SmsSignList")]


async def fetch_receipt(line: Line, *, serial: str, phone: str, sent_at: datetime) -> Receipt | None:
    """Return what became of a message (QuerySendDetails), None while nothing is known."""
    document = await call(
        line,
        "QuerySendDetails",
        PhoneNumber=phone,
        BizId=serial,
        SendDate=sent_at.astimezone(CHINA).strftime("%Y%m%d"),
        PageSize="10",
        CurrentPage="1",
    )
    rows = (document.get("SmsSendDetailDTOs") or {}).get("SmsSendDetailDTO") or []
    found = next((row for row in rows if row.get("SendStatus") in SENT_STATES), None)
    if found is None:
        return None
    return Receipt(
        serial=serial,
        phone=phone,
        arrived=SENT_STATES[found["SendStatus"]],
        code=str(found.get("ErrCode", "")),
        at=china_time(found.get("ReceiveDate")),
        mark=str(found.get("OutId", "")),
    )


async def _pages(line: Line, action: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    page = 1
    while True:
        document = await call(line, action, PageIndex=str(page), PageSize=str(ROWS_A_PAGE))
        rows = [row for row in document.get(name) or [] if isinstance(row, dict)]
        found += rows
        if len(rows) < ROWS_A_PAGE:
            return found
        page += 1


def _template(row: dict[str, Any]) -> PlatformTemplate:
    reason = row.get("Reason")
    return PlatformTemplate(
        code=str(row.get("TemplateCode", "")),
        name=str(row.get("TemplateName", "")),
        content=str(row.get("TemplateContent", "")),
        purpose=PURPOSES.get(str(row.get("OuterTemplateType", row.get("TemplateType", ""))), "notice"),
        approval=APPROVALS.get(str(row.get("AuditStatus")), "waiting"),
        reason=str(reason.get("RejectInfo") or "") if isinstance(reason, dict) else "",
    )


def _signature(row: dict[str, Any]) -> PlatformSignature:
    reason = row.get("Reason")
    return PlatformSignature(
        name=str(row.get("SignName", "")),
        code=str(row.get("OrderId", "")),
        approval=APPROVALS.get(str(row.get("AuditStatus")), "waiting"),
        reason=str(reason.get("RejectInfo") or "") if isinstance(reason, dict) else "",
    )
