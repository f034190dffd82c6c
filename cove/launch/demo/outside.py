"""The outside world's stand-in, over its scripting interface, and visitors' phones."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

import httpx

WECHAT_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/WIFI Language/zh_CN"
)


class Outside:
    """What people do at the platforms."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._http = httpx.Client(base_url=base_url, timeout=300)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call the scripting interface (``/sandbox/api`` is put before `path`) and return its JSON."""
        answer = self._http.request(method, f"/sandbox/api{path}", json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def insist(self, method: str, path: str, body: Any) -> None:
        """Make a call that asks Cove something at once, again while Cove, which has just started, does not answer in time."""
        for wait in (1, 2, 5, 10, 20, 0):
            try:
                self.call(method, path, body)
            except httpx.HTTPStatusError as error:
                if error.response.status_code != httpx.codes.UNPROCESSABLE_ENTITY or not wait:
                    raise
                time.sleep(wait)
            else:
                return

    def company(self) -> dict[str, Any]:
        """Return the first company with its applications and members."""
        items: list[dict[str, Any]] = self.call("GET", "/corps")["items"]
        return items[0]

    def person(self, name: str, gender: int) -> dict[str, Any]:
        """Return a new person with a phone (`gender` 1 man, 2 woman)."""
        made: dict[str, Any] = self.call("POST", "/persons", {"name": name, "gender": gender})
        # The table shows two phones; two dozen more would bury them.
        self.call("PATCH", f"/persons/{made['id']}", {"shown": False})
        return made

    def add_friend(self, person_id: int, picture_url: str) -> dict[str, Any]:
        """Let a person recognise a code's picture and add who is behind it."""
        made: dict[str, Any] = self.call("POST", f"/persons/{person_id}/friends", {"url": picture_url})
        return made

    def delete_friend(self, person_id: int, corp_id: str, userid: str) -> None:
        """Let a person delete a member."""
        self.call("DELETE", f"/persons/{person_id}/friends/{corp_id}/{userid}")
