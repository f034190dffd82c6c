"""From a wish to the bytes that a relay is given, and what its answer leads to."""

from __future__ import annotations

import json
import socket
from email.utils import parseaddr
from html.parser import HTMLParser

import dkim
import pytest
from django.conf import settings
from django.db import connection

from cove.engine.channels.email.commands.messages import Wanted, send_mails
from cove.engine.channels.email.commands.senders import add_sender
from cove.engine.channels.email.commands.suppressions import suppress
from cove.engine.channels.email.commands.templates import create_template
from cove.engine.channels.email.contracts.tokens import Told, read_token
from cove.engine.channels.email.errors import ValuesMissing
from cove.engine.channels.email.models import EmailMessage, Suppression
from cove.kernel.errors import InvalidInput
from tests.ports import free_port


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found, self.pictures = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a":
            self.found.append(given["href"])
        if tag == "img":
            self.pictures.append(given["src"])


def facts(actor, kind):
    with connection.cursor() as cursor:
        asked = [actor.tenant_id, f"messages.{kind}"]
        cursor.execute("SELECT payload FROM log_fact WHERE tenant_id = %s AND kind = %s ORDER BY position", asked)
        return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def test_a_mail_is_personal_tracked_and_signed(actor, office, domain, send, person, deliver):
    lin = person("林<晓>雨", "Lin@QQ.test")
    assert send(lin, values={"coupon": "A&B"}) == 1
    assert send(lin, values={"coupon": "A&B"}) == 0, "the same key is the same mail"
    assert [one.state for one in deliver()] == ["sent"]
    [(envelope_from, envelope_to, raw)] = office.mails
    letter, row = office.letter(), EmailMessage.objects.get()
    assert (envelope_to, row.address, row.host) == ("lin@qq.test", "lin@qq.test", "qq.test")
    assert letter["subject"] == "林<晓>雨，新品到了"
    assert (letter["from"], letter["reply-to"]) == ("云岫家居 <news@mail.shop.example>", "help@shop.example")
    page, text = letter.get_body(("html",)).get_content(), letter.get_body(("plain",)).get_content()
    assert "林&lt;晓&gt;雨" in page
    assert "A&amp;B" in page
    assert "color" in page
    assert "林<晓>雨" in text
    assert "https://shop.example/a?x=1&y=2" in text
    # Each address carries its own signature and nothing in clear.
    tracked, leave = Links(page).found
    [picture] = Links(page).pictures
    told = Told(actor.tenant_id, row.id)
    link_id = next(iter(row.content.links.values()))
    assert read_token("link", tracked.rpartition("/")[2], secret=settings.SECRET_KEY) == told._replace(link_id=link_id)
    assert read_token("leave", leave.rpartition("/")[2], secret=settings.SECRET_KEY) == told
    assert read_token("open", picture.rpartition("/")[2].removesuffix(".gif"), secret=settings.SECRET_KEY) == told
    back = envelope_from.partition("@")[0].removeprefix("b+")
    assert read_token("back", back, secret=settings.SECRET_KEY) == told
    assert leave in letter["list-unsubscribe"]
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    record = f"v=DKIM1; k=rsa; p={domain.public_key}".encode()
    assert dkim.verify(raw, dnsfunc=lambda name, timeout=5: record)
    assert not dkim.verify(
        raw.replace(b"List-Unsubscribe-Post", b"List-Unsubscribe-Nope"), dnsfunc=lambda *_, **__: record
    )
    assert not dkim.verify(b"From: other@evil.example\r\n" + raw, dnsfunc=lambda *_, **__: record)
    [sent] = facts(actor, "message_sent")
    assert (sent["contact_id"], sent["cause"], sent["message_key"]) == (lin, "campaign:1", f"k:{lin}")


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ("550 5.1.1 no such user", "refused", "address_unknown"),
        ("550 nobody here", "refused", "address_unknown"),
        ("552 5.2.2 over quota", "refused", "mailbox_full"),
        ("554 5.7.1 looks like spam", "refused", "spam_refused"),
        ("451 4.7.1 greylisted", "pending", "put_off"),
        ("421 too busy", "pending", "busy"),
    ],
)
def test_a_refusal_is_read(actor, office, send, person, deliver, answer, state, reason):
    office.answers["wang@qq.test"] = answer
    send(person("王", "wang@qq.test"))
    [verdict] = deliver()
    assert (verdict.state, verdict.reason) == (state, reason)
    listed = set(Suppression.objects.values_list("address", "reason"))
    hard = reason == "address_unknown"
    assert listed == ({("wang@qq.test", "hard_bounce")} if hard else set())
    bounced = facts(actor, "message_bounced")
    assert [one["hardness"] for one in bounced] == (["hard"] if hard else ["soft"] if state == "refused" else [])


