"""Three ways to only decrypt and parse what WeCom posts."""

from __future__ import annotations

import base64
import time
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bench.callbacks.posts import AES_KEY, CORP, TOKEN, Post

_KEY = base64.b64decode(AES_KEY + "=")
_HEADERS = [(b"content-type", b"text/plain"), (b"content-length", b"7")]


def bare(made: list[Post]) -> float:
    """Return how many posts a second the least there is takes."""
    started = time.perf_counter()
    for post in made:
        if _opened(post.body)["ToUserName"] != CORP:
            raise AssertionError("not the event that was sealed")
    return len(made) / (time.perf_counter() - started)


def peer(made: list[Post]) -> float:
    """Return how many posts a second wechatpy takes, used as its manual says."""
    from wechatpy.enterprise import parse_message
    from wechatpy.enterprise.crypto import WeChatCrypto

    crypto, queries = WeChatCrypto(TOKEN, AES_KEY, CORP), [dict(parse_qsl(post.query)) for post in made]
    started = time.perf_counter()
    for post, query in zip(made, queries, strict=True):
        plain = crypto.decrypt_message(post.body, query["msg_signature"], query["timestamp"], query["nonce"])
        if parse_message(plain).target != CORP:
            raise AssertionError("not the event that was sealed")
    return len(made) / (time.perf_counter() - started)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Decrypt and parse a post that came over HTTP, and answer."""
    if scope["type"] == "lifespan":
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})
        return
    body = b""
    while (message := await receive()).get("more_body"):
        body += message["body"]
    if _opened(body + message["body"])["ToUserName"] != CORP:
        raise AssertionError("not the event that was sealed")
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": b"success"})


def _opened(body: bytes) -> dict[str, str | None]:
    encrypted = ET.fromstring(body).findtext("Encrypt", "")
    decryptor = Cipher(AES256(_KEY), CBC(_KEY[:16])).decryptor()
    plain = decryptor.update(base64.b64decode(encrypted)) + decryptor.finalize()
    event = ET.fromstring(plain[20 : 20 + int.from_bytes(plain[16:20], "big")])
    return {one.tag: one.text for one in event}
