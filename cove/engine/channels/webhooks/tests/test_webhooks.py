"""Webhooks end to end: a fact in the log, a real receiver, what it answers."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cove.directory.org.models import Notice
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.webhooks.client import guard
from cove.engine.channels.webhooks.client.calling import call as make_call
from cove.engine.channels.webhooks.client.guard import NotAllowed, resolved
from cove.engine.channels.webhooks.client.signing import signature
from cove.engine.channels.webhooks.commands.calls import order_calls
from cove.engine.channels.webhooks.contracts import Due
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.engine.channels.webhooks.queries.addresses import is_address
from cove.engine.channels.wecom.tests.driving import deliver_all
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope
from tests.ports import free_port


class Receiver(ThreadingHTTPServer):
    """A company's own system: answers with `status`, keeps what came."""

    def __init__(self):
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.status, self.said, self.headers = 200, b"thanks", {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(outer.said)))
                self.end_headers()
                self.wfile.write(outer.said)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/hook?x=1"
        threading.Thread(target=self.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    server = Receiver()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def made(browser_client, receiver):
    """A webhook for new contacts; its number and secret."""
    body = {"name": "CRM", "url": receiver.url, "kinds": ["people.contact_admitted"]}
    answer = post(browser_client, "/api/webhooks", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["webhook"]["id"], answer.json()["secret"]


def post(client, path, body=None):
    return client.post(path, body or {}, content_type="application/json")


def put(client, path, body):
    return client.put(path, body, content_type="application/json")


def contact(actor, phone="13812345678"):
    return people.admit_contact(actor, identity=Identity("phone", phone), source="web")[0].id


def calls(client, webhook_id):
    return client.get(f"/api/webhooks/{webhook_id}/calls").json()["items"]


def test_a_fact_is_told_once_signed_and_masked(browser_client, actor, made, receiver, drain):
    webhook_id, secret = made
    contact_id = contact(actor)
    drain()
    drain()
    deliver_all(actor)
    ((headers, body),) = receiver.came
    said = json.loads(body)
    assert (said["type"], said["contact_id"], said["id"]) == (
        "people.contact_admitted",
        contact_id,
        headers["webhook-id"],
    )
    assert "13812345678" not in body.decode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    (call,) = calls(browser_client, webhook_id)
    assert (call["state"], call["status"], call["attempts"], call["said"]) == ("delivered", 200, 1, "thanks")


def test_a_signature_of_the_published_example():
    # The example of Standard Webhooks' specification.
    body = b'{"test": 2432232314}'
    made = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        event_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=body,
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_not_wanted_or_older_is_not_told(browser_client, actor, receiver, drain):
    contact(actor, "13800000001")
    post(browser_client, "/api/webhooks", {"name": "a", "url": receiver.url, "kinds": ["people.note_written"]})
    put_kinds = {"name": "b", "url": receiver.url, "kinds": ["people.contact_admitted"]}
    post(browser_client, "/api/webhooks", put_kinds)
    drain()
    assert Call.objects.count() == 0


def test_an_error_is_tried_again_by_growing_steps_and_given_up(browser_client, actor, made, receiver, drain):
    webhook_id, _ = made
    receiver.status = 500
    contact(actor)
    drain()
    for attempt in range(1, 10):
        Delivery.objects.filter(state="pending").update(not_before=clock.now() - timedelta(seconds=1))
        run_due(actor)
        (call,) = calls(browser_client, webhook_id)
        assert (call["attempts"], call["status"]) == (attempt, 500)
    assert (call["state"], call["trouble"], Delivery.objects.get().state) == ("dead", "http_error", "failed")
    ids = {headers["webhook-id"] for headers, _ in receiver.came}
    assert (len(receiver.came), len(ids)) == (9, 1)
    receiver.status = 200
    assert post(browser_client, f"/api/webhooks/{webhook_id}/send-again").json() == {"count": 1}
    deliver_all(actor)
    (call,) = calls(browser_client, webhook_id)
    assert (call["state"], call["attempts"], len(receiver.came)) == ("delivered", 10, 10)
    assert post(browser_client, f"/api/webhook-calls/{call['id']}/send-again").json()["state"] == "pending"
    assert post(browser_client, f"/api/webhook-calls/{call['id']}/send-again").status_code == 409
    deliver_all(actor)
    assert len(receiver.came) == 11


def run_due(actor):
    """Perform what is due now, once, without waiting for what is due later."""
    import httpx

    from cove.engine.channels.delivery.commands import outbox
    from cove.engine.channels.delivery.contracts import kinds
    from cove.engine.channels.delivery.judging import judge

    async def perform(order):
        async with httpx.AsyncClient(timeout=60) as http:
            return await kinds[order.kind].perform(order, http)

    for order in outbox.claim_due(actor, claim=7, limit=50):
        outcome = asyncio.run(perform(order))
        outbox.settle(actor, order=order, verdict=judge(kinds[order.kind], order, outcome, clock.now()))


def test_gone_for_good_switches_it_off_and_says_so(browser_client, actor, made, receiver, drain):
    webhook_id, _ = made
    receiver.status = 410
    contact(actor)
    drain()
    deliver_all(actor)
    drain()
    hook = browser_client.get(f"/api/webhooks/{webhook_id}").json()
    assert (hook["active"], hook["off_because"]) == (False, "gone")
    assert Notice.objects.filter(kind="webhooks.webhook_disabled").count() == 1
    contact(actor, "13800000002")
    drain()
    assert Call.objects.count() == 1
    assert put(browser_client, f"/api/webhooks/{webhook_id}/active", {"active": True}).json()["off_because"] == ""


def test_a_day_of_failures_switches_it_off(actor, made, receiver, drain):
    webhook_id, _ = made
    receiver.status = 503
    Webhook.objects.update(failures=9, failing_since=clock.now() - timedelta(hours=25))
    contact(actor)
    drain()
    run_due(actor)
    assert Webhook.objects.get(id=webhook_id).off_because == "failing"


def test_a_redirect_is_not_followed(browser_client, actor, made, receiver, drain):
    receiver.status, receiver.headers = 302, {"location": "http://127.0.0.1:1/"}
    contact(actor)
    drain()
    run_due(actor)
    (call,) = calls(browser_client, made[0])
    assert (call["status"], call["state"], len(receiver.came)) == (302, "pending", 1)


def a_call(url: str) -> Due:
    return Due(1, 1, url, ("whsec_" + base64.b64encode(b"k" * 32).decode(),), "evt_1", "x", b"{}")


async def test_a_name_in_other_letters_is_looked_up_and_told_in_those_of_the_dns(receiver, monkeypatch):
    asked = []

    async def answer(host, *_, **__):
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", receiver.server_port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answer)
    assert (await make_call(a_call(f"http://云岫.中国:{receiver.server_port}/hook"))).status == 200
    ((headers, _),) = receiver.came
    assert asked == ["xn--9kqr75a.xn--fiqs8s"]
    assert headers["host"] == f"xn--9kqr75a.xn--fiqs8s:{receiver.server_port}"


async def test_what_keeps_a_call_from_arriving_is_told_apart(receiver, monkeypatch):
    assert (await make_call(a_call(f"https://127.0.0.1:{receiver.server_port}/"))).trouble == "tls_failed"
    assert (await make_call(a_call(f"http://127.0.0.1:{free_port()}/"))).trouble == "unreachable"

    async def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    # No question of a test leaves this machine.
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    assert (await make_call(a_call("https://nobody.invalid/"))).trouble == "name_unknown"


def test_a_long_answer_is_cut(browser_client, actor, made, receiver, drain):
    receiver.said = b"x" * 5_000_000
    contact(actor)
    drain()
    deliver_all(actor)
    (call,) = calls(browser_client, made[0])
    assert (call["state"], len(call["said"])) == ("delivered", 1000)


def test_a_name_that_leads_inside_is_not_called(browser_client, actor, made, receiver, drain, settings, monkeypatch):
    settings.WEBHOOK_NETWORKS = ()
    contact(actor)
    drain()
    deliver_all(actor)
    (call,) = calls(browser_client, made[0])
    assert (call["state"], call["trouble"], receiver.came) == ("dead", "address_not_public", [])


async def test_every_address_of_a_name_must_be_public(monkeypatch):
    async def answer(*_, **__):
        return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answer)
    with pytest.raises(NotAllowed):
        await resolved("rebinding.example", 443)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_private_addresses_in_whatever_clothes(text):
    import ipaddress

    assert not guard.is_allowed(ipaddress.ip_address(text))
    host = f"[{text}]" if ":" in text else text
    assert not is_address(f"https://{host}/hook")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com",
        "https://",
        "https://a:b@example.com",
        "https://example.com:0/",
        "https://exa mple.com",
        "x" * 30,
    ],
)
def test_addresses_that_cannot_be_called_are_refused_by_field(browser_client, url):
    answer = post(browser_client, "/api/webhooks", {"name": "a", "url": url, "kinds": ["people.contact_admitted"]})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["url"])


