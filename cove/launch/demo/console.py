"""The console as a member's browser uses it, for setting the demo up."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx

PATIENCE = 240.0
"""Seconds for one answer: a small machine that starts everything at once is slow."""


class Console:
    """A signed-in session over HTTP; every call raises httpx.HTTPStatusError with the answer's text when refused."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._http = httpx.Client(base_url=base_url, timeout=PATIENCE, headers={"Accept-Language": "zh-CN"})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def sign_in(self, email: str, password: str) -> bool:
        """Sign in as the console's page does; return whether it went."""
        answer = self._http.post("/api/session", json={"email": email, "password": password})
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return False
        answer.raise_for_status()
        self._http.headers["X-CSRFToken"] = answer.json()["csrf_token"]
        return True

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call the API and return its JSON, or None for an empty answer."""
        answer = self._http.request(method, path, json=body)
        if answer.is_error:
            raise httpx.HTTPStatusError(
                f"{method} {path}: {answer.status_code} {answer.text}", request=answer.request, response=answer
            )
        return answer.json() if answer.content else None

    def wait(self, what: str, ready: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
        """Ask `ready` until it answers something true, which is returned; raises TimeoutError naming `what`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = ready()
            if found:
                return found
            time.sleep(0.1)
        raise TimeoutError(f"the demo waited {seconds:.0f} seconds for {what}")
