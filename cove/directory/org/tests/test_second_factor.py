"""The second factor: set up, asked for, used once, lost and found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from cove.directory.org.commands.sessions import CODE_BY_MEMBER
from cove.directory.org.models import Device, Member, RecoveryCode, SecondFactor
from cove.directory.org.tests.signing_in import (
    PASSWORD,
    browser,
    code_of,
    error_of,
    post,
    sign_in,
    turn_on_second_factor,
)
from cove.directory.org.tests.staff import hire
from cove.kernel import clock
from cove.kernel.throttle.models import Throttled


@pytest.fixture(autouse=True)
def fresh_counts(databases):
    """All tests come from one address."""
    Throttled.objects.all().delete()


@pytest.fixture
def factor(browser_client):
    """The administrator with a second factor: its secret and recovery codes. The clock is one step on."""
    secret, codes = turn_on_second_factor(browser_client)
    with clock.shifted(timedelta(seconds=30)):
        yield secret, codes


def first_step(administrator, client=None):
    client = client or browser()
    answer = sign_in(client, administrator.email)
    assert answer.status_code == 202, answer.content
    return client, answer.json()["ticket"]


def test_it_is_asked_for_after_the_password(administrator, factor):
    client, ticket = first_step(administrator)
    assert client.get("/api/session").status_code == 401
    assert error_of(post(client, "session/second-factor", ticket=ticket, code="000000")) == (422, "org.wrong_code")
    answer = post(client, "session/second-factor", ticket=ticket, code=code_of(factor[0]))
    assert (answer.status_code, answer.json()["recovery_codes"]) == (200, [])
    assert client.get("/api/session").status_code == 200


def test_a_code_works_once_also_for_two_at_once(administrator, factor):
    code = code_of(factor[0])

    def prove(_):
        try:
            client, ticket = first_step(administrator)
            return post(client, "session/second-factor", ticket=ticket, code=code).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(prove, range(4))) == [200, 422, 422, 422]
    with clock.shifted(timedelta(seconds=60)):
        client, ticket = first_step(administrator)
        assert post(client, "session/second-factor", ticket=ticket, code=code_of(factor[0])).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (30, 200), (90, 422)])
def test_clocks_may_differ_by_a_step(administrator, factor, seconds, status):
    client, ticket = first_step(administrator)
    with clock.shifted(timedelta(seconds=seconds)):
        code = code_of(factor[0])
    assert post(client, "session/second-factor", ticket=ticket, code=code).status_code == status


def test_the_code_that_set_it_up_does_not_sign_in(administrator, browser_client):
    secret, _ = turn_on_second_factor(browser_client)
    client, ticket = first_step(administrator)
    assert post(client, "session/second-factor", ticket=ticket, code=code_of(secret)).status_code == 422


def test_guessing_codes_is_slowed_down_for_the_member_wherever_from(administrator, factor):
    client, ticket = first_step(administrator)
    for _ in range(CODE_BY_MEMBER.tries):
        assert post(client, "session/second-factor", ticket=ticket, code="000000").status_code == 422
    client, ticket = first_step(administrator)
    refused = post(client, "session/second-factor", ticket=ticket, code=code_of(factor[0]))
    assert error_of(refused) == (429, "cove.too_many_tries")


def test_a_recovery_code_works_once(administrator, factor):
    for status in (200, 422):
        client, ticket = first_step(administrator)
        typed = factor[1][0].upper().replace("-", " ")
        assert post(client, "session/second-factor", ticket=ticket, recovery_code=typed).status_code == status
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    assert factor[1][0] not in str(list(RecoveryCode.objects.values()))


def test_new_recovery_codes_replace_the_old(administrator, browser_client, factor):
    assert error_of(post(browser_client, "account/recovery-codes", code="000000")) == (422, "org.wrong_code")
    codes = post(browser_client, "account/recovery-codes", code=code_of(factor[0])).json()["recovery_codes"]
    assert len(set(codes)) == 10
    client, ticket = first_step(administrator)
    assert post(client, "session/second-factor", ticket=ticket, recovery_code=factor[1][0]).status_code == 422
    assert post(client, "session/second-factor", ticket=ticket, recovery_code=codes[0]).status_code == 200


def test_tickets_expire_cannot_be_forged_and_die_with_the_password(administrator, factor):
    client, ticket = first_step(administrator)
    for bad in (ticket[:-1] + ("A" if ticket[-1] != "A" else "B"), "x", "a:b:c"):
        assert error_of(post(client, "session/second-factor", ticket=bad, code="1")) == (401, "org.ticket_expired")
    administrator.keep_password("another-shore-99")
    answer = post(client, "session/second-factor", ticket=ticket, code=code_of(factor[0]))
    assert error_of(answer) == (401, "org.ticket_expired")


def test_a_trusted_browser_is_not_asked_for_thirty_days(administrator, factor):
    client, ticket = first_step(administrator)
    post(client, "session/second-factor", ticket=ticket, code=code_of(factor[0]), remember=True)
    assert sign_in(client, administrator.email).status_code == 200
    assert sign_in(browser(), administrator.email).status_code == 202
    with clock.shifted(timedelta(days=31)):
        assert sign_in(client, administrator.email).status_code == 202
    assert client.delete("/api/account/sessions").status_code == 204
    assert not Device.objects.exclude(trusted_until=None).exists()
    assert sign_in(client, administrator.email).status_code == 202


def test_turning_it_off_needs_password_and_code(browser_client, administrator, factor):
    off = "account/second-factor/turn-off"
    code = code_of(factor[0])
    assert error_of(post(browser_client, off, password="wrong", code=code)) == (422, "org.wrong_password")
    assert error_of(post(browser_client, off, password=PASSWORD, code="000000")) == (422, "org.wrong_code")
    assert post(browser_client, off, password=PASSWORD, code=code).status_code == 204
    assert error_of(post(browser_client, off, password=PASSWORD, code=code)) == (409, "org.second_factor_off")
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert sign_in(browser(), administrator.email).status_code == 200


def test_it_is_set_up_once(browser_client, factor):
    assert error_of(post(browser_client, "account/second-factor")) == (409, "org.second_factor_on")
    answer = post(browser_client, "account/second-factor/confirm", code=code_of(factor[0]))
    assert error_of(answer) == (409, "org.second_factor_on")


def test_its_secret_is_sealed_in_the_database(browser_client, factor):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM org_second_factor")
        assert factor[0] not in str(cursor.fetchall())


@pytest.mark.parametrize("who", ["administrators", "everybody"])
def test_where_the_company_asks_for_it_it_is_set_up_at_the_next_sign_in(browser_client, administrator, who):
    wanted = {"second_factor": who, "idle_days": 3, "session_days": 10}
    answer = browser_client.put("/api/sign-in-policy", wanted, content_type="application/json").json()
    assert (answer["members_without"], answer["administrators_without"]) == (1, 1)
    assert browser_client.get("/api/session").status_code == 200
    client = browser()
    asked = sign_in(client, administrator.email)
    assert asked.status_code == 202
    enrolment = asked.json()["enrolment"]
    assert enrolment["picture"].startswith("data:image/svg")
    proved = post(client, "session/second-factor", ticket=asked.json()["ticket"], code=code_of(enrolment["secret"]))
    assert len(proved.json()["recovery_codes"]) == 10
    with clock.shifted(timedelta(seconds=30)):
        refused = post(client, "account/second-factor/turn-off", password=PASSWORD, code=code_of(enrolment["secret"]))
        assert error_of(refused) == (409, "org.second_factor_demanded")
    assert browser_client.get("/api/sign-in-policy").json()["members_without"] == 0


def test_a_lost_one_is_taken_off_by_who_may_and_not_by_oneself(browser_client, administrator, factor):
    path = f"/api/members/{administrator.id}/second-factor"
    assert browser_client.delete(path).status_code == 404


def test_it_is_not_taken_off_who_has_more_rights(administrator, factor):
    helper = hire("帮手", {"org.end_sessions": "all"})
    client = browser()
    assert sign_in(client, helper.email).status_code == 200
    refused = client.delete(f"/api/members/{administrator.id}/second-factor")
    assert error_of(refused) == (403, "org.member_above")
    assert SecondFactor.objects.filter(member=administrator).exists()


def twins(kind="ZhangSan"):
    """A member made by hand and one of WeCom, who are one person."""
    mine = hire("三哥", {})
    theirs = Member.objects.create(name="张三", wecom_userid=kind, directory_email=mine.email)
    return mine, theirs


def signed_in_with_factor(member):
    """Sign in, set the factor up, and let the browser be trusted; return it with the secret and the recovery codes."""
    client = browser()
    sign_in(client, member.email)
    secret, codes = turn_on_second_factor(client)
    with clock.shifted(timedelta(seconds=30)):
        ticket = sign_in(client, member.email).json()["ticket"]
        proved = post(client, "session/second-factor", ticket=ticket, code=code_of(secret), remember=True)
        assert proved.status_code == 200, proved.content
    return client, secret, codes


def test_joining_twins_keeps_the_second_factor_its_codes_and_trusted_browsers(browser_client):
    mine, theirs = twins()
    client, secret, codes = signed_in_with_factor(mine)
    # The other had begun to set one up, and knows the same browser.
    SecondFactor.objects.create(member=theirs, secret="begun")
    Device.objects.create(member=theirs, token_hash=Device.objects.get(member=mine).token_hash, seen_at=clock.now())
    body = {"member_id": mine.id, "wecom_member_id": theirs.id}
    assert post(browser_client, "members/join", **body).status_code == 200
    assert not SecondFactor.objects.filter(member=mine).exists()
    assert SecondFactor.objects.get(member=theirs).secret == secret
    assert RecoveryCode.objects.filter(member=theirs, used_at=None).count() == 10
    with clock.shifted(timedelta(seconds=90)):
        assert sign_in(client, mine.email).status_code == 200, "the browser is still trusted"
        elsewhere = browser()
        asked = sign_in(elsewhere, mine.email)
        assert asked.status_code == 202
        proved = post(
            elsewhere, "session/second-factor", ticket=asked.json()["ticket"], recovery_code=codes[0], code=""
        )
        assert proved.json()["member"]["id"] == theirs.id


def test_joining_twins_with_a_second_factor_each_is_refused(browser_client):
    mine, theirs = twins("LiSi")
    signed_in_with_factor(mine)
    SecondFactor.objects.create(member=theirs, secret="own", confirmed_at=clock.now())
    body = {"member_id": mine.id, "wecom_member_id": theirs.id}
    assert error_of(post(browser_client, "members/join", **body)) == (409, "org.two_second_factors")
    mine.refresh_from_db()
    assert (mine.active, SecondFactor.objects.filter(member=mine).count()) == (True, 1)
    assert browser_client.delete(f"/api/members/{mine.id}/second-factor").status_code == 204
    assert post(browser_client, "members/join", **body).status_code == 200
    assert SecondFactor.objects.get(member=theirs).secret == "own"
