"""The platforms' doors: Feiyu with its signature, Tencent Ads with nonce and time, Baidu with name and token."""

import base64
import hashlib
import hmac
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.ads.leads import between, seconds, written
from sandbox.doors import serve
from sandbox.storage import Row
from sandbox.world import World

TOLERANCE = 300
WEEK = 7 * 86400
MONTH = 30 * 86400
YEAR = 366 * 86400
FEIYU_ROWS, TENCENT_ROWS, BAIDU_ROWS = 100, 200, 5000
WRONG_TOKEN, WRONG_TIME, WRONG_SPAN = 11000, 11004, 18001


def _ocean(world: World, request: Request, body: bytes) -> tuple[int, dict[str, Any]]:
    account = world.storage.row(
        "SELECT * FROM ads_accounts WHERE platform='ocean' AND token=?", request.headers.get("access-token", "")
    )
    path = request.url.path.removeprefix("/ads/ocean")
    if account is None:
        return 200, {"status": -1, "msg": "access token error"}
    if path.startswith("/open_api/"):
        said = json.loads(body)
        _keep(world, account, "", str(said["click_id"]), str(said["clue_convert_state"]))
        return 200, {"code": 0, "message": "OK", "data": {}}
    query = request.query_params
    span = f"?start_time={query.get('start_time')}&end_time={query.get('end_time')}" if request.method == "GET" else ""
    if not _signed(world, request, account, f"{path}{span}"):
        return 200, {"status": -2, "msg": "signature error"}
    if request.method == "POST":
        said = json.loads(body)
        _keep(world, account, str(said["clue_id"]), "", str(said["clue_convert_state"]))
        return 200, {"status": 0, "msg": "ok"}
    since, until = int(query["start_time"]), int(query["end_time"])
    if until - since > WEEK:
        return 200, {"status": -1, "msg": "time span"}
    found = between(world, "ocean", account["outer_id"], since, until)
    size, page = min(int(query.get("page_size", "10")), FEIYU_ROWS), int(query.get("page", "1"))
    shown = [written(row) for row in found[(page - 1) * size : page * size]]
    return 200, {"status": 0, "msg": "ok", "count": len(found), "data": shown}


def _signed(world: World, request: Request, account: Row, said: str) -> bool:
    at = request.headers.get("timestamp", "")
    if not at.isdecimal() or abs(world.now() - int(at)) > TOLERANCE:
        return False
    digest = hmac.new(account["secret"].encode(), f"{said} {at}".encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(base64.b64encode(digest.encode()).decode(), request.headers.get("signature", ""))


def _tencent(world: World, request: Request, body: bytes) -> tuple[int, dict[str, Any]]:
    query = request.query_params
    account = world.storage.row(
        "SELECT * FROM ads_accounts WHERE platform='tencent' AND token=?", query.get("access_token", "")
    )
    if account is None:
        return 200, {"code": WRONG_TOKEN, "message": "invalid access token", "message_cn": "access_token 无效"}
    nonce, at = query.get("nonce", ""), query.get("timestamp", "")
    used = world.storage.value("SELECT 1 FROM ads_nonces WHERE nonce=?", nonce)
    if used or not 0 < len(nonce) <= 32 or not at.isdecimal() or abs(world.now() - int(at)) > TOLERANCE:  # noqa: PLR2004 -- the platform's
        return 200, {"code": WRONG_TIME, "message": "nonce or timestamp", "message_cn": "nonce 或 timestamp 无效"}
    world.storage.insert("ads_nonces", nonce=nonce)
    if request.method == "POST":
        for one in json.loads(body)["leads_action_type_report_list"]:
            _keep(world, account, str(one.get("leads_id", "")), str(one.get("click_id", "")), one["action_type"])
        return 200, {"code": 0, "message": "", "data": {}}
    span = json.loads(query["time_range"])
    if span["end_time"] - span["start_time"] > YEAR:
        return 200, {"code": WRONG_SPAN, "message": "time_range", "message_cn": "时间范围过长"}
    found = between(world, "tencent", account["outer_id"], span["start_time"], span["end_time"])
    size, page = min(int(query.get("page_size", "10")), TENCENT_ROWS), int(query.get("page", "1"))
    shown = [written(row) for row in found[(page - 1) * size : page * size]]
    info = {"page": page, "page_size": size, "total_number": len(found)}
    return 200, {"code": 0, "message": "", "data": {"leads_info": shown, "page_info": info}}


def _baidu(world: World, request: Request, body: bytes) -> tuple[int, dict[str, Any]]:
    said = json.loads(body)
    if request.url.path.endswith("uploadConvertData"):
        account = world.storage.row("SELECT * FROM ads_accounts WHERE platform='baidu' AND secret=?", said["token"])
        if account is None:
            return 200, {"header": {"status": 4, "desc": "token"}}
        for one in said["conversionTypes"]:
            _keep(world, account, "", one["logidUrl"], str(one["newType"]))
        return 200, {"header": {"status": 0, "desc": "success"}}
    asked, header = said["body"], said["header"]
    account = world.storage.row(
        "SELECT * FROM ads_accounts WHERE platform='baidu' AND outer_id=? AND token=?",
        header["userName"],
        header["accessToken"],
    )
    if account is None:
        return 200, {"header": {"status": 2, "desc": "failure", "failures": [{"code": 2, "message": "token"}]}}
    since, until = seconds(asked["startDate"]), seconds(asked["endDate"])
    if until - since > MONTH:
        return 200, {"header": {"status": 2, "desc": "failure", "failures": [{"code": 901, "message": "date"}]}}
    found = between(world, "baidu", account["outer_id"], since, until) if asked["solutionType"] == "form" else []
    size, page = min(int(asked["pageSize"]), BAIDU_ROWS), int(asked["pageNo"])
    shown = [written(row) for row in found[(page - 1) * size : page * size]]
    data = [{"totalNum": len(found), "noticeDetailList": shown}]
    return 200, {"header": {"status": 0, "desc": "success", "failures": []}, "body": {"data": data}}


def _keep(world: World, account: Row, number: str, click: str, code: str) -> None:
    world.storage.insert(
        "ads_reports",
        platform=account["platform"],
        outer_id=account["outer_id"],
        number=number,
        click=click,
        code=code,
        at=world.now(),
    )


async def ocean(request: Request) -> Response:
    """Answer a call of Feiyu or of the Open API."""
    return await serve(request, request.url.path, _ocean)


async def tencent(request: Request) -> Response:
    """Answer a call of Tencent Ads."""
    return await serve(request, request.url.path, _tencent)


async def baidu(request: Request) -> Response:
    """Answer a call of Baidu."""
    return await serve(request, request.url.path, _baidu)


routes = [
    Route("/ads/ocean/crm/v2/openapi/pull-clues/", ocean, methods=["GET"]),
    Route("/ads/ocean/crm/v2/openapi/clue/callback/", ocean, methods=["POST"]),
    Route("/ads/ocean/open_api/2/tools/clue/callback/", ocean, methods=["POST"]),
    Route("/ads/tencent/v3.0/leads_list/get", tencent, methods=["GET"]),
    Route("/ads/tencent/v3.0/leads_action_type_report/add", tencent, methods=["POST"]),
    Route("/ads/baidu/json/sms/service/LeadsNoticeService/getNoticeList", baidu, methods=["POST"]),
    Route("/ads/baidu/ocpcapi/api/uploadConvertData", baidu, methods=["POST"]),
]