def test_kinds_must_be_known(browser_client):
    answer = post(browser_client, "/api/webhooks", {"name": " ", "url": "https://example.com", "kinds": ["no.such"]})
    assert set(answer.json()["error"]["fields"]) == {"name", "kinds"}


def test_a_new_secret_signs_beside_the_old_for_a_day(browser_client, actor, made, receiver, drain):
    webhook_id, old = made
    new = post(browser_client, f"/api/webhooks/{webhook_id}/secret").json()["secret"]
    post(browser_client, f"/api/webhooks/{webhook_id}/test")
    deliver_all(actor)
    with clock.shifted(timedelta(hours=25)):
        post(browser_client, f"/api/webhooks/{webhook_id}/test")
        deliver_all(actor)
    counts = [len(headers["webhook-signature"].split()) for headers, _ in receiver.came]
    assert (counts, old != new) == ([2, 1], True)
    assert new not in browser_client.get(f"/api/webhooks/{webhook_id}").content.decode()


def test_a_test_is_tried_once_also_where_it_is_off(browser_client, actor, made, receiver):
    webhook_id, _ = made
    put(browser_client, f"/api/webhooks/{webhook_id}/active", {"active": False})
    receiver.status = 500
    post(browser_client, f"/api/webhooks/{webhook_id}/test")
    deliver_all(actor)
    (call,) = calls(browser_client, webhook_id)
    assert (call["state"], call["attempts"], call["label"]) == ("dead", 1, "Test call")


