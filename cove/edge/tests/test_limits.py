"""Floods and large bodies are refused before Django sees them, and every answer carries the headers browsers heed."""

import json

import pytest
from limits import RateLimitItemPerMinute

from cove.edge.limits import LARGEST_BODY, LARGEST_UPLOAD, with_limits
from cove.edge.tests.conftest import browser


async def echo(scope, receive, send):
    """Answer the number of bytes that came."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            size, more = -1, False
        else:
            size, more = size + len(message["body"]), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def limited(per_credential=1000, per_address=1000):
    return with_limits(
        echo,
        per_credential=RateLimitItemPerMinute(per_credential, namespace=f"c{per_credential}"),
        per_address=RateLimitItemPerMinute(per_address, namespace=f"a{per_address}"),
    )


async def test_a_session_that_floods_is_told_when_to_come_again():
    async with browser(limited(per_credential=3)) as client:
        mine = {"cookie": "cove_session=flooding", "accept-language": "en"}
        answers = [await client.get("/api/contacts", headers=mine) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        refused = answers[-1].json()["error"]
        assert (refused["code"], answers[-1].headers["retry-after"]) == ("cove.too_many_requests", "60")
        assert refused["message"] == "Too many requests; try again in a minute"
        other = {"cookie": "cove_session=calm"}
        assert (await client.get("/api/contacts", headers=other)).status_code == 200
        key = {"authorization": "Bearer flooding"}
        assert [(await client.get("/", headers=key)).status_code for _ in range(4)] == [200, 200, 200, 429]


async def test_an_address_is_limited_whatever_sessions_it_makes_up():
    async with browser(limited(per_address=4)) as client:
        answers = [await client.get("/", headers={"cookie": f"cove_session={number}"}) for number in range(6)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


@pytest.mark.parametrize(
    ("kind", "limit"), [("application/json", LARGEST_BODY), ("multipart/form-data", LARGEST_UPLOAD)]
)
async def test_a_body_that_is_announced_too_large_is_refused_in_words(kind, limit):
    async with browser(limited()) as client:
        headers = {"content-type": kind, "content-length": str(limit + 1)}
        answer = await client.post("/api/x", content=b"x", headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "cove.body_too_large")
        assert str(limit // 1024 // 1024) in answer.json()["error"]["message"]
        assert (await client.post("/api/x", content=b"x", headers={"content-type": kind})).text == "1"


async def test_a_body_that_grows_past_the_limit_ends_there():
    async def endless():
        for _ in range(40):
            yield b"x" * 100_000

    async with browser(limited()) as client:
        headers = {"content-type": "application/json"}
        assert (await client.post("/api/x", content=endless(), headers=headers)).text == "-1"


def test_answers_carry_the_headers_that_browsers_heed(browser_client):
    answer = browser_client.get("/api/session")
    policy = {part.split()[0]: part.split()[1:] for part in answer["content-security-policy"].split(";")}
    assert policy["script-src"] == ["'self'"]
    assert policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert (answer["x-frame-options"], answer["x-content-type-options"]) == ("DENY", "nosniff")
    assert answer["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer
    assert "max-age" in browser_client.get("/api/session", secure=True)["strict-transport-security"]


def test_counters_are_for_this_machine_only(client, databases):
    assert client.get("/metrics").status_code == 200
    refused = client.get("/metrics", REMOTE_ADDR="203.0.113.9")
    assert (refused.status_code, json.loads(refused.content)["error"]["code"]) == (404, "cove.not_found")
