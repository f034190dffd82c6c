"""Encrypted WeCom events accepted durably, over 16 kept-alive connections, against three ways to only decrypt and parse the same posts.

`callbacks` is held against a peer's method, the library that most Python programs take for it; `callbacks-bare` against the least there is,
in memory; `callbacks-http` against that least behind an HTTP server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.callbacks.posts import AES_KEY, AGENT, CORP, TOKEN, posts
from bench.callbacks.references import bare, peer
from bench.frame import Result, free_port, in_turns, more, process, servers
from bench.redirect import waiting

CONNECTIONS = 16
SECONDS = 2.0
ROUNDS = 8
DRAIN_SECONDS = 60.0
MADE = 5_000
PEER = (
    "one process that does it by wechatpy: checks the signature, parses the outer XML, decrypts and parses the event, of the same posts "
    "from memory; no HTTP, no check of time or copies, nothing kept"
)
BARE = (
    "one process that parses the outer XML, decrypts (AES-256-CBC of the same library) and parses the event, of the same posts from "
    "memory; no HTTP, no signature, nothing kept"
)
HTTP = "a bare ASGI app on uvicorn (uvloop, httptools, one process) that does what callbacks-bare does and answers; nothing kept"


def run() -> list[Result]:
    """Return events per second of ours beside each reference, measured in turn."""
    with servers():
        path, made = _channel(), posts(MADE)
        # The product's own server, as `cove serve` starts it.
        ours, http = free_port(), free_port()
        os.environ["COVE_PORT"] = str(ours)
        with (
            process("-m", "cove.launch.web", port=ours),
            process("-m", "bench.redirect.serve", "bench.callbacks.references:application", str(http), port=http),
        ):
            sides = {
                "ours": lambda: _ours(ours, path),
                "peer": lambda: peer(made),
                "bare": lambda: bare(made),
                "http": lambda: _load(http, path)[1],
            }
            rates = in_turns(sides, rounds=ROUNDS)
        _check()
    references = {"callbacks": ("peer", PEER), "callbacks-bare": ("bare", BARE), "callbacks-http": ("http", HTTP)}
    return [
        more(name, rates["ours"], rates[side], unit="events/s", what_reference_is=what)
        for name, (side, what) in references.items()
    ]


def _ours(port: int, path: str) -> float:
    accepted, rate = _load(port, path)
    # What still waits for PostgreSQL must not slow the other side's turn.
    end = time.monotonic() + DRAIN_SECONDS
    while waiting() and time.monotonic() < end:
        time.sleep(0.05)
    _accepted.append(accepted)
    return rate


def _load(port: int, path: str) -> tuple[int, float]:
    arguments = [str(port), path, str(CONNECTIONS), str(SECONDS)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.callbacks.load", *arguments], check=True, capture_output=True, text=True
    )
    answered, rate = done.stdout.split()
    return int(answered), float(rate)


_accepted: list[int] = []


def _check() -> None:
    """Refuse a figure if an event that was answered is not in the log, or is there twice."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM log_fact WHERE kind = 'wecom.callback_accepted'")
        found = cursor.fetchone()[0]
    # The last request of each connection may have been taken without its answer being waited for.
    if not 0 <= found - sum(_accepted) <= CONNECTIONS * len(_accepted):
        raise AssertionError(f"{sum(_accepted)} events answered, {found} in the log")


def _channel() -> str:
    from cove.directory.org.commands.tenants import create_tenant
    from cove.engine.channels.wecom.commands.channels import configure_channel
    from cove.kernel.actor import Actor
    from cove.kernel.scope import tenant_scope

    actor = Actor.system(create_tenant(name="云岫家居").id)
    with tenant_scope(actor.tenant_id):
        row = configure_channel(
            actor, corp_id=CORP, agent_id=AGENT, secret="s" * 43, callback_token=TOKEN, aes_key=AES_KEY
        )
    return f"/callbacks/wecom/{row.public_id}"
