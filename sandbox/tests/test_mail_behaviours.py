"""Addresses that misbehave, what they send back, names, and what a signature is worth."""

import contextlib
import smtplib
from email import message_from_bytes
from email.message import EmailMessage

import dkim
import dns.resolver
import pytest
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.tests.running import Sandbox, wait_until
from tests.ports import free_port

SENDER = "b+abc@bounces.cove.example"


class Returned:
    def __init__(self):
        self.mails, self.refuse = [], False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        if self.refuse:
            self.refuse = False
            return "451 later"
        self.mails.append((envelope.mail_from, envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture(scope="module")
def door():
    port, found = free_port(), Returned()
    controller = Controller(found, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    found.port = port
    yield found
    controller.stop()


@pytest.fixture(scope="module")
def post(tmp_path_factory, door):
    settings = {"smtp_port": free_port(), "dns_port": free_port(), "returns": f"127.0.0.1:{door.port}"}
    started = Sandbox(tmp_path_factory.mktemp("post"), **settings)
    yield started
    started.close()


def send(post, to, raw=None):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Cove <news@cove.example>", to, "新品"
    letter["Message-ID"] = "<ourown@cove.example>"
    letter.set_content("您好")
    with smtplib.SMTP("127.0.0.1", post.settings.smtp_port, timeout=60) as line:
        line.sendmail(SENDER, [to], raw or letter.as_bytes())


@pytest.mark.parametrize(
    ("to", "code", "enhanced"),
    [("nobody@qq.example", 550, b"5.1.1"), ("full+2@163.example", 552, b"5.2.2"), ("busy@qq.example", 421, b"4.3.2")],
)
def test_some_refuse_at_once(post, to, code, enhanced):
    with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPServerDisconnected)) as refused:
        send(post, to)
    if isinstance(refused.value, smtplib.SMTPRecipientsRefused):
        assert refused.value.recipients[to][0] == code
        assert enhanced in refused.value.recipients[to][1]
    assert post.api("GET", f"/mails?to={to}")["items"] == []


def test_spam_is_refused_with_its_body(post):
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(post, "spam@qq.example")
    assert refused.value.smtp_code == 554


def test_a_server_that_greylists_takes_it_the_second_time(post):
    post.api("PUT", "/mail", {"grey_seconds": 0})
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(post, "grey@qq.example")
    send(post, "grey@qq.example")
    assert len(post.api("GET", "/mails?to=grey@qq.example")["items"]) == 1


@pytest.mark.parametrize(
    ("to", "kind", "words"),
    [
        ("bounce@qq.example", "message/delivery-status", "Status: 5.1.1"),
        ("softbounce@qq.example", "message/delivery-status", "Status: 5.2.2"),
        ("delayed@qq.example", "message/delivery-status", "Action: delayed"),
        ("complain@qq.example", "message/feedback-report", "Feedback-Type: abuse"),
        ("holiday@qq.example", "text/plain", "Monday"),
    ],
)
def test_some_take_it_and_send_something_back(post, door, to, kind, words):
    door.mails.clear()
    door.refuse = True
    send(post, to)
    [(sender, recipient, report)] = wait_until(lambda: list(door.mails))
    assert (sender, recipient) == ("<>", SENDER)
    parts = {part.get_content_type(): part.as_string() for part in report.walk()}
    assert words in parts[kind]
    if kind != "text/plain":
        assert "ourown@cove.example" in parts["text/rfc822-headers"]


def test_a_person_may_complain(post, door):
    send(post, "wang@qq.example")
    door.mails.clear()
    [mail] = post.api("GET", "/mails?to=wang@qq.example")["items"]
    assert post.api("POST", f"/mails/{mail['id']}/complain") == {"told": True}
    [(_, recipient, _)] = wait_until(lambda: list(door.mails))
    assert recipient == SENDER
    assert b"ourown@cove.example" in post.http.get(f"/sandbox/api/mails/{mail['id']}/source").content


def test_one_domain_may_send_so_much_a_minute(post):
    post.api("PUT", "/mail", {"rate": 2})
    try:
        refused = 0
        for number in range(6):
            with contextlib.suppress(smtplib.SMTPServerDisconnected):
                try:
                    send(post, f"rate{number}@qq.example")
                except smtplib.SMTPRecipientsRefused as error:
                    refused += next(iter(error.recipients.values()))[0] == 421
        assert refused >= 2
    finally:
        post.api("PUT", "/mail", {"rate": 0})


def test_names_are_answered_and_signatures_checked_by_them(post):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    line = "v=DKIM1; k=rsa; p=" + "".join(public.decode().split("\n")[1:-2])
    records = [
        {"name": "s._domainkey.cove.example", "kind": "TXT", "value": line},
        {"name": "bounces.cove.example", "kind": "MX", "value": "10 cove.example."},
    ]
    assert post.api("PUT", "/dns", {"records": records}) == {"kept": 2}
    asking = dns.resolver.Resolver(configure=False)
    asking.nameservers, asking.port = ["127.0.0.1"], post.settings.dns_port
    [found] = asking.resolve("s._domainkey.cove.example", "TXT")
    assert b"".join(found.strings).decode() == line
    with pytest.raises(dns.resolver.NXDOMAIN):
        asking.resolve("nowhere.example", "TXT")
    with pytest.raises(dns.resolver.NoAnswer):
        asking.resolve("bounces.cove.example", "TXT")
    raw = b"From: a@cove.example\r\nTo: dkim@qq.example\r\nSubject: x\r\n\r\nhello\r\n"
    header = dkim.sign(raw, b"s", b"cove.example", pem)
    send(post, "dkim@qq.example", header + raw)
    send(post, "dkim@qq.example", header + raw.replace(b"hello", b"bye"))
    page = post.http.get("/mail?to=dkim@qq.example&lang=en").text
    assert "signature good" in page
    assert "signature bad" in page


@pytest.mark.parametrize(("kind", "value"), [("MX", "127.0.0.1"), ("A", "nowhere")])
def test_a_record_that_nobody_could_read_is_refused(post, kind, value):
    answer = post.http.put("/sandbox/api/dns", json={"records": [{"name": "x.example", "kind": kind, "value": value}]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_field")
    assert not [one for one in post.api("GET", "/dns")["items"] if one["name"] == "x.example"]
