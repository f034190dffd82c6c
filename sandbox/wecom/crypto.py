"""Signing and encrypting of callbacks. Source: WeCom document 90968 (encryption scheme)."""

import base64
import binascii
import hashlib
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
KEY_CHARACTERS = 43
RANDOM_BYTES = 16


class CryptoError(ValueError):
    """The key or the encrypted text is not what the scheme asks for."""


def aes_key(encoding_aes_key: str) -> bytes:
    """Return the 32 key bytes behind the 43 base64 characters of an EncodingAESKey."""
    try:
        key = base64.b64decode(encoding_aes_key + "=")
    except (binascii.Error, ValueError) as error:
        raise CryptoError("EncodingAESKey is not base64") from error
    if len(encoding_aes_key) != KEY_CHARACTERS or len(key) != BLOCK:
        raise CryptoError("EncodingAESKey must have 43 characters")
    return key


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """`msg_signature`: hex SHA-1 over the four texts, sorted and joined."""
    return hashlib.sha1("".join(sorted([token, timestamp, nonce, encrypted])).encode()).hexdigest()  # noqa: S324 (the wire protocol asks for it)


def encrypt(key: bytes, message: bytes, receiver: str, random: bytes | None = None) -> str:
    """Base64 of AES-256-CBC over random(16) + length(4, big-endian) + message + receiver."""
    start = random or secrets.token_hex(RANDOM_BYTES // 2).encode()
    text = start + struct.pack(">I", len(message)) + message + receiver.encode()
    pad = BLOCK - len(text) % BLOCK
    worker = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(worker.update(text + bytes([pad]) * pad) + worker.finalize()).decode()


def decrypt(key: bytes, encrypted: str) -> tuple[bytes, str]:
    """Return the message and its receiver; raises CryptoError when the text is not well formed."""
    try:
        raw = base64.b64decode(encrypted, validate=True)
        worker = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        text = worker.update(raw) + worker.finalize()
    except ValueError as error:
        raise CryptoError("the encrypted text cannot be read") from error
    pad = text[-1] if text else 0
    if not 1 <= pad <= BLOCK or len(text) < RANDOM_BYTES + 4 + pad:
        raise CryptoError("the padding is wrong")
    text = text[:-pad]
    (length,) = struct.unpack(">I", text[RANDOM_BYTES : RANDOM_BYTES + 4])
    rest = text[RANDOM_BYTES + 4 :]
    if length > len(rest):
        raise CryptoError("the length is wrong")
    return rest[:length], rest[length:].decode()
