"""Walking through the front door, for tests."""

from __future__ import annotations

import pyotp
from django.test import Client

from cove.kernel import clock

PASSWORD = "harbour-light-42"


def browser(**headers) -> Client:
    """A browser of its own, in English."""
    return Client(headers={"accept-language": "en", **headers})


def post(client, path, **body):
    return client.post(f"/api/{path}", body, content_type="application/json")


def sign_in(client, email, password=PASSWORD):
    return post(client, "session", email=email, password=password)


def code_of(secret: str) -> str:
    """The code that the app shows now."""
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


def turn_on_second_factor(client) -> tuple[str, list[str]]:
    """Set the second factor up in a signed-in browser; return its secret and recovery codes."""
    secret = post(client, "account/second-factor").json()["secret"]
    answer = post(client, "account/second-factor/confirm", code=code_of(secret))
    assert answer.status_code == 200, answer.content
    return secret, answer.json()["recovery_codes"]


def error_of(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]
