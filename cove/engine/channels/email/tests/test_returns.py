"""What follows when something is heard of a mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.people import facade as people
from cove.directory.privacy import facade as privacy
from cove.engine.channels.email.commands import returns
from cove.engine.channels.email.models import EmailMessage, Suppression
from cove.engine.channels.email.queries.results import results, results_by_host
from cove.engine.channels.email.tests.test_sending import facts
from cove.facts.email import MailLeft, MailLinkFollowed, MailOpened, MailReturned

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
URL = "https://shop.example/a?x=1&y=2"


@pytest.fixture
def sent(actor, send, person, deliver):
    """A mail that was sent a minute ago: its row."""
    send(person("林晓雨", "lin@qq.test"))
    assert [one.state for one in deliver()] == ["sent"]
    row = EmailMessage.objects.get()
    row.sent_at -= timedelta(minutes=1)
    row.save()
    return row


def reload(row):
    return EmailMessage.objects.get(id=row.id)


def test_people_open_and_machines_do_not(actor, sent):
    minute = timedelta(minutes=1)
    person = MailOpened(message_id=sent.id, user_agent=PHONE, address="203.0.113.9")
    returns.note_opened(actor, fact=person, at=sent.sent_at + timedelta(seconds=2))
    returns.note_opened(actor, fact=person.model_copy(update={"user_agent": "Mozilla/5.0"}), at=sent.sent_at + minute)
    assert reload(sent).opens == 0
    returns.note_opened(actor, fact=person, at=sent.sent_at + minute)
    returns.note_opened(actor, fact=person, at=sent.sent_at + 2 * minute)
    row = reload(sent)
    assert (row.opens, row.opened_at) == (2, sent.sent_at + minute)
    told = facts(actor, "message_opened")
    assert [one["suspicion_reasons"] for one in told] == [["mail_too_soon"], ["mail_image_proxy"], [], []]
    assert {one["message_key"] for one in told} == {sent.key}


def test_whoever_clicks_is_known_and_has_read_it(actor, sent):
    click = MailLinkFollowed(message_id=sent.id, visitor_id=99_000_000_000 + sent.id, url=URL, user_agent=PHONE)
    returns.note_followed(actor, fact=click, at=sent.sent_at + timedelta(minutes=1))
    later = click.model_copy(update={"visitor_id": click.visitor_id + 500_000})
    returns.note_followed(actor, fact=later, at=sent.sent_at + timedelta(minutes=5))
    row = reload(sent)
    assert (row.clicks, row.opens) == (2, 1)
    assert people.visitors_of(actor, sent.contact_id) == [click.visitor_id], "a mail may be passed on"
    assert [one["url"] for one in facts(actor, "message_link_followed")] == [URL, URL]


def test_unsubscribing_holds_for_mail_alone(actor, sent, send, deliver):
    returns.note_left(actor, fact=MailLeft(message_id=sent.id, how="one_click"), at=sent.sent_at)
    assert privacy.reachable_by(actor, [sent.contact_id], "email") == set()
    assert privacy.reachable_by(actor, [sent.contact_id], "sms") == {sent.contact_id}
    send(sent.contact_id, key="second")
    assert [one.reason for one in deliver()] == ["unsubscribed"]


def test_a_hard_bounce_closes_the_address_and_a_soft_one_only_in_a_row(actor, sent, send, deliver, office):
    soft = MailReturned(message_id=sent.id, sort="bounce", hardness="soft", reason="mailbox_full", status="5.2.2")
    returns.note_returned(actor, fact=soft, at=sent.sent_at)
    returns.note_returned(actor, fact=soft, at=sent.sent_at)
    assert len(facts(actor, "message_bounced")) == 1
    assert not Suppression.objects.exists()
    for number in range(4):
        send(sent.contact_id, key=f"again{number}")
        deliver()
        row = EmailMessage.objects.latest("id")
        returns.note_returned(actor, fact=soft.model_copy(update={"message_id": row.id}), at=row.sent_at)
    assert Suppression.objects.get().address == "lin@qq.test", "five in a row are enough"
    before = len(office.mails)
    send(sent.contact_id, key="never")
    assert [one.reason for one in deliver()] == ["suppressed"]
    assert len(office.mails) == before


def test_a_complaint_closes_the_address_once(actor, sent):
    told = MailReturned(message_id=sent.id, sort="complaint", reason="complaint")
    returns.note_returned(actor, fact=told, at=sent.sent_at)
    returns.note_returned(actor, fact=told, at=sent.sent_at)
    assert list(Suppression.objects.values_list("reason", flat=True)) == ["complaint"]
    assert len(facts(actor, "message_complained")) == 1


def test_results_are_counted_by_where_mail_went(actor, sent, send, person, deliver, office):
    office.answers["no@163.test"] = "550 5.1.1 unknown"
    send(person("甲", "no@163.test"), person("乙", "yes@163.test"), key="more")
    deliver()
    returns.note_left(actor, fact=MailLeft(message_id=sent.id, how="page"), at=sent.sent_at)
    since = sent.created_at - timedelta(hours=1)
    total = results(actor, since=since)
    assert (total.asked, total.sent, total.hard, total.left) == (3, 2, 1, 1)
    by_host = {one.name: (one.asked, one.sent, one.hard) for one in results_by_host(actor, since=since)}
    assert by_host == {"163.test": (2, 1, 1), "qq.test": (1, 1, 0)}


def test_nothing_of_another_tenants_mail_is_touched(actor, sent):
    returns.note_returned(
        actor, fact=MailReturned(message_id=sent.id + 10_000, sort="bounce", hardness="hard"), at=sent.sent_at
    )
    assert not Suppression.objects.exists()
