from __future__ import annotations

import asyncio

import httpx
import pytest
import structlog

from cove.engine.channels.wecom.client import tokens
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.answers import Followed
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import NoAnswer, Unreachable, WeComError
from cove.kernel.words import speaking

CREDENTIALS = Credentials(1, 1, "http://platform.test", "ww1", "1", "s3cret")


def asked(handler, monkeypatch):
    """Make one call on a line whose platform is `handler`, with a token at hand."""

    async def have(_line, *, stale=""):
        return "t0ken" + stale

    monkeypatch.setattr(tokens, "current", have)

    async def ask():
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
            return await Line(CREDENTIALS, http).post("externalcontact/x", {"welcome_code": "c0de", "text": "hi"})

    return asyncio.run(ask())


def test_success_without_errcode_is_success(monkeypatch):
    assert asked(lambda _: httpx.Response(200, json={"a": 1}), monkeypatch) == {"a": 1}


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, text="bad gateway"),
        httpx.Response(404, json={"detail": "unknown"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[1]),
    ],
    ids=["502", "404", "html", "list"],
)
def test_what_is_no_answer_of_the_platform_is_no_answer(monkeypatch, answer):
    with pytest.raises(NoAnswer):
        asked(lambda _: answer, monkeypatch)


def test_no_connection_is_told_from_a_lost_answer(monkeypatch):
    def refuse(request):
        raise httpx.ConnectError("refused", request=request)

    def hang(request):
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(Unreachable):
        asked(refuse, monkeypatch)
    with pytest.raises(NoAnswer):
        asked(hang, monkeypatch)


def test_errors_speak_both_languages_and_give_a_remedy(monkeypatch):
    refusal = {"errcode": 60020, "errmsg": "not allow to access from your ip, hint: [1], from ip: 203.0.113.9"}
    with pytest.raises(WeComError) as caught:
        asked(lambda _: httpx.Response(200, json=refusal), monkeypatch)
    assert caught.value.errmsg == "not allow to access from your ip"
    with speaking("zh-CN"):
        assert "可信 IP" in caught.value.message()
    with speaking("en"):
        assert "trusted list" in caught.value.message()


def test_a_token_that_stays_stale_is_no_endless_loop(monkeypatch):
    seen = []

    def refuse(request):
        seen.append(request.url.params["access_token"])
        return httpx.Response(200, json={"errcode": 42001, "errmsg": "expired"})

    with pytest.raises(WeComError):
        asked(refuse, monkeypatch)
    assert seen == ["t0ken", "t0kent0ken"]


def test_the_log_shows_no_secret(monkeypatch):
    with structlog.testing.capture_logs() as lines:
        asked(lambda _: httpx.Response(200, json={}), monkeypatch)
    written = repr(lines)
    assert "externalcontact/x" in written
    assert not any(secret in written for secret in ("t0ken", "c0de", "s3cret"))
    assert "s3cret" not in repr(CREDENTIALS)


def test_broken_documents_are_no_answer():
    with pytest.raises(NoAnswer):
        understood(Followed, {"external_contact": {}})
