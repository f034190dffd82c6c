"""Pushing receipts and answers to whoever entered an address, as each provider writes them."""

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx

from sandbox import faults
from sandbox.sms import rules
from sandbox.storage import Row
from sandbox.world import World

ATTEMPTS = 4
CHINA = timezone(timedelta(hours=8))


class Carrier:
    """Ends messages a moment after they were sent and tells it. Pauses are those of callbacks, so that tests need not wait."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, message: Row) -> None:
        """Carry a message in the background."""
        self._start(self._carry(message))

    def answered(self, reply: Row) -> None:
        """Tell an answer in the background."""
        self._start(self._tell("replies", reply))

    async def drain(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    async def stop(self) -> None:
        """Stop telling."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*list(self._tasks), return_exceptions=True)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, message: Row) -> None:
        await asyncio.sleep(self.world.settings.callback_pause)
        ended = rules.carry(self.world, message)
        if ended is not None:
            await self._tell("receipts", ended)

    async def _tell(self, what: str, row: Row) -> None:
        account = self.world.storage.row("SELECT * FROM sms_accounts WHERE key_id=?", row["key_id"])
        url = account[f"{what}_url"] if account else ""
        fault = faults.take(self.world, "callback", f"sms_{what}")
        if account is None or not url or (fault is not None and fault.kind == "lose"):
            return
        if fault is not None and fault.kind == "late":
            await asyncio.sleep(fault.number("seconds", 1))
        body = written(account["provider"], what, row)
        times = 2 if fault is not None and fault.kind == "duplicate" else 1
        for _ in range(times):
            if await self._push(url, account["provider"], body):
                table = "sms_messages" if what == "receipts" else "sms_replies"
                self.world.storage.change(f"UPDATE {table} SET told=1 WHERE id=?", row["id"])  # noqa: S608 -- one of two

    async def _push(self, url: str, provider: str, body: Any) -> bool:
        for _ in range(ATTEMPTS):
            try:
                response = await self.world.client.post(
                    url,
                    content=json.dumps(body, ensure_ascii=False).encode(),
                    headers={"content-type": "application/json"},
                )
                said = response.json()
            except (httpx.HTTPError, httpx.InvalidURL, ValueError):
                said = {}
            # Only the number counts.
            if isinstance(said, dict) and said.get("code" if provider == "aliyun" else "result") == 0:
                return True
            await asyncio.sleep(self.world.settings.callback_pause)
        return False


def written(provider: str, what: str, row: Row) -> Any:
    """Return a receipt or an answer as the provider writes it."""
    if what == "receipts":
        return [_aliyun_receipt(row) if provider == "aliyun" else _tencent_receipt(row)]
    if provider == "aliyun":
        return [
            {
                "phone_number": row["phone"],
                "send_time": china(row["at"]),
                "content": row["text"],
                "sign_name": row["signature"],
                "dest_code": "1",
                "sequence_id": row["id"],
            }
        ]
    return {
        "extend": "",
        "mobile": row["phone"],
        "nationcode": "86",
        "sign": row["signature"],
        "text": row["text"],
        "time": row["at"],
    }


def china(at: int | None) -> str:
    """Return a time as providers write it."""
    return datetime.fromtimestamp(at or 0, UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def _aliyun_receipt(row: Row) -> dict[str, Any]:
    return {
        "phone_number": row["phone"],
        "send_time": china(row["at"]),
        "report_time": china(row["ended_at"]),
        "success": row["state"] == "arrived",
        "err_code": row["code"],
        "err_msg": "用户接收成功" if row["state"] == "arrived" else row["code"],
        "sms_size": str(row["parts"]),
        "biz_id": row["serial"],
        "out_id": row["mark"],
    }


def _tencent_receipt(row: Row) -> dict[str, Any]:
    good = row["state"] == "arrived"
    return {
        "user_receive_time": china(row["ended_at"]),
        "nationcode": "86",
        "mobile": row["phone"],
        "report_status": "SUCCESS" if good else "FAIL",
        "errmsg": "DELIVRD" if good else row["code"],
        "description": "用户短信送达成功" if good else row["code"],
        "sid": row["serial"],
    }
