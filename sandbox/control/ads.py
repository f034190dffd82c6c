"""Scripting advertising platforms: accounts, people who leave their data, and what was reported."""

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.ads.leads import PLATFORMS, leave, written
from sandbox.control.bodies import body_of, number, text, world_of
from sandbox.people.errors import RefusedError

MOST = 200


async def put_account(request: Request) -> Response:
    """PUT ads/{platform}/{outer_id} {token, secret, push_url}: make or change an advertiser's account."""
    world, body = world_of(request), await body_of(request)
    platform, outer_id = request.path_params["platform"], request.path_params["outer_id"]
    if platform not in PLATFORMS:
        raise RefusedError("bad_platform", f"platform must be one of {', '.join(PLATFORMS)}", 400)
    world.storage.run(
        "INSERT INTO ads_accounts (platform, outer_id, token, secret, push_url) VALUES (?,?,?,?,?) ON CONFLICT"
        " (platform, outer_id) DO UPDATE SET token=excluded.token, secret=excluded.secret, push_url=excluded.push_url",
        platform,
        outer_id,
        text(body, "token"),
        text(body, "secret", ""),
        text(body, "push_url", ""),
    )
    return JSONResponse({"outer_id": outer_id})


async def leave_data(request: Request) -> Response:
    """POST ads/{platform}/{outer_id}/leads {fields: {name, phone, campaign, click_id, …}, at, push}: somebody leaves his data."""
    world, body = world_of(request), await body_of(request)
    platform, outer_id = request.path_params["platform"], request.path_params["outer_id"]
    fields = body.get("fields")
    if not isinstance(fields, dict):
        raise RefusedError("bad_field", "fields must be an object.", 400)
    said = {str(name): str(value) for name, value in fields.items()}
    row = leave(world, platform, outer_id, said, number(body, "at", world.now()))
    account = world.storage.row("SELECT * FROM ads_accounts WHERE platform=? AND outer_id=?", platform, outer_id)
    status = None
    if account and account["push_url"]:
        try:
            status = (await world.client.post(account["push_url"], json={"data": [written(row)]})).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            status = 0
    return JSONResponse({"number": row["number"], "pushed": status}, 201)


async def list_reports(request: Request) -> Response:
    """GET ads/{platform}/{outer_id}/reports: what was reported of leads and clicks, oldest first."""
    rows = world_of(request).storage.rows(
        "SELECT * FROM ads_reports WHERE platform=? AND outer_id=? ORDER BY id LIMIT ?",
        request.path_params["platform"],
        request.path_params["outer_id"],
        MOST,
    )
    return JSONResponse({"items": rows})


routes = [
    Route("/ads/{platform}/{outer_id}", put_account, methods=["PUT"]),
    Route("/ads/{platform}/{outer_id}/leads", leave_data, methods=["POST"]),
    Route("/ads/{platform}/{outer_id}/reports", list_reports, methods=["GET"]),
]
