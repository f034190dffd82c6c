"""Signing and, in the compatible and safe mode, sealing of what is sent to an account's callback address (C2)."""

import hashlib
import secrets
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from sandbox.storage import Row
from sandbox.wecom.crypto import aes_key, encrypt, signature


def plain_signature(token: str, timestamp: str, nonce: str) -> str:
    """Return the three-part signature."""
    return hashlib.sha1("".join(sorted([token, timestamp, nonce])).encode()).hexdigest()  # noqa: S324 (the wire protocol asks for it)


def seal(app: Row, xml: str, at: int, receiver: str = "") -> tuple[str, str]:
    """Return query and body of a callback; `receiver` takes the place of the account's own id."""
    timestamp, nonce = str(at), str(secrets.randbelow(10**10))
    openid = ET.fromstring(xml).findtext("FromUserName") or ""  # noqa: S314 (our own text)
    query = {
        "signature": plain_signature(app["callback_token"], timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
    }
    query["openid"] = openid
    if app["mode"] == "plain":
        return urlencode(query), xml
    sealed = encrypt(aes_key(app["callback_aes_key"]), xml.encode(), receiver or app["app_id"])
    query |= {"encrypt_type": "aes", "msg_signature": signature(app["callback_token"], timestamp, nonce, sealed)}
    inside = f"<Encrypt><![CDATA[{sealed}]]></Encrypt>"
    if app["mode"] == "compatible":
        return urlencode(query), xml.replace("</xml>", inside + "</xml>")
    return urlencode(query), f"<xml><ToUserName><![CDATA[{app['original_id']}]]></ToUserName>{inside}</xml>"