@pytest.mark.parametrize(
    "answer", ["553 Mail from must equal authorized user", "550 5.7.60 not allowed to send as", "550 no such sender"]
)
def test_a_relay_that_does_not_take_our_sender_tells_nothing_of_whom_it_is_for(office, send, person, deliver, answer):
    office.of_sender = answer
    send(person("王", "wang@qq.test"))
    [verdict] = deliver()
    assert (verdict.state, verdict.reason) == ("pending", "sender_refused")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("550 Mail content denied", "spam_refused"),
        ("550 rejected", "refused"),
        ("550 5.1.1 no such user", "address_unknown"),
    ],
)
def test_what_is_said_of_the_body_is_no_news_of_the_address(office, send, person, deliver, answer, reason):
    office.of_body = answer
    send(person("王", "wang@qq.test"))
    [verdict] = deliver()
    assert (verdict.state, verdict.reason) == ("refused", reason)
    assert Suppression.objects.exists() is (reason == "address_unknown")


@pytest.mark.parametrize("answer", ["550 SPF check failed", "550 relaying denied", "550 Connection frequency limited"])
def test_a_refusal_that_speaks_of_us_does_not_spoil_the_address(office, send, person, deliver, answer):
    office.answers["wang@qq.test"] = answer
    send(person("王", "wang@qq.test"))
    [verdict] = deliver()
    assert (verdict.state, verdict.reason) == ("refused", "spam_refused")
    assert not Suppression.objects.exists()


def test_a_relay_that_swallows_connections_leaves_nothing_in_doubt(domain, send, person, deliver, monkeypatch):
    """A blocked port: no mail left, so each may be tried again, also those that never had a line."""
    monkeypatch.setattr("cove.engine.channels.email.client.lines.PATIENCE", 0.5)
    monkeypatch.setattr("cove.engine.channels.email.outbound.mails.AN_ACT", 1.5)
    with socket.create_server(("127.0.0.1", free_port()), backlog=100) as silent:
        domain.port = silent.getsockname()[1]
        domain.save()
        send(*(person(f"客户{number}", f"c{number}@qq.test") for number in range(40)))
        verdicts = deliver()
    assert len(verdicts) == 40
    assert {(one.state, one.doubtful) for one in verdicts} == {("pending", False)}
    assert {one.reason for one in verdicts} == {"unreachable", "busy"}
    assert not any(one.setback for one in verdicts if one.reason == "busy")


def test_nothing_goes_to_whom_it_must_not(actor, office, send, person, deliver):
    suppress(actor, address="no@qq.test")
    ids = [person("甲", "no@qq.test"), person("乙", "silent@qq.test", agreed=False), person("丙", "yes@qq.test")]
    send(*ids)
    assert {one.reason for one in deliver()} == {"suppressed", "no_consent", ""}
    assert [to for _, to, _ in office.mails] == ["yes@qq.test"]
    assert {one["reason"] for one in facts(actor, "message_failed")} == {"suppressed", "no_consent"}


def test_a_domains_rate_holds_over_all(actor, office, domain, send, person, deliver):
    domain.per_minute = 2
    domain.save()
    send(*(person(f"客户{number}", f"c{number}@qq.test") for number in range(5)))
    verdicts = deliver()
    assert sorted(one.state for one in verdicts) == ["pending"] * 3 + ["sent"] * 2
    assert {one.reason for one in verdicts if one.state == "pending"} == {"rate_limited"}
    assert len(office.mails) == 2


def test_many_mails_share_lines_and_queries(office, send, person, deliver, django_assert_max_num_queries):
    send(*(person(f"客户{number}", f"c{number}@qq.test") for number in range(30)))
    assert {one.state for one in deliver()} == {"sent"}
    assert office.connections <= 8
    assert len({parseaddr(str(office.letter(number)["to"]))[1] for number in range(30)}) == 30


def test_a_template_tells_what_it_needs(actor, sender, person):
    made = create_template(actor, name="账单", subject="账单 {{ data.month }}", html="<p>x</p>", purpose="service")
    wanted = [Wanted("bill", person("甲", "jia@qq.test"), {})]
    with pytest.raises(ValuesMissing) as refused:
        send_mails(actor, template_id=made.id, sender_id=sender.id, mails=wanted)
    assert "month" in refused.value.message()


@pytest.mark.parametrize("reply_to", ["客服@shop.example", "help@云岫.example"])
def test_an_address_for_answers_that_no_header_holds_is_refused(actor, domain, reply_to):
    with pytest.raises(InvalidInput) as refused:
        add_sender(actor, domain_id=domain.id, name="云岫家居", local="news", reply_to=reply_to)
    assert set(refused.value.fields) == {"reply_to"}
