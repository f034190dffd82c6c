"""What the doors of all clouds share: ordered misbehaviour and the log of calls."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import faults
from sandbox.wecom.gate import DroppedResponse
from sandbox.world import World

Handle = Callable[[World, Request, bytes], tuple[int, dict[str, Any]]]


async def serve(request: Request, name: str, handle: Handle) -> Response:
    """Answer one call called `name` (``/sms/aliyun/SendSms``): as `handle` says, unless misbehaviour was ordered."""
    world: World = request.app.state.world
    body, started = await request.body(), time.perf_counter()
    fault = faults.take(world, "call", name)
    after = bool(fault and fault.parameters.get("after"))
    if fault is not None and fault.kind == "delay":
        await asyncio.sleep(fault.number("seconds", 1))
    spoiled: Response | None = None
    if fault is not None and fault.kind in ("http", "errcode"):
        spoiled = Response("Bad Gateway", int(fault.number("status", 502)), media_type="text/plain")
    if fault is not None and fault.kind == "drop":
        spoiled = DroppedResponse()
    answer = None
    if spoiled is None or after:
        status, document = handle(world, request, body)
        answer = JSONResponse(document, status)
    response = spoiled or answer
    assert response is not None
    world.storage.insert(
        "calls",
        at=time.time() + world.clock_offset,
        corp_id="",
        agent_id=None,
        method=request.method,
        path=name,
        query=dict(request.query_params),
        request=body[: 1 << 16].decode(errors="replace"),
        status=0 if isinstance(response, DroppedResponse) else response.status_code,
        errcode=None,
        response=json.dumps(json.loads(bytes(answer.body)) if answer else {}, ensure_ascii=False),
        fault=fault.kind if fault else "",
        milliseconds=round((time.perf_counter() - started) * 1000, 2),
    )
    return response
