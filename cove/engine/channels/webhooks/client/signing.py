"""Signatures as Standard Webhooks has them (https://www.standardwebhooks.com, version 1), so that receivers find libraries."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from cove.engine.channels.webhooks.contracts import SECRET_PREFIX


def signature(secret: str, *, event_id: str, timestamp: int, body: bytes) -> str:
    """Return ``v1,`` and the base64 of the HMAC-SHA256 over ``id.timestamp.body``."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    mac = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def headers(keys: Iterable[str], *, event_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that say who sent it and when; one signature for each secret that is good at this moment."""
    signed = [signature(key, event_id=event_id, timestamp=timestamp, body=body) for key in keys]
    return {"webhook-id": event_id, "webhook-timestamp": str(timestamp), "webhook-signature": " ".join(signed)}
