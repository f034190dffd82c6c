"""Ocean Engine's Feiyu: leads pulled with key and token (facts D1)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.client.reading import moment
from cove.engine.channels.ads.contracts.leads import BASE_URLS, Conversion, Lead
from cove.engine.channels.ads.errors import PlatformError
from cove.kernel import clock

PULL = "/crm/v2/openapi/pull-clues/"
FEEDBACK = "/crm/v2/openapi/clue/callback/"
# What concerns clicks is a call of the Open API, which has another host than Feiyu.
OPEN_URL, CLICK_FEEDBACK = "https://ad.oceanengine.com", "/open_api/2/tools/clue/callback/"
ROWS_A_PAGE = 100


def signature(key: str, said: str) -> str:
    """Return base64 of the hex of HMAC-SHA256; `said` is the path with its times, a blank, the timestamp."""
    return base64.b64encode(hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest().encode()).decode()


async def pull(line: Line, since: datetime, until: datetime) -> list[Lead]:
    """Return the leads made between two moments that are at most seven days apart, page by page."""
    found: list[Lead] = []
    span = urlencode({"start_time": int(since.timestamp()), "end_time": int(until.timestamp())})
    page = 1
    while True:
        query = f"{span}&page={page}&page_size={ROWS_A_PAGE}"
        document = await line.call("GET", PULL, query=query, headers=_signed(line, f"{PULL}?{span}"))
        _check(document)
        rows = [row for row in document.get("data") or [] if isinstance(row, dict)]
        found += [one for one in map(lead, rows) if one is not None]
        if len(rows) < ROWS_A_PAGE:
            return found
        page += 1


async def report(line: Line, conversion: Conversion) -> None:
    """Say what became of a lead, or of a click where there is no lead."""
    if conversion.number:
        body: dict[str, Any] = {"clue_id": conversion.number, "clue_convert_state": int(conversion.code)}
        _check(await line.call("POST", FEEDBACK, headers=_signed(line, FEEDBACK), body=body))
        return
    body = {
        "advertiser_ids": [line.credentials.outer_id],
        "click_id": conversion.click_id,
        "clue_convert_state": int(conversion.code),
        "source": 1,
    }
    base = OPEN_URL if line.credentials.base_url == BASE_URLS["ocean"] else line.credentials.base_url
    headers = {"Access-Token": line.credentials.token}
    document = await line.call("POST", CLICK_FEEDBACK, headers=headers, body=body, base_url=base)
    if document.get("code") != 0:
        raise PlatformError("ocean", str(document.get("code")), str(document.get("message", "")))


def lead(row: Mapping[str, Any]) -> Lead | None:
    """Return a lead of the platform's document, None without a number; pushed ones are read with the same names."""
    number = row.get("clue_id") or row.get("id")
    if not number:
        return None
    campaign = row.get("promotion_name") or row.get("ad_plan_name") or row.get("ad_name") or row.get("module_name")
    click = row.get("click_id") or row.get("req_id") or ""
    return Lead(
        str(number)[:100], moment(row.get("create_time")), dict(row), str(click)[:500], str(campaign or "")[:200]
    )


def _signed(line: Line, path: str) -> dict[str, str]:
    now = str(int(clock.now().timestamp()))
    return {
        "Signature": signature(line.credentials.secret, f"{path} {now}"),
        "Timestamp": now,
        "Access-Token": line.credentials.token,
        "Content-Type": "application/json",
    }


def _check(document: Mapping[str, Any]) -> None:
    if document.get("status") != 0:
        raise PlatformError("ocean", str(document.get("status")), str(document.get("msg", "")))
