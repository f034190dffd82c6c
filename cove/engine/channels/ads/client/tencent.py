"""Tencent Ads v3.0: leads_list/get and leads_action_type_report/add (facts D2)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.client.reading import moment
from cove.engine.channels.ads.contracts.leads import Conversion, Lead
from cove.engine.channels.ads.errors import PlatformError
from cove.kernel import clock

LIST, REPORT = "/v3.0/leads_list/get", "/v3.0/leads_action_type_report/add"
ROWS_A_PAGE = 200
MOST_PAGES = 50


async def pull(line: Line, since: datetime, until: datetime) -> list[Lead]:
    """Return the leads made between two moments, page by page."""
    found: list[Lead] = []
    for page in range(1, MOST_PAGES + 1):
        span = {"start_time": int(since.timestamp()), "end_time": int(until.timestamp())}
        asked = {
            "account_id": line.credentials.outer_id,
            "time_range": json.dumps(span),
            "time_type": "TIME_TYPE_CREATED_TIME",
            "page": page,
            "page_size": ROWS_A_PAGE,
        }
        document = await line.call("GET", LIST, query=urlencode(_common(line) | asked))
        rows = _data(document).get("leads_info") or []
        found += [one for row in rows if isinstance(row, dict) and (one := lead(row))]
        if len(rows) < ROWS_A_PAGE:
            break
    return found


async def report(line: Line, conversion: Conversion) -> None:
    """Say what became of a lead, or of a click where there is no lead."""
    match, name, value = "LEADSID", "leads_id", conversion.number
    if not conversion.number:
        match, name, value = "CLICKID", "click_id", conversion.click_id
    body = {
        "account_id": _number(line.credentials.outer_id),
        "match_type": match,
        "leads_action_type_report_list": [{name: _number(value), "action_type": conversion.code}],
    }
    _data(await line.call("POST", REPORT, query=urlencode(_common(line)), body=body))


def lead(row: Mapping[str, Any]) -> Lead | None:
    """Return a lead of the platform's document, None without a number; pushed ones spell the phone `leads_tel`."""
    number = row.get("leads_id")
    if not number:
        return None
    raw = dict(row)
    if "leads_tel" in raw:
        raw.setdefault("leads_telephone", raw["leads_tel"])
    campaign = row.get("adgroup_name") or row.get("campaign_name") or row.get("page_name") or ""
    at = moment(row.get("leads_create_time") or row.get("leads_action_time"))
    return Lead(str(number)[:100], at, raw, str(row.get("click_id") or "")[:500], str(campaign)[:200])


def _common(line: Line) -> dict[str, Any]:
    return {
        "access_token": line.credentials.token,
        "timestamp": int(clock.now().timestamp()),
        "nonce": secrets.token_hex(16),
    }


def _data(document: Mapping[str, Any]) -> Mapping[str, Any]:
    if document.get("code") != 0:
        said = document.get("message_cn") or document.get("message") or ""
        raise PlatformError("tencent", str(document.get("code")), str(said))
    data = document.get("data")
    return data if isinstance(data, dict) else {}


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() else text
