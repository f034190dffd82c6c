"""The examples of docs/identity.md through the collector's door: edge, spool, drainer and consumers as they run.

The examples themselves are `cove/directory/people/tests/test_identity.py`, where facts are put into the log instead.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import timedelta

import httpx
import pytest

from cove.directory.people.tests import test_identity as examples
from cove.edge.tests.reading import logged
from cove.edge.tests.serving import serving_edge
from cove.engine.tracking.commands.sources import create_source, make_server_key, make_signing_secret
from cove.facts.tracking import EventTracked, IdentityAliased, PageViewed, VisitorIdentified
from cove.kernel import clock

SITE = "https://shop.test"
HEADERS = {
    "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
    "accept-language": "zh-CN",
}
DOORS = {PageViewed: "page", EventTracked: "track", VisitorIdentified: "identify", IdentityAliased: "alias"}
PATIENCE = 60
EXAMPLES = [example for name, example in sorted(vars(examples).items()) if name.startswith("test_rule_")]


class Door(examples.Site):
    """The same site and product, whose pages and server send to a collector."""

    def __init__(self, actor, drain, address):
        super().__init__(actor, drain)
        self.noon = clock.now() - timedelta(hours=3)
        self.http = httpx.Client(base_url=f"{address}/collect/", headers=HEADERS, timeout=PATIENCE, trust_env=False)
        self.names = {}
        self.sent = 0
        self.digest, self.drain = drain, self.arrive
        source = create_source(actor, name="网站", allowed_origins=[SITE])
        self.secret = make_signing_secret(actor, source_id=source.id)[1]
        self.by_server = {"authorization": f"Bearer {make_server_key(actor, source_id=source.id)[1]}"}
        self.by_page = {"origin": SITE}
        self.write_key = source.write_key
        self._wait(self._keys_are_known)

    def browser(self, name):
        number = super().browser(name)
        self.names[number] = {"anonymous_id": f"browser-{name}"}
        return number

    def user(self, name):
        number = super().user(name)
        self.names[number] = {"user_id": name}
        return number

    def tell(self, kind, *, visitor_id, proof=None, user_visitor=None, previous_visitor=None, **said):
        """Send it as whoever may say it would: a page with or without a signature, else the server."""
        body = {**self.names[visitor_id], **said, "timestamp": self.next_minute().isoformat()}
        page = proof in ("none", "signature") or (proof is None and "anonymous_id" in body)
        if page:
            body["write_key"] = self.write_key
            body.setdefault("anonymous_id", "browser-of-whoever-says-so")
        if proof == "signature":
            body["signature"] = hmac.new(self.secret.encode(), body["user_id"].encode(), hashlib.sha256).hexdigest()
        answer = self.http.post(DOORS[kind], json=body, headers=self.by_page if page else self.by_server)
        assert answer.status_code == 200, answer.text
        self.sent += 1

    def arrive(self):
        """Wait until everything that was sent is in the log, and let everybody digest it."""
        self._wait(lambda: sum(kind in KINDS for kind, _ in logged(self.actor.tenant_id)) == self.sent)
        self.digest()

    def _keys_are_known(self):
        page = self.http.post("track", json={"write_key": self.write_key}, headers=self.by_page)
        server = self.http.post("track", json={}, headers=self.by_server)
        return (page.status_code, server.status_code) == (400, 400)

    def _wait(self, reached):
        end = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < end, logged(self.actor.tenant_id)
            time.sleep(0.02)


KINDS = {kind.kind for kind in DOORS}


@pytest.fixture(scope="module")
def serving(databases):
    with serving_edge() as address:
        yield address


@pytest.fixture
def door(actor, drain, serving):
    made = Door(actor, drain, serving)
    yield made
    made.http.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.__name__.removeprefix("test_") for one in EXAMPLES])
def test_an_example_holds_from_the_door_on(door, example):
    example(door)
