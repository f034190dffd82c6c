"""Mail goes out once, through a real mail server, whatever befalls the line or the process."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.conf import settings

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.mail import commands, queries
from cove.kernel.mail.commands import Letter, send_mail
from cove.kernel.mail.models import Mail
from cove.kernel.mail.run import look_after, send_due
from cove.kernel.mail.server import read_mail_server
from cove.kernel.mail.smtp import compose
from cove.kernel.mail.tests.post_office import PostOffice

CLAIM = 4711


@pytest.fixture
def office(settings, actor):
    office = PostOffice()
    office.controller.start()
    settings.MAIL_SERVER = read_mail_server(f"smtp://127.0.0.1:{office.port}?from=Cove%20<no-reply@cove.example>")
    yield office
    office.close()
    # The loop looks at all tenants; the next test is not to find what this one left.
    Mail.objects.all().delete()


def put_in(actor, to="wang@example.com", **changes):
    wanted = {"subject": "重置密码", "text": "秘密 https://cove.example/reset/abc", "once_key": f"test:{to}"} | changes
    send_mail(tenant_id=actor.tenant_id, to=to, **wanted)
    return Mail.objects.get(once_key=wanted["once_key"])


def state(mail):
    mail.refresh_from_db()
    return str(mail.state), mail.reason


def test_a_mail_goes_out_once_and_its_body_is_forgotten(actor, office):
    mail = put_in(actor, html="<p>秘密</p>")
    assert not send_mail(tenant_id=actor.tenant_id, to="x@example.com", subject="", text="", once_key=mail.once_key)
    with psycopg.connect(settings.DATABASE_DSN) as raw:
        raw.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(actor.tenant_id)])
        assert "秘密" not in str(raw.execute("SELECT text, html FROM mail WHERE id = %s", [mail.id]).fetchone())
    send_due(CLAIM)
    send_due(CLAIM)
    [(to, message)] = office.taken_for(actor.tenant_id)
    assert to == ["wang@example.com"]
    assert message["Subject"] == "重置密码"
    assert "https://cove.example/reset/abc" in message.get_body(("plain",)).get_content()
    assert "<p>秘密</p>" in message.get_body(("html",)).get_content()
    assert state(mail) == ("sent", "")
    assert (mail.text, mail.html) == ("", "")


def test_a_server_that_asks_to_come_again_is_asked_again_a_bounded_number_of_times(actor, office):
    mail = put_in(actor)
    office.answers = ["451 later"]
    send_due(CLAIM)
    assert state(mail) == ("pending", "put_off")
    send_due(CLAIM)
    assert office.taken_for(actor.tenant_id) == []
    with clock.shifted(timedelta(seconds=20)):
        send_due(CLAIM)
    assert state(mail)[0] == "sent"

    stubborn = put_in(actor, to="li@example.com")
    office.answers = ["451 later"] * 20
    for hour in range(12):
        with clock.shifted(timedelta(hours=hour)):
            send_due(CLAIM)
    assert state(stubborn) == ("failed", "put_off")
    assert stubborn.attempts == commands.MOST_ATTEMPTS
    assert stubborn.text == ""


def test_a_refusal_for_good_is_not_repeated(actor, office):
    mail = put_in(actor)
    office.answers = ["550 no such mailbox"]
    send_due(CLAIM)
    assert state(mail) == ("failed", "refused")
    assert mail.answer == "550 no such mailbox"


def test_a_body_without_an_answer_is_never_sent_again(actor, office):
    mail = put_in(actor)
    office.hang_up = True
    send_due(CLAIM)
    assert state(mail) == ("unknown", "no_answer")
    with clock.shifted(timedelta(days=1)):
        send_due(CLAIM)
    assert len(office.taken_for(actor.tenant_id)) == 1


def test_a_server_out_of_reach_is_tried_later_and_given_up_when_time_is_over(actor, office):
    office.close()
    mail = put_in(actor, not_after=clock.now() + timedelta(minutes=30))
    send_due(CLAIM)
    assert state(mail) == ("pending", "unreachable")
    with clock.shifted(timedelta(minutes=31)):
        send_due(CLAIM)
    assert state(mail) == ("failed", "too_late")


@pytest.mark.parametrize(("begun", "expected"), [(False, ("pending", "")), (True, ("unknown", "crashed"))])
def test_what_a_dead_process_left_is_sent_only_if_its_body_was_not_on_the_way(actor, office, begun, expected):
    mail = put_in(actor)
    assert commands.claim_mail(actor, mail_id=mail.id, claim=CLAIM)
    if begun:
        commands.begin_handing_over(actor, mail_id=mail.id, claim=CLAIM)
    look_after()
    assert state(mail) == expected


def test_a_mail_of_a_living_process_is_left_alone(actor, office):
    mail = put_in(actor)
    with psycopg.connect(settings.DATABASE_DSN, autocommit=True) as alive:
        alive.execute("SELECT pg_advisory_lock(%s)", [CLAIM + 1])
        assert commands.claim_mail(actor, mail_id=mail.id, claim=CLAIM + 1)
        look_after()
        assert state(mail)[0] == "sending"
    assert commands.claim_mail(actor, mail_id=mail.id, claim=CLAIM) is None


def test_nothing_breaks_out_of_a_header(actor, office):
    mail = put_in(actor, subject="你好\r\nBcc: everybody@example.com\r\n\r\nbody")
    assert mail.subject == "你好 Bcc: everybody@example.com body"
    send_due(CLAIM)
    [(to, message)] = office.taken_for(actor.tenant_id)
    assert to == ["wang@example.com"]
    assert message["Bcc"] is None
    evil = put_in(actor, to="a@example.com\r\nBcc: b@example.com")
    send_due(CLAIM)
    assert state(evil) == ("failed", "bad_address")
    letter = Letter(1, 1, "a@example.com", "one\ntwo", "", "", clock.now())
    with pytest.raises(ValueError, match=r"linefeed|newline|CR"):
        compose(read_mail_server("smtp://h?from=a@b.example"), letter)


def test_without_a_server_it_is_said_and_not_hidden(actor, browser_client, settings):
    settings.MAIL_SERVER = None
    mail = put_in(actor)
    assert state(mail) == ("failed", "not_set_up")
    assert browser_client.get("/api/mail-set-up").json() == {"set_up": False}
    [shown] = browser_client.get("/api/mails?state=failed").json()["items"]
    assert (shown["recipient"], "COVE_SMTP_URL" in shown["reason"]) == ("wang@example.com", True)
    assert "text" not in shown


def test_old_mails_are_forgotten(actor, office):
    mail = put_in(actor)
    send_due(CLAIM)
    with clock.shifted(timedelta(days=29)):
        look_after()
        assert Mail.objects.filter(id=mail.id).exists()
    with clock.shifted(timedelta(days=31)):
        look_after()
        assert not Mail.objects.filter(id=mail.id).exists()


def test_the_mail_of_another_tenant_is_not_seen(actor, browser_client, tenant):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.scope import tenant_scope

    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        put_in(Actor.system(other.id), to="theirs@example.com")
    assert "theirs@example.com" not in str(browser_client.get("/api/mails").json())
    assert (other.id in [tenant_id for tenant_id, _ in queries.due_mails(100)]) == (settings.MAIL_SERVER is not None)


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://host", "smtp://host?from=nobody"])
def test_an_address_of_a_server_that_cannot_be_used_is_refused(url):
    with pytest.raises(ValueError, match=r"sender|address"):
        read_mail_server(url)
