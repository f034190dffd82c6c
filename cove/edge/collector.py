"""The collector: ``/collect/…``."""

from __future__ import annotations

from cove.edge.http import Receive, Scope, Send, answer


async def collect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request of a tracker."""
    await answer(send, 404, [(b"content-length", b"0")])
