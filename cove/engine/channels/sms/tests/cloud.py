"""The providers' stand-in as a test sees it: cloud accounts of the test's own, and what arrived on phones."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

SIGNATURE = "云岫家居"
NOTICE = "${name}您好，您预约的${time}到店体验已确认。"
MARKETING = "${name}您好，秋季新品已上架。拒收请回复R"


class Cloud:
    """One account at a provider, with a signature and two templates that are approved, and one that is not."""

    def __init__(self, url: str, provider: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/sandbox/api", timeout=60)
        self.provider, self.url = provider, f"{url}/sms/{provider}"
        self.key_id, self.secret, self.app_id = f"K{secrets.token_hex(10)}", secrets.token_hex(15), "1400001"
        self.codes = {
            name: str(secrets.randbelow(10**9) + 10**9) for name in ("notice", "marketing", "waiting", "bare")
        }
        self.save()
        self.signature_id = self.ask("POST", f"sms/accounts/{self.key_id}/signatures", name=SIGNATURE)["id"]
        self.template("notice", NOTICE)
        self.template("marketing", MARKETING, purpose=2)
        self.template("waiting", NOTICE, approval=0)
        self.template("bare", "全场八折", purpose=2)
        self.ask("DELETE", "faults")

    def save(self, **fields: Any) -> None:
        said = {"provider": self.provider, "secret": self.secret, "app_id": self.app_id} | fields
        self.ask("PUT", f"sms/accounts/{self.key_id}", **said)

    def template(self, name: str, content: str, **fields: Any) -> None:
        if self.provider == "tencent":
            content = content.replace("${name}", "{1}").replace("${time}", "{2}")
        said = {"code": self.codes[name], "name": name, "content": content} | fields
        self.ask("POST", f"sms/accounts/{self.key_id}/templates", **said)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        response = self._http.request(method, path, json=body or None)
        assert response.is_success, response.text
        return response.json()

    def got(self, phone: str) -> list[dict[str, Any]]:
        rows = self._http.get("sms/messages", params={"to": phone}).json()["items"]
        return [row for row in rows if row["key_id"] == self.key_id][::-1]

    def calls(self, action: str) -> list[dict[str, Any]]:
        query = {"path": f"/sms/{self.provider}/{action}", "limit": "1000"}
        return self._http.get("calls", params=query).json()["items"]

    def fault(self, action: str, kind: str, **parameters: Any) -> None:
        target = parameters.pop("target", "call")
        pattern = f"/sms/{self.provider}/{action}" if target == "call" else action
        self.ask("POST", "faults", target=target, pattern=pattern, kind=kind, **parameters)

    def reply(self, phone: str, text: str) -> None:
        self.ask("POST", "sms/replies", phone=phone, text=text)

    def drained(self) -> None:
        self.ask("POST", "sms/drain")

    def close(self) -> None:
        self._http.close()


def some_phone(end: str = "") -> str:
    """Return a number of the mainland that no other test uses."""
    return f"13{secrets.randbelow(10**9):09d}"[: 11 - len(end)] + end if end else f"139{secrets.randbelow(10**6):06d}88"
