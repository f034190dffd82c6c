"""Aliyun's dysmsapi 2017-05-25, over RPC with parameters in the query (facts D4; signature document 2593177)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Hashable, Mapping, Sequence
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
from cove.engine.channels.sms.contracts.marks import mark_of, named_in
from cove.engine.channels.sms.errors import NoAnswer, ProviderError
from cove.kernel import clock

VERSION = "2017-05-25"
FINE = "OK"
ROWS_A_PAGE = 50
MOST_AT_ONCE = 100

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


async def call(line: Line, action: str, form: Mapping[str, str] | None = None, **parameters: str) -> dict[str, Any]:
    """Make one call, with a form as its body if one is given; return the document. Raises ProviderError for every code but OK."""
    query, body = aliyun_query(parameters), aliyun_query(form or {}).encode()
    headers = aliyun_headers(
        host=line.host,
        action=action,
        version=VERSION,
        query=query,
        key_id=line.credentials.key_id,
        secret=line.credentials.secret,
        nonce=secrets.token_hex(16),
        at=clock.now(),
        body=body,
    )
    document = await line.post(action, query=query, headers=headers, body=body)
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
        TemplateParam=_json(dict(text.values)),
        OutId=text.mark,
    )
    return _serial(document)


def alike(text: OutgoingText) -> Hashable:
    """Return what messages of one call have in common: the template; signatures and variables are each one's own."""
    return text.template_code


async def send_many(line: Line, texts: Sequence[OutgoingText]) -> list[str | ProviderError]:
    """Send messages of one template (SendBatchSms, document 102364); all get the one BizId of the call.

    UNCONFIRMED: that a call that is refused because of one number sent nothing to the others; the list of codes speaks of calls only.
    """
    # The lists stand in the body, as the provider's own clients write them: an address has no room for a hundred.
    lists = {
        "PhoneNumberJson": _json([text.phone for text in texts]),
        "SignNameJson": _json([text.signature for text in texts]),
        "TemplateParamJson": _json([dict(text.values) for text in texts]),
    }
    document = await call(
        line,
        "SendBatchSms",
        lists,
        TemplateCode=texts[0].template_code,
        OutId=mark_of(message_id for text in texts for message_id in named_in(text.mark)),
    )
    return [_serial(document)] * len(texts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _serial(document: dict[str, Any]) -> str:
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