def test_whole_facts_only_by_whoever_sees_them(browser_client, actor, administrator, receiver, drain):
    from cove.engine.channels.webhooks.commands.webhooks import Wish, create_webhook
    from cove.engine.channels.webhooks.errors import MayNotReveal

    wish = Wish("a", receiver.url, ("people.contact_admitted",), whole=True)
    member = Actor(
        actor.tenant_id, "member", member_id=administrator.id, rights={"webhooks.manage": "all", "webhooks.see": "all"}
    )
    with pytest.raises(MayNotReveal):
        create_webhook(member, wish=wish)
    create_webhook(actor, wish=wish)


def test_a_fact_of_another_company_is_not_told(actor, made, drain):
    from cove.directory.org.commands.tenants import create_tenant

    other = create_tenant(name="别家")
    with tenant_scope(other.id):
        contact(Actor.system(other.id))
    drain()
    assert Call.objects.count() == 0


def test_a_thousand_facts_cost_as_many_questions_as_one(actor, made, receiver):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(first, count):
        with CaptureQueriesContext(connection) as queries:
            order_calls(actor, wanted=[(made[0], first + number, "people.contact_admitted") for number in range(count)])
        return len(queries)

    assert asked(10**9, 1) == asked(2 * 10**9, 900)
    Delivery.objects.all().delete()
