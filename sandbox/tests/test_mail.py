"""Mail comes in over SMTP and is found in mailboxes."""

import smtplib
from email.message import EmailMessage

import pytest

from sandbox.tests.running import Sandbox
from tests.ports import free_port


@pytest.fixture(scope="module")
def post(tmp_path_factory):
    started = Sandbox(tmp_path_factory.mktemp("post"), smtp_port=free_port())
    yield started
    started.close()


def letter(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Cove <no-reply@cove.example>", to, "重置密码"
    message.set_content("请打开 https://cove.example/reset/abc?x=1 继续\n<script>alert(1)</script>")
    return message


def send(post: Sandbox, to: str) -> None:
    with smtplib.SMTP("127.0.0.1", post.settings.smtp_port, timeout=60) as line:
        line.send_message(letter(to))


def test_a_mail_is_in_its_mailbox_and_on_its_page(post):
    send(post, "Wang@Example.com")
    [mail] = post.api("GET", "/mails?to=wang@example.com")["items"]
    assert (mail["subject"], mail["address"]) == ("重置密码", "wang@example.com")
    assert "https://cove.example/reset/abc?x=1" in mail["text"]
    page = post.http.get("/mail?to=wang@example.com").text
    assert 'href="https://cove.example/reset/abc?x=1"' in page
    assert "<script>alert" not in page
    assert post.api("GET", f"/mails?since={mail['id']}")["items"] == []
    assert post.api("DELETE", "/mails")["deleted"] == 1
    assert "No mail yet" in post.http.get("/mail?lang=en").text


def test_a_recipient_is_refused_as_ordered_and_then_taken(post):
    post.api("POST", "/faults", {"target": "mail", "pattern": "li@*", "kind": "refuse", "status": 451})
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(post, "li@example.com")
    assert refused.value.recipients["li@example.com"][0] == 451
    send(post, "li@example.com")
    assert len(post.api("GET", "/mails?to=li@example.com")["items"]) == 1


def test_a_hang_up_keeps_the_mail_and_says_nothing(post):
    post.api("POST", "/faults", {"target": "mail", "pattern": "zhao@*", "kind": "hang_up"})
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(post, "zhao@example.com")
    assert len(post.api("GET", "/mails?to=zhao@example.com")["items"]) == 1
