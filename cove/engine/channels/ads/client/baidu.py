"""Baidu's 基木鱼 leads and its oCPC conversions (facts D3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.client.reading import china_text, moment
from cove.engine.channels.ads.contracts.leads import BASE_URLS, Conversion, Lead
from cove.engine.channels.ads.errors import PlatformError

LIST = "/json/sms/service/LeadsNoticeService/getNoticeList"
# UNCONFIRMED (general knowledge): host, path and fields of conversions.
OCPC_URL, OCPC = "https://ocpc.baidu.com", "/ocpcapi/api/uploadConvertData"
SOLUTIONS = ("form", "phone", "consult", "wechat", "callback", "follow")
ROWS_A_PAGE = 1000
MOST_PAGES = 20


async def pull(line: Line, since: datetime, until: datetime) -> list[Lead]:
    """Return the leads made between two moments at most thirty days apart, of each kind of page."""
    found: list[Lead] = []
    for solution in SOLUTIONS:
        for page in range(1, MOST_PAGES + 1):
            body = {
                "header": {"userName": line.credentials.outer_id, "accessToken": line.credentials.token},
                "body": {
                    "solutionType": solution,
                    "startDate": china_text(since),
                    "endDate": china_text(until),
                    "pageNo": page,
                    "pageSize": ROWS_A_PAGE,
                },
            }
            rows = _rows(await line.call("POST", LIST, body=body))
            found += [one for row in rows if isinstance(row, dict) and (one := lead(row))]
            if len(rows) < ROWS_A_PAGE:
                break
    return found


async def report(line: Line, conversion: Conversion) -> None:
    """Say what became of a click: Baidu knows it by the landing page's whole address with its bd_vid."""
    body = {
        "token": line.credentials.secret,
        "conversionTypes": [{"logidUrl": conversion.url, "newType": int(conversion.code)}],
    }
    base = OCPC_URL if line.credentials.base_url == BASE_URLS["baidu"] else line.credentials.base_url
    header = (await line.call("POST", OCPC, body=body, base_url=base)).get("header") or {}
    if header.get("status") != 0:
        raise PlatformError("baidu", str(header.get("status")), str(header.get("desc", "")))


def lead(row: Mapping[str, Any]) -> Lead | None:
    """Return a lead of the platform's document, None without a number."""
    number = row.get("clueId")
    if not number:
        return None
    campaign = row.get("campaignName") or row.get("siteName") or ""
    return Lead(str(number)[:100], moment(row.get("commitTime")), dict(row), "", str(campaign)[:200])


def _rows(document: Mapping[str, Any]) -> list[Any]:
    header = document.get("header") or {}
    if header.get("status") != 0:
        failures = header.get("failures") or [{}]
        code = failures[0].get("code") if isinstance(failures[0], dict) else None
        raise PlatformError("baidu", str(code or header.get("status")), str(header.get("desc", "")))
    data = (document.get("body") or {}).get("data") or [{}]
    return list(data[0].get("noticeDetailList") or [])
