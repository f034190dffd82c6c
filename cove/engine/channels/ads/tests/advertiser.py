"""The platforms' stand-in as a test sees it: an advertiser's account of the test's own, and people who leave their data."""

from __future__ import annotations

import secrets
import time
from typing import Any

import httpx

from cove.engine.channels.ads.commands.accounts import Access, add_account


class Advertiser:
    def __init__(self, url: str, platform: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/sandbox/api", timeout=60)
        self.platform, self.url = platform, f"{url}/ads/{platform}"
        self.outer_id, self.token, self.secret = (
            str(secrets.randbelow(10**9)),
            secrets.token_hex(16),
            secrets.token_hex(8),
        )
        self.save()
        self.ask("DELETE", "faults")

    def save(self, **fields: Any) -> None:
        self.ask("PUT", f"ads/{self.platform}/{self.outer_id}", token=self.token, secret=self.secret, **fields)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        response = self._http.request(method, path, json=body or None)
        assert response.is_success, response.text
        return response.json()

    def lead(self, *, age: float = 60, **fields: str) -> dict[str, Any]:
        said = {"name": "林晓雨", "phone": "13900001111", "campaign": "秋季获客"} | fields
        at = int(time.time() - age)
        return self.ask("POST", f"ads/{self.platform}/{self.outer_id}/leads", fields=said, at=at)

    def reports(self) -> list[dict[str, Any]]:
        return self.ask("GET", f"ads/{self.platform}/{self.outer_id}/reports")["items"]

    def fault(self, kind: str, **parameters: Any) -> None:
        self.ask("POST", "faults", pattern=f"/ads/{self.platform}/*", kind=kind, **parameters)

    def connect(self, actor: Any) -> Any:
        access = Access(f"账号{self.outer_id}", self.outer_id, self.url, self.token, self.secret)
        return add_account(actor, platform=self.platform, access=access)

    def close(self) -> None:
        self._http.close()
