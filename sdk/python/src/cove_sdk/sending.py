"""Sending one batch until it is answered for good: again, with the same ids, when the collector cannot keep it or be reached."""

from __future__ import annotations

import gzip
import json
import math
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.client import HTTPException
from typing import Any

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
COMPRESS_FROM = 1_024
TOO_LARGE = 413
TOO_MANY = 429
SERVER_ERROR = 500
OK = 200


@dataclass(frozen=True)
class Failure:
    """Why an event was given up: the collector's code and words, with the faulty fields, or ours."""

    code: str
    message: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Verdict:
    """What became of a batch. `refused` are places in it; `failure` is of the whole."""

    refused: list[tuple[int, Failure]] = field(default_factory=list)
    failure: Failure | None = None
    too_large: bool = False


class Door:
    """The collector's door for batches."""

    def __init__(self, host: str, key: str, timeout: float) -> None:
        if not host.startswith(("http://", "https://")):
            raise ValueError("host is the address of Cove, such as https://cove.example.com")
        if not (key and key.isascii() and key.isprintable()):
            raise ValueError("key is the server key of a source: see Settings → Web tracking in Cove")
        self._address = host.rstrip("/") + "/collect/batch"
        self._key = key
        self._timeout = timeout

    def send(self, batch: list[dict[str, Any]], deadline: float, sleep: Callable[[float], bool]) -> Verdict:
        """Send until it is taken or refused for good; it failed when `deadline` came or `sleep` said not to go on."""
        pause = FIRST_PAUSE
        while True:
            status, answer, wait = self._once(batch)
            if status == OK:
                return Verdict(_refused(answer.get("refused"), len(batch)))
            if status == TOO_LARGE:
                return Verdict(
                    too_large=True, failure=_failure(answer.get("error"), status) if len(batch) == 1 else None
                )
            if status and status != TOO_MANY and status < SERVER_ERROR:
                return Verdict(failure=_failure(answer.get("error"), status))
            # Spread, so that many servers that lost Cove at once do not come back at once.
            wait = max(wait, pause * random.uniform(0.5, 1.0))  # noqa: S311 -- no secret
            if time.monotonic() + wait > deadline or not sleep(wait):
                return Verdict(
                    failure=Failure("unreachable", f"not taken in time; the last answer was {status or 'none'}")
                )
            pause = min(pause * 2, LONGEST_PAUSE)

    def _once(self, batch: list[dict[str, Any]]) -> tuple[int, dict[str, Any], float]:
        # sent_at is of this attempt: the collector takes the sender's clock from it.
        document = {"sent_at": datetime.now(timezone.utc).isoformat(), "batch": batch}
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        if len(body) >= COMPRESS_FROM:
            body, headers["Content-Encoding"] = gzip.compress(body, 5), "gzip"
        request = urllib.request.Request(self._address, body, headers)  # noqa: S310 -- http or https, checked above
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310 -- same
                return answer.status, _document(answer.read()), 0.0
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _document(error.read()), _seconds(error.headers.get("Retry-After"))
        except (OSError, HTTPException):
            return 0, {}, 0.0


def _document(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refused(said: Any, count: int) -> list[tuple[int, Failure]]:
    listed = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    places = ((one.get("index"), one) for one in listed)
    return [(place, _failure(one)) for place, one in places if isinstance(place, int) and 0 <= place < count]


def _failure(said: Any, status: int = 0) -> Failure:
    # What stands between us and the collector (a gateway, a wrong host) answers as it likes.
    if not isinstance(said, dict):
        return Failure(f"http_{status}", str(said or ""))
    fields = said.get("fields")
    code = str(said.get("code") or f"http_{status}")
    return Failure(code, str(said.get("message") or ""), dict(fields) if isinstance(fields, dict) else {})


def _seconds(text: str | None) -> float:
    try:
        seconds = float(text or 0)
    except ValueError:
        return 0.0
    return min(max(seconds, 0.0), 300.0) if math.isfinite(seconds) else 0.0
