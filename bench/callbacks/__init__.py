"""Encrypted WeCom events accepted durably, over 16 kept-alive connections, against a loop that only decrypts and parses the same posts."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from xml.etree import ElementTree as ET

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bench.callbacks.posts import AES_KEY, AGENT, CORP, TOKEN, Post, posts
from bench.frame import Result, by_turns, free_port, more, process, servers
from bench.redirect import waiting

CONNECTIONS = 16
SECONDS = 2.0
ROUNDS = 8
DRAIN_SECONDS = 60.0
BARE_POSTS = 10_000
WHAT = (
    "one process that parses the outer XML, decrypts (AES-256-CBC of the same library) and parses the event, of the same posts from "
    "memory; no HTTP, no signature, nothing kept"
)


def run() -> Result:
    """Return events per second of ours and of the reference, measured by turns."""
    with servers():
        path, port, made = _channel(), free_port(), posts(BARE_POSTS)
        with process("-m", "bench.redirect.serve", "cove.launch.asgi:application", str(port), port=port):
            medians = by_turns(ours=lambda: _ours(port, path), reference=lambda: _bare(made), rounds=ROUNDS)
        _check()
    return more("callbacks", *medians, unit="events/s", what_reference_is=WHAT)


def _ours(port: int, path: str) -> float:
    arguments = [str(port), path, str(CONNECTIONS), str(SECONDS)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.callbacks.load", *arguments], check=True, capture_output=True, text=True
    )
    # What still waits for PostgreSQL must not slow the other side's turn.
    end = time.monotonic() + DRAIN_SECONDS
    while waiting() and time.monotonic() < end:
        time.sleep(0.05)
    _accepted.append(int(done.stdout.split()[0]))
    return float(done.stdout.split()[1])


def _bare(made: list[Post]) -> float:
    key = base64.b64decode(AES_KEY + "=")
    started = time.perf_counter()
    for post in made:
        encrypted = ET.fromstring(post.body).findtext("Encrypt", "")
        decryptor = Cipher(AES256(key), CBC(key[:16])).decryptor()
        plain = decryptor.update(base64.b64decode(encrypted)) + decryptor.finalize()
        event = ET.fromstring(plain[20 : 20 + int.from_bytes(plain[16:20], "big")])
        if {one.tag: one.text for one in event}["ToUserName"] != CORP:
            raise AssertionError("not the event that was sealed")
    return len(made) / (time.perf_counter() - started)


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
