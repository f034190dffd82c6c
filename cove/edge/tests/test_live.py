"""The live stream over a real server: who hears what, and when a stream ends."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time

import httpx
import psycopg
import pytest

from cove.directory.org.commands.sessions import Door, sign_in, sign_out
from cove.directory.org.commands.tenants import create_administrator, create_tenant
from cove.directory.org.models import Member
from cove.directory.org.permissions import MANAGE_MEMBERS, SEE_MEMBERS
from cove.kernel.actor import Actor
from cove.kernel.live.hub import STREAMS_A_MEMBER
from cove.kernel.live.publish import SESSIONS_CHANGED, tell_live
from cove.kernel.scope import tenant_scope
from cove.launch.env import environment
from tests.ports import free_port

PASSWORD = "harbour-light-42"


def start_web(stderr=None):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cove.launch.web"], env=os.environ | {"COVE_PORT": str(port)}, stderr=stderr
    )
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/healthz", timeout=60).is_success:
                return process, url
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("the web part does not answer")


@pytest.fixture(scope="module")
def web(databases):
    process, url = start_web()
    yield url
    process.terminate()
    process.wait(60)


class Browser:
    """One open stream, read by a thread into a queue of (event, data, id)."""

    def __init__(self, url, token, last=""):
        headers = {"cookie": f"cove_session={token}", "accept-language": "en"}
        self._client = httpx.Client(timeout=httpx.Timeout(10, read=60))
        self._context = self._client.stream(
            "GET", f"{url}/api/notices/stream", headers=headers | ({"last-event-id": last} if last else {})
        )
        self.response = self._context.__enter__()
        self.heard = queue.Queue()
        self.ended = threading.Event()
        self._lines = self.response.iter_lines()
        if self.response.status_code == 200:
            assert next(self._lines).startswith("retry:")
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        said = {}
        try:
            for line in self._lines:
                name, _, value = line.partition(": ")
                if line and name in ("event", "data", "id"):
                    said[name] = value
                elif not line and said:
                    self.heard.put((said.get("event"), said.get("data"), said.get("id")))
                    said = {}
        except httpx.TransportError:
            pass
        self.ended.set()

    def next(self, seconds=60):
        """Return the next event that is not a ping of `settle`."""
        while (found := self.heard.get(timeout=seconds))[0] == "ping":
            pass
        return found

    def leave(self):
        self._context.__exit__(None, None, None)
        self._client.close()


@pytest.fixture
def browsers():
    opened = []
    yield opened
    for one in opened:
        one.leave()


@pytest.fixture
def browse(web, browsers):
    def start(token, last=""):
        browsers.append(Browser(web, token, last))
        return browsers[-1]

    return start


def token_of(member):
    return sign_in(email=member.email, password=PASSWORD, door=Door("", "")).token


def settle(browser, tenant_id):
    """Wait until the stream hears: the server answers before its listener may be connected."""
    for _ in range(300):
        tell_live(tenant_id, "ping")
        try:
            browser.heard.get(timeout=0.2)
        except queue.Empty:
            continue
        return
    raise AssertionError("the stream hears nothing")


def test_nobody_without_a_session_gets_a_stream(browse):
    stranger = browse("no-such-token")
    assert stranger.response.status_code == 401
    assert stranger.response.read()
    assert stranger.response.json()["error"]["code"] == "cove.sign_in_required"


def test_two_tenants_never_hear_each_other(actor, administrator, browse):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        stranger = create_administrator(
            Actor.system(other.id), name="外人", email=f"x{other.id}@cove.test", password=PASSWORD
        )
    mine, theirs = browse(token_of(administrator)), browse(token_of(stranger))
    settle(mine, actor.tenant_id)
    settle(theirs, other.id)
    tell_live(actor.tenant_id, "notice", {"n": 1}, member_ids=[administrator.id, stranger.id])
    tell_live(actor.tenant_id, "job", {"n": 2})
    tell_live(other.id, "notice", {"n": 3})
    assert [mine.next()[:2], mine.next()[:2]] == [("notice", '{"n": 1}'), ("job", '{"n": 2}')]
    assert theirs.next()[:2] == ("notice", '{"n": 3}')
    with pytest.raises(queue.Empty):
        mine.next(0.5)


def test_an_event_is_heard_by_its_members_and_by_holders_of_the_right(actor, administrator, browse):
    plain = create_administrator(actor, name="员工", email=f"p{actor.tenant_id}@cove.test", password=PASSWORD)
    plain.grants.all().delete()
    boss, member = browse(token_of(administrator)), browse(token_of(plain))
    settle(boss, actor.tenant_id)
    settle(member, actor.tenant_id)
    tell_live(actor.tenant_id, "a", member_ids=[administrator.id])
    tell_live(actor.tenant_id, "b", needs=SEE_MEMBERS)
    tell_live(actor.tenant_id, "c", member_ids=[plain.id], needs=MANAGE_MEMBERS)
    tell_live(actor.tenant_id, "d")
    assert [boss.next()[0] for _ in range(3)] == ["a", "b", "d"]
    assert member.next()[0] == "d"


def test_who_comes_back_hears_what_he_missed_or_that_he_did(actor, administrator, browse):
    token = token_of(administrator)
    first = browse(token)
    settle(first, actor.tenant_id)
    tell_live(actor.tenant_id, "one")
    last = first.next()[2]
    tell_live(actor.tenant_id, "two")
    first.next()
    first.leave()
    again = browse(token, last)
    assert again.next()[0] == "two"
    assert browse(token, "unknown-id").next()[0] == "look"


def test_the_end_of_a_session_ends_its_stream_and_no_other(actor, administrator, browse):
    ending, staying = token_of(administrator), token_of(administrator)
    closed, open_ = browse(ending), browse(staying)
    settle(closed, actor.tenant_id)
    settle(open_, actor.tenant_id)
    sign_out(token=ending)
    assert closed.next()[0] == "signed_out"
    assert closed.ended.wait(60)
    tell_live(actor.tenant_id, "still")
    assert open_.next()[0] == "still"


def test_a_member_who_left_hears_no_more(actor, administrator, browse):
    browser = browse(token_of(administrator))
    settle(browser, actor.tenant_id)
    Member.objects.filter(id=administrator.id).update(active=False)
    tell_live(actor.tenant_id, SESSIONS_CHANGED, member_ids=[administrator.id])
    assert browser.next()[0] == "signed_out"


def test_a_members_streams_are_bounded(administrator, browse):
    token = token_of(administrator)
    for _ in range(STREAMS_A_MEMBER):
        assert browse(token).response.status_code == 200
    assert browse(token).response.status_code == 429


def test_an_open_stream_takes_no_connection_of_its_own(actor, administrator, browse):
    def connected():
        with psycopg.connect(environment().embedded_postgres_url("postgres")) as looking:
            found = looking.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN cove_live'")
            return found.fetchone()[0]

    token = token_of(administrator)
    settle(browse(token), actor.tenant_id)
    before = connected()
    for _ in range(5):
        settle(browse(token), actor.tenant_id)
    assert before == connected() == 1


def test_streams_do_not_hold_up_the_end(actor, administrator, tmp_path):
    told = tmp_path / "stderr"
    with told.open("wb") as file:
        process, url = start_web(file)
    browser = Browser(url, token_of(administrator))
    settle(browser, actor.tenant_id)
    process.send_signal(signal.SIGTERM)
    assert browser.ended.wait(60)
    assert process.wait(60) in (0, -signal.SIGTERM)
    assert "graceful shutdown exceeded" not in told.read_text(), "streams were cut, not ended"
    browser.leave()


def test_django_alone_asks_to_come_again(browser_client):
    answer = browser_client.get("/api/notices/stream")
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert b"event: look" in answer.content
