"""The client: takes events in any thread, keeps a bounded queue, and sends it in batches from a thread of its own."""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
import time
import uuid
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, datetime, timezone
from typing import Any

from cove_sdk.sending import Door, Failure

VERSION = "1.0.0"
MOST_EVENTS = 500
"""Events in a batch: what the collector takes at once."""
LARGEST_BATCH = 900_000
LARGEST_EVENT = 32 * 1024

log = logging.getLogger("cove_sdk")


class Cove:
    """Sends events to the collector of Cove at `host`, with the server key (or the write key) of a source.

    `batch` events leave together, or what there is after `interval` seconds. At most `queue` events wait: of more the oldest go, and
    are counted in `dropped`. `on_failure` hears of every event that was given up, with the reason. `enabled=False` sends nothing (tests).
    Every method is quick, never raises because of the network, and may be called from any thread. A forked child starts afresh.
    """

    def __init__(  # noqa: PLR0913 -- each says one thing
        self,
        host: str,
        key: str,
        *,
        batch: int = 100,
        interval: float = 1.0,
        queue: int = 10_000,
        timeout: float = 10.0,
        patience: float = 300.0,
        on_failure: Callable[[Mapping[str, Any], Failure], None] | None = None,
        enabled: bool = True,
    ) -> None:
        self._door = Door(host, key, timeout)
        self._batch = max(1, min(batch, MOST_EVENTS))
        self._interval = interval
        self._most = max(1, queue)
        self._patience = patience
        self._on_failure = on_failure
        self.enabled = enabled
        self.dropped = 0
        self._begin()
        _living.add(self)

    def track(
        self,
        event: str,
        properties: Mapping[str, Any] | None = None,
        *,
        user_id: str = "",
        anonymous_id: str = "",
        account: str = "",
        plan: str = "",
        timestamp: datetime | None = None,
        message_id: str = "",
    ) -> str:
        """Something happened; returns its message id. The same `message_id` twice is one event, however far apart."""
        said = {"event": event, "properties": dict(properties or {}), "account": account}
        return self._take("track", said, user_id, anonymous_id, timestamp, message_id, plan)

    def page(
        self,
        url: str,
        title: str = "",
        properties: Mapping[str, Any] | None = None,
        *,
        user_id: str = "",
        anonymous_id: str = "",
        timestamp: datetime | None = None,
        message_id: str = "",
    ) -> str:
        """A page was served and seen."""
        said = {"url": url, "title": title, "properties": dict(properties or {})}
        return self._take("page", said, user_id, anonymous_id, timestamp, message_id)

    def identify(
        self,
        user_id: str,
        traits: Mapping[str, Any] | None = None,
        *,
        anonymous_id: str = "",
        timestamp: datetime | None = None,
        message_id: str = "",
    ) -> str:
        """Say who a user is; with the `anonymous_id` of his browser his past there becomes his."""
        return self._take("identify", {"traits": dict(traits or {})}, user_id, anonymous_id, timestamp, message_id)

    def group(
        self,
        user_id: str,
        account: str,
        traits: Mapping[str, Any] | None = None,
        *,
        timestamp: datetime | None = None,
        message_id: str = "",
    ) -> str:
        """A user acts for a customer account; `traits` are the account's."""
        said = {"group_id": account, "traits": dict(traits or {})}
        return self._take("group", said, user_id, "", timestamp, message_id)

    def alias(self, user_id: str, previous_id: str, *, timestamp: datetime | None = None, message_id: str = "") -> str:
        """Two ids are one user's: `previous_id` is the older."""
        return self._take("alias", {"previous_id": previous_id}, user_id, "", timestamp, message_id)

    def flush(self, timeout: float = 30.0) -> bool:
        """Send what waits and return whether all of it was dealt with within `timeout` seconds."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            done = self._changed.wait_for(lambda: not self._waiting and not self._sending, timeout)
            self._hurry = False
        return done

    def close(self, timeout: float = 30.0) -> bool:
        """Send what waits and end; returns whether all was dealt with. Closing twice does no harm. Done by itself at exit."""
        done = self.flush(timeout) if self._thread is not None else True
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        _living.discard(self)
        return done

    def _begin(self) -> None:
        # After a fork the child has no thread and locks of unknown state; the parent sends what waited.
        self._waiting: deque[dict[str, Any]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._sending = 0
        self._hurry = False
        self._closed = False

    def _take(
        self,
        kind: str,
        said: dict[str, Any],
        user_id: str,
        anonymous_id: str,
        timestamp: datetime | None,
        message_id: str,
        plan: str = "",
    ) -> str:
        if not user_id and not anonymous_id:
            raise ValueError("an event is somebody's: give a user_id or an anonymous_id")
        event = {
            "type": kind,
            "message_id": message_id or str(uuid.uuid4()),
            "timestamp": _iso(timestamp or datetime.now(timezone.utc)),
            "user_id": user_id,
            "anonymous_id": anonymous_id,
            **said,
            "context": {"library": f"python/{VERSION}", "plan": plan},
        }
        event["context"] = {name: value for name, value in event["context"].items() if value}
        event = {name: value for name, value in event.items() if value not in ("", {})}
        # Made into text here: what the caller changes afterwards changes nothing, and what cannot be sent is said where it came from.
        text = json.dumps(event, default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        if len(text.encode(errors="replace")) > LARGEST_EVENT:
            raise ValueError(f"an event has at most {LARGEST_EVENT} bytes; send fewer properties")
        if self.enabled:
            self._put(json.loads(text))
        return str(event["message_id"])

    def _put(self, event: dict[str, Any]) -> None:
        lost: dict[str, Any] | None = None
        with self._changed:
            if self._closed:
                raise RuntimeError("this client was closed")
            if len(self._waiting) >= self._most:
                lost = self._waiting.popleft()
                self.dropped += 1
            self._waiting.append(event)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="cove-sdk", daemon=True)
                self._thread.start()
            if len(self._waiting) in (1, self._batch):
                self._changed.notify_all()
        if lost is not None:
            self._give_up([lost], Failure("queue_full", "more events waited than the queue holds"))

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                # More may come in a moment; together they cost one request.
                self._changed.wait_for(
                    lambda: self._closed or self._hurry or len(self._waiting) >= self._batch, self._interval
                )
                if not self._waiting:
                    if self._closed:
                        return
                    continue
                portion = self._portion()
                self._sending = len(portion)
            try:
                self._send(portion)
            except Exception as error:  # a thread that ended would let events wait for ever
                log.exception("a batch could not be sent")
                self._give_up(portion, Failure("broken", f"{type(error).__name__}: {error}"))
            finally:
                with self._changed:
                    self._sending = 0
                    self._changed.notify_all()

    def _portion(self) -> list[dict[str, Any]]:
        portion: list[dict[str, Any]] = []
        size = 0
        while self._waiting and len(portion) < self._batch:
            size += len(json.dumps(self._waiting[0], ensure_ascii=False).encode(errors="replace"))
            if portion and size > LARGEST_BATCH:
                break
            portion.append(self._waiting.popleft())
        return portion

    def _send(self, portion: list[dict[str, Any]]) -> None:
        deadline = time.monotonic() + self._patience
        todo = [portion]
        while todo:
            batch = todo.pop()
            verdict = self._door.send(batch, deadline, self._sleep)
            if verdict.too_large and len(batch) > 1:
                middle = len(batch) // 2
                todo += [batch[middle:], batch[:middle]]
            elif verdict.failure is not None:
                self._give_up(batch, verdict.failure)
            for place, failure in verdict.refused:
                self._give_up([batch[place]], failure)

    def _sleep(self, seconds: float) -> bool:
        with self._changed:
            return not self._changed.wait_for(lambda: self._closed, seconds)

    def _give_up(self, events: list[dict[str, Any]], failure: Failure) -> None:
        for event in events:
            log.warning("an event was given up: %s: %s", failure.code, failure.message)
            if self._on_failure is not None:
                try:
                    self._on_failure(event, failure)
                except Exception:
                    log.exception("on_failure stumbled")


_living: weakref.WeakSet[Cove] = weakref.WeakSet()


def _close_all() -> None:
    for one in list(_living):
        one.close(timeout=10.0)


def _begin_all_anew() -> None:
    for one in list(_living):
        one._begin()  # noqa: SLF001 -- the same file


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_all_anew)


def _iso(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("timestamp needs a time zone: datetime.now(timezone.utc)")
    return moment.astimezone(timezone.utc).isoformat()


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
