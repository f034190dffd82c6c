"""The short way of callbacks: nobody outside may be able to tell it from the long one."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from cove.directory.org.commands.tenants import create_tenant
from cove.edge import mirror, protocol, spool
from cove.edge.mirror import Signpost
from cove.edge.tests.serving import serving_edge
from cove.engine.channels.seal.crypto import seal_message, sign
from cove.kernel import clock
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import seal_secret

CORP, TOKEN, KEY = "ww5f2c81d94b7a3e60", "QDG6eKcZ3mWn8Rt", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
PATH = "/callbacks/wecom/somewhere"
PATIENCE = 60
_number = count()


@pytest.fixture(scope="module")
def edge(databases):
    with serving_edge() as address:
        yield address


@pytest.fixture(scope="module")
def signposts(edge, databases):
    document = {
        "channel_id": 1,
        "corp_id": CORP,
        "agent_id": "",
        "token": seal_secret(TOKEN),
        "aes_key": seal_secret(KEY),
    }
    post = Signpost("wecom_callback", "somewhere", create_tenant(name="回调之家").id, document)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mirror, "signpost", lambda kind, key: post if (kind, key) == (post.kind, post.key) else None)
        yield


@pytest.fixture
def line(edge, signposts):
    """A connection to the edge."""
    with connected(edge) as opened:
        yield opened


@contextmanager
def connected(edge: str):
    address = urlsplit(edge)
    with socket.create_connection((address.hostname, address.port), timeout=PATIENCE) as opened:
        yield opened


def sealed(**spoiled: str) -> tuple[dict[str, str], bytes]:
    """Return query and body of a callback that was never sent before."""
    now = str(int(clock.now().timestamp()))
    event = (
        f"<xml><FromUserName>sys</FromUserName><CreateTime>{now}</CreateTime><MsgType>event</MsgType>"
        f"<Event>change_external_contact</Event><ExternalUserID>wm{next(_number)}</ExternalUserID></xml>"
    )
    encrypted = seal_message(KEY, event.encode(), CORP)
    query = {"msg_signature": sign(TOKEN, now, "n", encrypted), "timestamp": now, "nonce": "n"} | spoiled
    return query, f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


def request(query: dict[str, str], body: bytes, *, path: str = PATH, version: str = "1.1", more: str = "") -> bytes:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    head = f"POST {path}?{asked} HTTP/{version}\r\nhost: a\r\ncontent-length: {len(body)}\r\n{more}\r\n"
    return head.encode("latin-1") + body


def heard(line) -> tuple[int, dict[str, str], str]:
    """Read one whole answer: status, headers, body."""
    had = b""
    while b"\r\n\r\n" not in had:
        had += _more(line)
    head, _, body = had.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(one.lower().split(": ", 1) for one in lines)
    while len(body) < int(headers["content-length"]):
        body += _more(line)
    return int(status.split()[1]), headers, body.decode()


def _more(line) -> bytes:
    # A byte at a time: what lies behind it is the next answer.
    got = line.recv(1)
    if not got:
        raise ConnectionError("closed")
    return got


def closed(line) -> bool:
    return line.recv(1) == b""


def verdicts(name: str) -> float:
    return CALLBACKS.labels(platform="wecom", verdict=name)._value.get()


@pytest.fixture
def taken(monkeypatch):
    """What went the short way."""
    found = []

    def submitted(frame, told):
        found.append(frame)
        spool.running[0].submit(frame, told)

    monkeypatch.setattr(spool, "submit", submitted)
    return found


def test_both_ways_say_the_same(line, taken, monkeypatch):
    line.sendall(request(*sealed()))
    short = heard(line)
    assert len(taken) == 1
    monkeypatch.setattr(protocol, "_weighed", lambda _url, _body: None)
    line.sendall(request(*sealed()))
    long = heard(line)
    assert len(taken) == 1
    assert (short[0], short[2]) == (long[0], long[2]) == (200, "success")
    assert short[1].keys() == long[1].keys()
    assert {name: value for name, value in short[1].items() if name != "date"}.items() <= long[1].items()


def test_what_comes_in_pieces_or_in_one_row_is_answered_in_order(line, taken):
    before = verdicts("accepted")
    said = request(*sealed())
    for at in range(0, len(said), 100):
        line.sendall(said[at : at + 100])
        time.sleep(0.001)
    assert heard(line)[2] == "success"
    line.sendall(request(*sealed()) + request(*sealed(nonce="another")) + request(*sealed()))
    assert [heard(line)[::2] for _ in range(3)] == [(200, "success"), (403, "refused"), (200, "success")]
    assert verdicts("accepted") == before + 3
    assert len(taken) == 2  # whoever had to wait went the long way


def test_bodies_of_unknown_length_are_taken(line, taken):
    query, body = sealed()
    head = request(query, b"").replace(b"content-length: 0", b"transfer-encoding: chunked")
    line.sendall(head + b"%x\r\n" % 40 + body[:40] + b"\r\n" + b"%x\r\n" % (len(body) - 40) + body[40:])
    line.sendall(b"\r\n0\r\n\r\n")
    assert heard(line)[2] == "success"
    assert len(taken) == 1


@pytest.mark.parametrize("size", [protocol.MOST_HELD + 1, 300_000])
def test_what_is_too_large_for_the_short_way_is_judged_by_the_long_one(edge, signposts, taken, size):
    with connected(edge) as line:
        line.sendall(request(sealed()[0], b"x" * size))
        assert heard(line)[0] == (413 if size > 256 * 1024 else 400)
    assert taken == []


@pytest.mark.parametrize(("version", "more"), [("1.0", ""), ("1.1", "connection: close\r\n")])
def test_who_wants_the_end_gets_it_after_the_answer(line, taken, version, more):
    line.sendall(request(*sealed(), version=version, more=more))
    status, headers, body = heard(line)
    assert (status, headers["connection"], body) == (200, "close", "success")
    assert closed(line)
    assert len(taken) == 1


def test_who_waits_for_leave_to_go_on_gets_it(line, taken):
    query, body = sealed()
    line.sendall(request(query, body, more="expect: 100-continue\r\n")[: -len(body)])
    assert line.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
    line.sendall(body)
    assert heard(line)[2] == "success"
    assert taken == []


def test_a_copy_is_told_as_before(line, taken):
    before, said = verdicts("replayed"), request(*sealed())
    line.sendall(said)
    assert heard(line)[2] == "success"
    line.sendall(said)
    assert heard(line)[2] == "success"
    assert verdicts("replayed") == before + 1
    assert len(taken) == 1


def test_what_the_disk_refuses_is_not_promised(line, taken, monkeypatch):
    before, said = verdicts("not_durable"), request(*sealed())
    with monkeypatch.context() as full:
        full.setattr(spool.running[0], "_write", lambda _data: OSError("no room"))
        line.sendall(said)
        assert heard(line)[::2] == (503, "try again")
    assert verdicts("not_durable") == before + 1
    line.sendall(said)
    assert heard(line)[2] == "success"
    assert len(taken) == 2


def test_whoever_hangs_up_was_heard_all_the_same(edge, signposts, line, taken):
    before = verdicts("accepted")
    with connected(edge) as gone:
        gone.sendall(request(*sealed()))
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        end = time.monotonic() + PATIENCE
        while not taken and time.monotonic() < end:
            time.sleep(0.01)
    line.sendall(request(*sealed()))
    assert heard(line)[2] == "success"
    assert verdicts("accepted") == before + 2


def test_a_stumble_is_the_long_ways_to_tell(line, taken, monkeypatch, caplog):
    def stumble(*_arguments):
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(protocol, "_door", lambda _name: stumble)
    line.sendall(request(*sealed()))
    assert heard(line)[2] == "success"
    assert taken == []


def test_what_has_begun_is_answered_before_the_end(edge, signposts, monkeypatch):
    made, told = [], threading.Event()

    def noted(self, transport):
        made.append(self)
        HttpToolsProtocol.connection_made(self, transport)

    monkeypatch.setattr(protocol.EdgeProtocol, "connection_made", noted)
    said = request(*sealed())
    with connected(edge) as line:
        line.sendall(said[:-10])
        end = time.monotonic() + PATIENCE
        while not (made and made[0]._held) and time.monotonic() < end:
            time.sleep(0.01)
        made[0].loop.call_soon_threadsafe(lambda: (made[0].shutdown(), told.set()))
        assert told.wait(PATIENCE)
        line.sendall(said[-10:])
        status, headers, body = heard(line)
        assert (status, headers["connection"], body) == (200, "close", "success")
        assert closed(line)


_SPOILED = st.one_of(
    st.tuples(st.just("body"), st.integers(0, 900), st.binary(min_size=1, max_size=3)),
    st.tuples(
        st.sampled_from(["msg_signature", "timestamp", "nonce"]),
        st.just(0),
        st.sampled_from([b"", b"%31", b"1+", b"a=b"]),
    ),
    st.tuples(
        st.just("path"),
        st.just(0),
        st.sampled_from([b"/callbacks/wecom/", b"/callbacks/wecom/x%2f", b"/callbacks/other/x"]),
    ),
)


@settings(max_examples=40, deadline=None)
@given(_SPOILED)
def test_whatever_is_spoiled_both_ways_say_the_same(edge, signposts, spoiled):
    what, at, by = spoiled
    said = []
    for way in ("short", "long"):
        query, body = sealed(**({what: by.decode()} if what not in ("body", "path") else {}))
        if what == "body":
            body = body[:at] + by + body[at + len(by) :]
        with pytest.MonkeyPatch.context() as patched, connected(edge) as line:
            if way == "long":
                patched.setattr(protocol, "_weighed", lambda _url, _body: None)
            line.sendall(request(query, body, path=by.decode() if what == "path" else PATH))
            said.append(heard(line)[::2])
    assert said[0] == said[1]
