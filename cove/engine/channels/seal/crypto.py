"""The callback's seal: SHA-1 signature, AES-256-CBC, PKCS#7 over blocks of 32 bytes (WeCom document 90968; WeChat uses the same)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32
RANDOM = 16
AES_BLOCK = 16
_LENGTH = struct.Struct(">I")
_PADS = [bytes([pad]) * pad for pad in range(BLOCK + 1)]


class BadCipher(ValueError):
    """The text does not decrypt to a message: cut off, damaged, or under another key."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was inside: the message and for whom it was meant (the corp id for a self-built application)."""

    message: bytes
    receiver: str


def sign(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """Return the signature: SHA-1 in hex over the four texts, sorted and joined."""
    joined = "".join(sorted((token, timestamp, nonce, encrypted)))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def signature_fits(given: str, token: str, timestamp: str, nonce: str, encrypted: str) -> bool:
    """Tell whether `given` is the signature, in a time that does not depend on where it differs."""
    return hmac.compare_digest(given.encode(), sign(token, timestamp, nonce, encrypted).encode())


def key_of(aes_key: str) -> bytes:
    """Return the 32 bytes of an EncodingAESKey (43 characters of base64). Raises BadCipher."""
    try:
        # The last character carries two bits that nobody uses; strict decoders refuse them if set, so Python's lenient one is right.
        key = base64.b64decode(aes_key + "=")
    except (binascii.Error, ValueError) as error:
        raise BadCipher("the EncodingAESKey is not base64") from error
    if len(key) != BLOCK:
        raise BadCipher("the EncodingAESKey is not 32 bytes")
    return key


def open_message(aes_key: str, encrypted: str) -> Opened:
    """Decrypt `encrypted` (base64): 16 random bytes, length as big-endian uint32, message, receiver, padding. Raises BadCipher."""
    cipher = _cipher(aes_key)
    try:
        sealed = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCipher("not base64") from error
    if not sealed or len(sealed) % AES_BLOCK:
        raise BadCipher("not whole blocks")
    decryptor = cipher.decryptor()
    return _split(_unpadded(decryptor.update(sealed) + decryptor.finalize()))


def seal_message(aes_key: str, message: bytes, receiver: str, *, random: bytes | None = None) -> str:
    """Return `message` encrypted for `receiver` as base64; `random` are 16 bytes, fresh ones by default."""
    plain = (random or secrets.token_bytes(RANDOM)) + _LENGTH.pack(len(message)) + message + receiver.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


@lru_cache(maxsize=256)
def _cipher(aes_key: str) -> Cipher[CBC]:
    key = key_of(aes_key)
    return Cipher(AES256(key), CBC(key[:AES_BLOCK]))


def _unpadded(plain: bytes) -> bytes:
    pad = plain[-1]
    if not 1 <= pad <= BLOCK or not plain.endswith(_PADS[pad]):
        raise BadCipher("the padding is not right")
    return plain[:-pad]


def _split(plain: bytes) -> Opened:
    head = RANDOM + _LENGTH.size
    if len(plain) < head:
        raise BadCipher("shorter than its head")
    end = head + _LENGTH.unpack_from(plain, RANDOM)[0]
    if end > len(plain):
        raise BadCipher("the message is longer than what came")
    try:
        return Opened(plain[head:end], plain[end:].decode())
    except UnicodeDecodeError as error:
        raise BadCipher("the receiver is no text") from error
