"""DKIM (RFC 6376), rsa-sha256 with relaxed canonicalization of header and body.

dkimpy signs with integers of Python, five milliseconds a mail; this uses the same OpenSSL as TLS, and dkimpy checks it in the tests
(docs/decisions/0076-mail-of-a-company.md).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

Header = tuple[str, str]

# RFC 8058 asks that both headers of one-click unsubscribing are signed; From twice, so that none can be added.
SIGNED = (
    "from",
    "to",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "list-unsubscribe",
    "list-unsubscribe-post",
)

_BLANKS = re.compile(rb"[ \t]+")
_FOLDS = re.compile(r"\s+")
_LINE = 72


def signature(headers: Sequence[Header], body: bytes, *, domain: str, selector: str, key: str, at: int) -> str:
    """Return the value of the header DKIM-Signature for a mail with these headers; `key` is a private key as PEM, `at` seconds of 1970."""
    known = {name.lower(): value for name, value in headers}
    names = [name for name in SIGNED if name in known]
    digest = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
    unsigned = (
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector}; t={at};\r\n"
        f"\th={':'.join(names)}:from;\r\n\tbh={digest};\r\n\tb="
    )
    lines = [relaxed_header(name, known[name]) for name in names]
    # The one that is named a second time does not exist: it stands for nothing, and one that is put in breaks the signature.
    said = "\r\n".join([*lines, relaxed_header("dkim-signature", unsigned)])
    raw = _private(key).sign(said.encode(), padding.PKCS1v15(), hashes.SHA256())
    text = base64.b64encode(raw).decode()
    return unsigned + "\r\n\t".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))


def relaxed_header(name: str, value: str) -> str:
    """Return a header as it is signed (RFC 6376, 3.4.2), without the line's end."""
    return f"{name.lower()}:{_FOLDS.sub(' ', value).strip()}"


def relaxed_body(body: bytes) -> bytes:
    """Return a body as it is signed (RFC 6376, 3.4.4)."""
    # What is written as `writing` does it stands so already, and nothing has to be cut into lines.
    if b"\t" in body or b"  " in body or b" \r\n" in body or body.endswith(b" "):
        lines = (_BLANKS.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n"))
        body = b"\r\n".join(lines)
    body = body.rstrip(b"\r\n")
    return body + b"\r\n" if body else b""


@lru_cache(maxsize=256)
def _private(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("a domain's key is an RSA key")
    return key
