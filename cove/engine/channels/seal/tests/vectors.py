"""Known-answer vectors of the callback's seal: official samples and those of an independent implementation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vector:
    name: str
    token: str
    aes_key: str
    receiver: str
    timestamp: str
    nonce: str
    encrypted: str
    signature: str
    plain: bytes
    random: bytes


_TOKEN, _KEY, _CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"

V1 = Vector(
    "official, verifying the address",
    _TOKEN,
    _KEY,
    _CORP,
    "1409659589",
    "263014780",
    "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    b"1616140317555161061",
    b"c41b64491c2468d0",
)
V2_ENCRYPTED = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchr"
    "RYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMn"
    "vw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCm"
    "JU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)
V2_SIGNATURE = "477715d11cdb4164915debcba66cb864d751f3e6"
V2_TIMESTAMP, V2_NONCE, V2_RANDOM = "1409659813", "1372623149", b"0960688932c47ef1"
V3 = Vector(
    "an independent implementation's",
    "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme",
    "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws",
    "ww6a112864f8022910",
    "1583940690",
    "VHh7ymSeb0jc4lSb",
    "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==",
    "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011",
    b"94966531020182955848408",
    b"",
)
V4 = Vector(
    "encrypting",
    _TOKEN,
    _KEY,
    _CORP,
    "1700000000",
    "nonce123",
    "sKqRbbiSUnDhFHOvPjtUMTPTmNtN3HdhYYuq+xfO4yHw7fJnQLXlKWVDmc3dCrze5pdIMoO7c/jS0XPEQGIKbg==",
    "fbc1703a7d843d8521e0a3549c542050c502e427",
    b"<xml><a>1</a></xml>",
    b"0123456789abcdef",
)
