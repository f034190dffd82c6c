"""Signatures of the two clouds. Pure functions with the time given, so that the providers' published vectors are tests.

Aliyun: ACS3-HMAC-SHA256 (document 2593177). Tencent Cloud: TC3-HMAC-SHA256 (document 382/52072). Both sign the path ``/`` whatever
stands before it in the address: their RPC interfaces have no other.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

JSON = "application/json; charset=utf-8"
FORM = "application/x-www-form-urlencoded"


def aliyun_query(parameters: Mapping[str, str]) -> str:
    """Return parameters in the canonical order and spelling, as they also stand in the address."""
    return "&".join(f"{_spelt(name)}={_spelt(parameters[name])}" for name in sorted(parameters))


def aliyun_headers(  # noqa: PLR0913 -- each is signed
    *,
    host: str,
    action: str,
    version: str,
    query: str,
    key_id: str,
    secret: str,
    nonce: str,
    at: datetime,
    body: bytes = b"",
) -> dict[str, str]:
    """Return the headers of a POST, signed; its body, if it has one, is a form."""
    headers = {
        **({"content-type": FORM} if body else {}),
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": _sha256(body),
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = sorted(headers)
    lines = "".join(f"{name}:{headers[name]}\n" for name in names)
    canonical = "\n".join(["POST", "/", query, lines, ";".join(names), headers["x-acs-content-sha256"]])
    signature = _hmac(secret.encode(), f"ACS3-HMAC-SHA256\n{_sha256(canonical.encode())}").hex()
    headers["authorization"] = (
        f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={';'.join(names)},Signature={signature}"
    )
    return headers


def tencent_signature(*, host: str, service: str, secret: str, body: bytes, at: datetime) -> str:
    """Return the signature over content type, host and body, in hex."""
    canonical = f"POST\n/\n\ncontent-type:{JSON}\nhost:{host}\n\ncontent-type;host\n{_sha256(body)}"
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    said = f"TC3-HMAC-SHA256\n{int(at.timestamp())}\n{day}/{service}/tc3_request\n{_sha256(canonical.encode())}"
    key = f"TC3{secret}".encode()
    for step in (day, service, "tc3_request"):
        key = _hmac(key, step)
    return _hmac(key, said).hex()


def tencent_headers(
    *, host: str, service: str, action: str, key_id: str, secret: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Return the headers of a POST with a JSON body, signed."""
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    signature = tencent_signature(host=host, service=service, secret=secret, body=body, at=at)
    credential = f"{key_id}/{day}/{service}/tc3_request"
    return {
        "authorization": (
            f"TC3-HMAC-SHA256 Credential={credential}, SignedHeaders=content-type;host, Signature={signature}"
        ),
        "content-type": JSON,
        "host": host,
        "x-tc-action": action,
        "x-tc-timestamp": str(int(at.timestamp())),
    }


def _spelt(text: str) -> str:
    return quote(text, safe="-_.~")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
