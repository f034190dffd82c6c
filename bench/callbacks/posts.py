"""Posts as WeCom sends them when a customer adds a member (documents 90968, 92130), each about another customer."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from cove.engine.channels.wecom.inbound.crypto import seal_message, sign

CORP = "ww5f2c81d94b7a3e60"
AGENT = "1000002"
TOKEN = "QDG6eKcZ3mWn8Rt"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"

_EVENT = (
    "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{now}</CreateTime>"
    "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event>"
    "<ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[zhangsan]]></UserID>"
    "<ExternalUserID><![CDATA[wmAAAAAA{customer}]]></ExternalUserID><State><![CDATA[expo_autumn]]></State>"
    "<WelcomeCode><![CDATA[{welcome}]]></WelcomeCode></xml>"
)
_OUTER = (
    "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt>"
    "<AgentID><![CDATA[{agent}]]></AgentID></xml>"
)


@dataclass(frozen=True, slots=True)
class Post:
    """One knock: the query of its address, and its body."""

    query: str
    body: bytes


def posts(count: int) -> list[Post]:
    """Return so many posts, sealed and signed now: they are taken for five minutes."""
    return [_post(str(int(time.time()))) for _ in range(count)]


def _post(now: str) -> Post:
    event = _EVENT.format(corp=CORP, now=now, customer=secrets.token_hex(12), welcome=secrets.token_urlsafe(32))
    encrypted, nonce = seal_message(AES_KEY, event.encode(), CORP), secrets.token_hex(8)
    query = {"msg_signature": sign(TOKEN, now, nonce, encrypted), "timestamp": now, "nonce": nonce}
    return Post(urlencode(query), _OUTER.format(corp=CORP, encrypted=encrypted, agent=AGENT).encode())
