"""Known-answer vectors of the callback encryption."""

import pytest

from sandbox.wecom.crypto import CryptoError, aes_key, decrypt, encrypt, signature

KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
V2 = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/"
    "sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZ"
    "fJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LA"
    "VGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H"
    "3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)


@pytest.mark.parametrize(
    ("token", "key", "receiver", "timestamp", "nonce", "encrypted", "signed", "plain"),
    [
        (
            "QDG6eK",
            KEY,
            "wx5823bf96d3bd56c7",
            "1409659589",
            "263014780",
            "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
            "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
            "1616140317555161061",
        ),
        (
            "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme",
            "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws",
            "ww6a112864f8022910",
            "1583940690",
            "VHh7ymSeb0jc4lSb",
            "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==",
            "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011",
            "94966531020182955848408",
        ),
    ],
)
def test_verification_vectors(token, key, receiver, timestamp, nonce, encrypted, signed, plain):
    assert signature(token, timestamp, nonce, encrypted) == signed
    assert decrypt(aes_key(key), encrypted) == (plain.encode(), receiver)


def test_message_vector_both_ways():
    assert signature("QDG6eK", "1409659813", "1372623149", V2) == "477715d11cdb4164915debcba66cb864d751f3e6"
    message, receiver = decrypt(aes_key(KEY), V2)
    assert receiver == "wx5823bf96d3bd56c7"
    assert b"<Content><![CDATA[hello]]></Content>" in message
    assert encrypt(aes_key(KEY), message, receiver, random=b"0960688932c47ef1") == V2


def test_encryption_vector():
    encrypted = encrypt(aes_key(KEY), b"<xml><a>1</a></xml>", "wx5823bf96d3bd56c7", random=b"0123456789abcdef")
    assert encrypted == "sKqRbbiSUnDhFHOvPjtUMTPTmNtN3HdhYYuq+xfO4yHw7fJnQLXlKWVDmc3dCrze5pdIMoO7c/jS0XPEQGIKbg=="
    assert signature("QDG6eK", "1700000000", "nonce123", encrypted) == "fbc1703a7d843d8521e0a3549c542050c502e427"


@pytest.mark.parametrize("size", range(70))
def test_every_padding_comes_back(size):
    message = b"x" * size
    assert decrypt(aes_key(KEY), encrypt(aes_key(KEY), message, "wwcorp")) == (message, "wwcorp")


@pytest.mark.parametrize("broken", ["", "%%%", "AAAA", V2[:-8], V2[4:]])
def test_broken_texts_are_refused(broken):
    with pytest.raises(CryptoError):
        decrypt(aes_key(KEY), broken)


@pytest.mark.parametrize("key", ["", "short", KEY + "A", "%" * 43])
def test_bad_keys_are_refused(key):
    with pytest.raises(CryptoError):
        aes_key(key)
