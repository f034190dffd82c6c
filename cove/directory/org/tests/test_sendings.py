"""When notices leave: choices, quiet hours, bursts, the daily mail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from cove.directory.org import facade as org
from cove.directory.org.commands.notice_choices import Times, choose_notices, set_notice_defaults
from cove.directory.org.commands.notices import read_all_notices
from cove.directory.org.commands.sendings import note_sendings, send_due
from cove.directory.org.jobs import drop_notices, send_due_notices
from cove.directory.org.models import Notice, NoticeSending
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.queries.wishes import Wishes
from cove.directory.org.tests.noticing import declare, member_of
from cove.kernel import clock
from cove.kernel.errors import InvalidInput
from cove.kernel.mail.models import Mail
from cove.kernel.mail.server import read_mail_server

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
ALWAYS = Times("", "", 9, sound=True)


@pytest.fixture(autouse=True)
def mail_server(monkeypatch):
    monkeypatch.setattr(settings, "MAIL_SERVER", read_mail_server("smtp://127.0.0.1:1?from=cove@cove.test"))


@pytest.fixture
def member(actor):
    return member_of(actor, "王芳", email=f"wang{actor.tenant_id}@cove.test", wecom_userid="WangFang")


def tell(actor, *members, key="test.arrived", number=1):
    values = {"name": f"客户{number}", "place": "展厅", "id": number}
    return org.notify(actor, kind=key, member_ids=[one.id for one in members], values=values)


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def moved_to(moment):
    """Set the clock of this process to a moment, for the block."""
    return clock.shifted(moment - clock.now())


def states(way):
    return list(NoticeSending.objects.filter(way=way).order_by("id").values_list("state", flat=True))


def mails():
    return list(Mail.objects.order_by("id"))


def test_a_members_choice_comes_before_the_administrators_and_that_before_the_kinds(
    actor, member, administrator, monkeypatch
):
    declare(monkeypatch, wecom="now", mail="daily")
    admin = actor_of_member(administrator)
    tell(actor, member)
    assert (states("wecom"), states("mail")) == (["ordered"], ["waiting"])
    set_notice_defaults(admin, modes={"test.arrived": {"wecom": "off", "mail": "now"}})
    Notice.objects.all().delete()
    tell(actor, member)
    assert (states("wecom"), states("mail")) == ([], ["ordered"])
    choose_notices(actor_of_member(member), modes={"test.arrived": {"mail": "off", "wecom": "now"}})
    Notice.objects.all().delete()
    tell(actor, member)
    assert (states("wecom"), states("mail")) == (["ordered"], [])


def test_what_cannot_be_chosen_is_named(actor, member, monkeypatch):
    declare(monkeypatch, digestible=False, mail="now")
    wrong = {"test.arrived": {"mail": "daily"}, "no.such": {"bell": "off"}}
    with pytest.raises(InvalidInput) as refused:
        choose_notices(actor_of_member(member), modes=wrong, times=Times("22:00", "", 9, sound=True))
    assert set(refused.value.fields) == {"modes.test.arrived.mail", "modes.no.such", "times.quiet_until"}


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-03-10T22:00", "2026-03-11T08:00"),
        ("2026-03-10T23:59", "2026-03-11T08:00"),
        ("2026-03-11T07:59", "2026-03-11T08:00"),
        ("2026-03-11T08:00", None),
        ("2026-03-11T21:59", None),
    ],
)
def test_quiet_hours_go_over_midnight(now, ends):
    wishes = Wishes(SHANGHAI, {}, quiet_from="22:00", quiet_until="08:00")
    assert wishes.quiet_end(at(now)) == (at(ends) if ends else None)


def test_quiet_hours_within_a_day_and_none_at_all():
    assert Wishes(SHANGHAI, {}, quiet_from="12:00", quiet_until="14:00").quiet_end(at("2026-03-10T13:00")) == at(
        "2026-03-10T14:00"
    )
    assert Wishes(SHANGHAI, {}, quiet_from="12:00", quiet_until="12:00").quiet_end(at("2026-03-10T12:00")) is None


def test_quiet_hours_hold_back_all_but_what_is_urgent(actor, member, monkeypatch):
    declare(monkeypatch, wecom="now")
    declare(monkeypatch, "test.burning", wecom="now", urgent=True)
    choose_notices(actor_of_member(member), modes={}, times=Times("22:00", "08:00", 9, sound=True))
    with moved_to(at("2027-03-10T23:00")):
        tell(actor, member)
        tell(actor, member, key="test.burning")
        assert states("wecom") == ["waiting", "ordered"]
        send_due(actor)
        assert states("wecom") == ["waiting", "ordered"]
    with moved_to(at("2027-03-11T08:00")):
        send_due_notices()
        assert states("wecom") == ["ordered", "ordered"]


def test_what_was_read_meanwhile_is_not_sent(actor, member, monkeypatch):
    declare(monkeypatch, wecom="now", mail="daily")
    choose_notices(actor_of_member(member), modes={}, times=Times("22:00", "08:00", 9, sound=True))
    with moved_to(at("2027-03-10T23:00")):
        tell(actor, member)
        read_all_notices(actor_of_member(member))
    with moved_to(at("2027-03-11T09:00")):
        send_due_notices()
    assert (states("wecom"), states("mail"), mails()) == (["read"], ["read"], [])


def test_a_burst_leaves_as_one_message_and_one_more(actor, member, monkeypatch):
    declare(monkeypatch, wecom="now", mail="now")
    with moved_to(at("2027-03-10T10:00")):
        for number in range(13):
            tell(actor, member, number=number)
        assert states("wecom") == ["ordered"] + ["waiting"] * 12
        assert len(mails()) == 1
    with moved_to(at("2027-03-10T10:11")):
        send_due_notices()
        late = list(NoticeSending.objects.filter(way="wecom").order_by("id").values_list("id", flat=True))[1:]
        letter = org.notice_letter(actor, late)
        assert (letter.title, letter.text) == ("客户12到了", "在展厅\n还有 11 条")
        assert [mail.subject for mail in mails()] == ["客户0到了", "客户12到了"]
        assert "还有 11 条" in mails()[1].text
        send_due_notices()
        assert len(mails()) == 2


def test_many_members_get_one_message_of_the_platform(actor, monkeypatch):
    declare(monkeypatch, wecom="now")
    members = [member_of(actor, f"员工{n}", wecom_userid=f"u{n}", locale="en" if n == 2 else "") for n in range(3)]
    tell(actor, *members)
    sendings = NoticeSending.objects.order_by("member_id").values_list("id", flat=True)
    letter = org.notice_letter(actor, list(sendings[:2]))
    assert (letter.userids, letter.title) == (("u0", "u1"), "客户1到了")
    assert org.notice_letter(actor, list(sendings[2:])).title == "客户1 arrived"


def test_a_way_that_fails_is_seen_and_keeps_no_other_back(actor, member, monkeypatch):
    declare(monkeypatch, wecom="now", mail="now")
    tell(actor, member)
    ids = list(NoticeSending.objects.filter(way="wecom").values_list("id", flat=True))
    note_sendings(actor, sending_ids=ids, unreached=["wangfang"])
    row = NoticeSending.objects.get(way="wecom")
    assert (row.state, row.reason) == ("failed", "unknown_member")
    assert len(mails()) == 1


def test_the_daily_mail_comes_once_at_the_members_hour_and_lists_what_is_unread(actor, member, monkeypatch):
    declare(monkeypatch)
    declare(monkeypatch, "test.left", mail="daily")
    choose_notices(
        actor_of_member(member), modes={"test.arrived": {"mail": "daily"}}, times=Times("", "", 18, sound=True)
    )
    with moved_to(at("2027-03-10T10:00")):
        tell(actor, member, number=1)
        tell(actor, member, number=2)
        tell(actor, member, key="test.left", number=3)
    with moved_to(at("2027-03-10T17:59")):
        send_due_notices()
        assert mails() == []
    with moved_to(at("2027-03-10T18:00")):
        send_due_notices()
        send_due_notices()
        [mail] = mails()
        assert mail.subject == "您有 3 条未读通知"
        assert f"{settings.PUBLIC_URL}/things/2" in mail.text
        assert f"{settings.PUBLIC_URL}/account/notifications" in mail.text
        assert "【到达 · 2】" in mail.text
        assert "客户1到了" in mail.html
        tell(actor, member, number=4)
        send_due_notices()
        assert len(mails()) == 1
    with moved_to(at("2027-03-11T18:00")):
        send_due_notices()
        assert len(mails()) == 2
    with moved_to(at("2027-03-12T18:00")):
        send_due_notices()
        assert len(mails()) == 2


def test_markup_in_a_name_stays_text_in_the_mail(actor, member, monkeypatch):
    declare(monkeypatch, mail="now")
    values = {"name": "<script>alert(1)</script>", "place": "", "id": 1}
    org.notify(actor, kind="test.arrived", member_ids=[member.id], values=values)
    [mail] = mails()
    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T10:00+01:00", "2026-03-29T09:00+02:00"),
        ("2026-03-29T08:59+02:00", "2026-03-29T09:00+02:00"),
        ("2026-10-25T08:00+01:00", "2026-10-25T09:00+01:00"),
        ("2026-10-25T09:00+01:00", "2026-10-26T09:00+01:00"),
    ],
)
def test_the_hour_is_the_tenants_also_where_clocks_are_changed(now, due):
    assert Wishes(BERLIN, {}, digest_hour=9).next_digest(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


def test_a_clock_that_was_set_back_brings_no_second_mail_on_a_day():
    wishes = Wishes(SHANGHAI, {}, digest_hour=9, digested_on=date(2026, 3, 10))
    assert wishes.next_digest(at("2026-03-10T08:00")) == at("2026-03-11T09:00")
    assert wishes.next_digest(at("2026-03-09T12:00")) == at("2026-03-11T09:00")
    assert wishes.next_digest(at("2026-03-01T12:00")) == at("2026-03-02T09:00")


def test_waiting_mails_move_to_the_new_hour(actor, member, monkeypatch):
    declare(monkeypatch, mail="daily")
    with moved_to(at("2027-03-10T10:00")):
        tell(actor, member)
        choose_notices(actor_of_member(member), modes={}, times=Times("", "", 12, sound=True))
        assert NoticeSending.objects.get().due_at == at("2027-03-10T12:00").astimezone(UTC)


def test_notices_end_after_ninety_days(actor, member, monkeypatch):
    declare(monkeypatch)
    tell(actor, member)
    with clock.shifted(timedelta(days=89)):
        tell(actor, member)
        drop_notices()
        assert Notice.objects.count() == 2
    with clock.shifted(timedelta(days=91)):
        drop_notices()
        assert Notice.objects.count() == 1
