"""The stand-in of the platform as a test sees it: accounts of the test's own, people who act, calls that were made."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
TOKEN = "QDG6eK"


class Weixin:
    """The platform with one account."""

    def __init__(self, url: str, kind: str = "official", name: str = "云岫家居") -> None:
        self._http = httpx.Client(base_url=f"{url}/sandbox/api", timeout=60)
        self.base_url = f"{url}/weixin"
        made = self.ask("POST", "weixin/apps", kind=kind, name=name, app_id="wx" + secrets.token_hex(8))
        self.kind, self.name, self.app_id = kind, name, made["app_id"]
        self.secret, self.original_id = made["secret"], made["original_id"]
        self.ask("DELETE", "faults")

    def ask(self, method: str, path: str, **body: Any) -> Any:
        response = self._http.request(method, path, json=body or None)
        assert response.is_success, response.text
        return response.json()

    def person(self, name: str = "林晓雨") -> int:
        return int(self.ask("POST", "persons", name=name, gender=2)["id"])

    def unionid(self, person: int) -> str:
        rows = self.ask("GET", "persons")["items"]
        return next(row["unionid"] for row in rows if row["id"] == person)

    def act(self, person: int, what: str, **said: Any) -> str:
        return str(self.ask("POST", f"weixin/apps/{self.app_id}/people/{person}/{what}", **said)["openid"])

    def code(self, person: int, purpose: str, **said: Any) -> str:
        path = f"weixin/apps/{self.app_id}/people/{person}/codes"
        return str(self.ask("POST", path, purpose=purpose, **said)["code"])

    def chat(self, person: int) -> list[tuple[str, Any]]:
        """What the account said to somebody: kind and body of each message."""
        shown = self.ask("GET", f"weixin/apps/{self.app_id}/people/{person}")
        return [(one["kind"], one["body"]) for one in shown["messages"] if one["sender"] == "account"]

    def texts(self, person: int) -> list[str]:
        return [body["content"] for kind, body in self.chat(person) if kind == "text"]

    def template(self, form: str, title: str, content: str) -> str:
        path = f"weixin/apps/{self.app_id}/templates"
        return str(self.ask("POST", path, form=form, title=title, content=content)["template_id"])

    def fault(self, pattern: str, kind: str, **parameters: Any) -> None:
        target = parameters.pop("target", "call")
        name = f"/weixin/{pattern}" if target == "call" else pattern
        self.ask("POST", "faults", target=target, pattern=name, kind=kind, **parameters)

    def calls(self, path: str) -> list[dict[str, Any]]:
        query = {"path": f"/weixin/{path}", "limit": "1000"}
        rows = self._http.get("calls", params=query).json()["items"]
        mine = [row for row in rows if row["corp_id"] == self.app_id or self.app_id in str(row["request"])]
        return mine[::-1]

    def callbacks_to(self, url: str, mode: str = "safe", *, verify: bool = True) -> None:
        path = f"weixin/apps/{self.app_id}/callback"
        self.ask("PUT", path, url=url, token=TOKEN, aes_key=AES_KEY, mode=mode, verify=verify)

    def expire_tokens(self) -> None:
        self.ask("POST", f"weixin/apps/{self.app_id}/expire-tokens")

    def drained(self) -> None:
        self.ask("POST", "callbacks/drain")

    def close(self) -> None:
        self._http.close()
