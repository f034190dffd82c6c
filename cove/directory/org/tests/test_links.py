"""Resets and invitations: links that work once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from cove.directory.org.commands.resets import BY_ACCOUNT
from cove.directory.org.commands.tenants import create_administrator, create_tenant, set_owner
from cove.directory.org.models import Department, Invitation, Member, PasswordReset, Role, RoleGrant, Session
from cove.directory.org.tests.signing_in import PASSWORD, browser, code_of, error_of, post, sign_in
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.mail.models import Mail
from cove.kernel.mail.server import read_mail_server
from cove.kernel.scope import tenant_scope
from cove.kernel.throttle.models import Throttled

NEW = "sieben-leuchten-am-kai"
LINK = re.compile(r"https?://\S+/(reset|invitation)/(\S+)")


@pytest.fixture(autouse=True)
def posted(databases, settings):
    """A mail server is set up; what would go to it stays in the outbox. All tests come from one address."""
    settings.MAIL_SERVER = read_mail_server("smtp://127.0.0.1:1?from=no-reply@cove.example")
    Throttled.objects.all().delete()


def ask(email):
    return post(browser(), "password-resets", email=email)


def token_mailed(email):
    mail = Mail.objects.filter(recipient=email).latest("id")
    return LINK.search(mail.text)[2]


def use(token, password=NEW):
    return post(browser(), "password-resets/use", token=token, password=password)


def test_a_reset_sets_the_password_once_and_ends_sessions(administrator, browser_client):
    assert ask(administrator.email.upper()).json() == {"accepted": True}
    token = token_mailed(administrator.email)
    assert post(browser(), "password-resets/read", token=token).json()["email"] == administrator.email
    assert token not in str(list(PasswordReset.objects.values()))
    assert error_of(use(token, "password1")) == (422, "org.weak_password")
    assert use(token).status_code == 204
    assert browser_client.get("/api/session").status_code == 401
    assert not Session.objects.exists()
    assert sign_in(browser(), administrator.email, NEW).status_code == 200
    assert error_of(use(token)) == (410, "org.link_expired")
    assert error_of(post(browser(), "password-resets/read", token=token)) == (410, "org.link_expired")
    assert Mail.objects.filter(subject__contains="changed").count() == 1


def test_nobody_learns_whose_email_it_is(administrator):
    known, unknown = ask(administrator.email), ask(f"nobody{administrator.tenant_id}@cove.test")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert Mail.objects.count() == 1
    for email in (administrator.email, f"nobody{administrator.tenant_id}@cove.test"):
        for _ in range(BY_ACCOUNT.tries - 1):
            assert ask(email).status_code == 200
        assert error_of(ask(email)) == (429, "cove.too_many_tries")


def test_known_and_unknown_take_the_same_time(administrator):
    import time

    def seconds(email):
        begun = time.monotonic()
        ask(email)
        return time.monotonic() - begun

    ask("warm@cove.test")
    spans = [seconds(administrator.email), seconds(f"nobody{administrator.tenant_id}@cove.test")]
    assert min(spans) >= 0.35


def test_a_link_expires_and_a_newer_one_replaces_it(administrator):
    ask(administrator.email)
    first = token_mailed(administrator.email)
    ask(administrator.email)
    second = token_mailed(administrator.email)
    assert use(first).status_code == 410
    with clock.shifted(timedelta(minutes=31)):
        assert use(second).status_code == 410
    assert use(second).status_code == 204


def test_a_forged_link_or_one_of_another_tenant_is_none(administrator):
    ask(administrator.email)
    token = token_mailed(administrator.email)
    other = create_tenant(name="另一家")
    secret = token.partition("-")[2]
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), f"{other.id}-{secret}", secret, "x", "0-x"):
        assert error_of(use(forged)) == (410, "org.link_expired")


def test_two_at_once_use_a_link_once(administrator):
    ask(administrator.email)
    token = token_mailed(administrator.email)

    def attempt(number):
        try:
            return use(token, f"{NEW}-{number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(attempt, range(4))) == [204, 410, 410, 410]


def test_one_email_in_two_companies_gets_one_mail_with_both_links(administrator):
    other = create_tenant(name="另一家公司")
    with tenant_scope(other.id):
        create_administrator(
            Actor.system(other.id), name="同名", email=administrator.email, password="another-shore-99"
        )
    ask(administrator.email)
    [mail] = Mail.objects.filter(recipient=administrator.email)
    tokens = [token for _, token in LINK.findall(mail.text)]
    assert "另一家公司" in mail.text
    assert len(tokens) == 2
    assert use(tokens[1]).status_code == 204
    told = sign_in(browser(), administrator.email, NEW).json()
    assert told["tenant"]["id"] == other.id
    assert sign_in(browser(), administrator.email).json()["tenant"]["id"] == administrator.tenant_id


def invite(client, **changes):
    return post(client, "invitations", **{"email": "new@cove.test", "name": "新同事"} | changes)


def test_an_invitation_is_accepted_once_with_places_and_roles(browser_client, actor):
    room, role = (
        Department.objects.create(name="销售部"),
        Role.objects.create(name="试用角色一", rights={"people.see_contacts": "own"}),
    )
    sent = invite(browser_client, department_ids=[room.id], role_ids=[role.id])
    assert sent.status_code == 201
    token = LINK.search(sent.json()["link"])[2]
    assert (sent.json()["mailed"], token_mailed("new@cove.test")) == (True, token)
    shown = post(browser(), "invitations/read", token=token).json()
    assert (shown["name"], shown["email"], shown["inviter"]) == ("新同事", "new@cove.test", "管理员")
    client = browser()
    assert error_of(post(client, "invitations/accept", token=token, password="cove2024")) == (422, "org.weak_password")
    told = post(client, "invitations/accept", token=token, name="苏曼", password=NEW)
    assert "people.see_contacts" in told.json()["operations"]
    assert "org.see_members" not in told.json()["operations"]
    assert client.get("/api/session").json()["member"]["name"] == "苏曼"
    member = Member.objects.get(email="new@cove.test")
    assert [one.name for one in member.departments.all()] == ["销售部"]
    assert error_of(post(browser(), "invitations/accept", token=token, password=NEW)) == (410, "org.link_expired")
    [row] = browser_client.get("/api/invitations").json()["items"]
    assert row["state"] == "accepted"
    assert error_of(invite(browser_client)) == (409, "org.nothing_to_invite")


def test_two_at_once_accept_once(browser_client, actor):
    token = LINK.search(invite(browser_client).json()["link"])[2]

    def attempt(_):
        try:
            return post(browser(), "invitations/accept", token=token, password=NEW).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(attempt, range(4))) == [200, 410, 410, 410]
    assert Member.objects.filter(email="new@cove.test").count() == 1


def test_an_invitation_is_sent_again_revoked_and_ends_after_a_week(browser_client):
    sent = invite(browser_client).json()
    again = post(browser_client, f"invitations/{sent['id']}/resend").json()
    assert again["link"] != sent["link"]
    old, new = (LINK.search(one["link"])[2] for one in (sent, again))
    assert post(browser(), "invitations/read", token=old).status_code == 410
    assert post(browser(), "invitations/read", token=new).status_code == 200
    with clock.shifted(timedelta(days=8)):
        assert post(browser(), "invitations/read", token=new).status_code == 410
    assert browser_client.delete(f"/api/invitations/{sent['id']}").status_code == 204
    assert post(browser(), "invitations/read", token=new).status_code == 410
    assert error_of(browser_client.delete(f"/api/invitations/{sent['id']}")) == (409, "org.invitation_closed")
    assert browser_client.get("/api/invitations?state=open").json()["items"] == []


def test_nobody_gives_by_invitation_what_he_does_not_hold(browser_client, actor):
    everything = Role.objects.get(everything=True)
    hr = Role.objects.create(name="试用角色二", rights={"org.invite_members": "all", "people.see_contacts": "own"})
    wide = Role.objects.create(name="试用角色三", rights={"people.see_contacts": "all"})
    member = Member.objects.create(name="王芳", email=f"wang{actor.tenant_id}@cove.test")
    member.keep_password(PASSWORD)
    RoleGrant.objects.create(member=member, role=hr)
    client = browser()
    sign_in(client, member.email)
    for role in (everything, wide):
        assert error_of(invite(client, role_ids=[role.id])) == (403, "org.beyond_own_rights")
    assert invite(client, role_ids=[hr.id]).status_code == 201
    assert invite(client, role_ids=[999_999]).status_code == 422
    assert not Invitation.objects.filter(role_ids__contains=[everything.id]).exists()


def test_an_invitation_is_no_way_into_the_account_of_who_has_more_rights(browser_client, actor):
    everything = Role.objects.get(everything=True)
    hr = Role.objects.create(name="试用角色二", rights={"org.invite_members": "all"})
    member = Member.objects.create(name="王芳", email=f"wang{actor.tenant_id}@cove.test")
    member.keep_password(PASSWORD)
    RoleGrant.objects.create(member=member, role=hr)
    chief = Member.objects.create(name="总管", email="chief@cove.test", wecom_userid="Chief")
    client = browser()
    sign_in(client, member.email)
    token = LINK.search(invite(client, email=chief.email).json()["link"])[2]
    # He got his role after he was invited.
    grant = RoleGrant.objects.create(member=chief, role=everything)
    assert error_of(post(browser(), "invitations/accept", token=token, password=NEW)) == (410, "org.link_expired")
    assert error_of(invite(client, email=chief.email)) == (403, "org.member_above")
    grant.delete()
    set_owner(actor, member_id=chief.id, owner=True)
    assert error_of(post(browser(), "invitations/accept", token=token, password=NEW)) == (410, "org.link_expired")
    assert error_of(invite(browser_client, email=chief.email)) == (403, "org.owners_account")
    assert Member.objects.get(id=chief.id).password == ""


@pytest.mark.parametrize(
    "bad",
    [
        {"email": "not an address"},
        {"email": "a@b.example\r\nBcc: c@d.example"},
        {"name": ""},
        {"department_ids": [10**9]},
    ],
)
def test_bad_invitations_are_refused_by_field(browser_client, bad):
    answer = invite(browser_client, **bad)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == list(bad)


def test_where_a_second_factor_is_asked_for_the_invited_sets_it_up(browser_client):
    wanted = {"second_factor": "everybody", "idle_days": 7, "session_days": 14}
    browser_client.put("/api/sign-in-policy", wanted, content_type="application/json")
    token = LINK.search(invite(browser_client).json()["link"])[2]
    client = browser()
    asked = post(client, "invitations/accept", token=token, password=NEW)
    assert asked.status_code == 202
    code = code_of(asked.json()["enrolment"]["secret"])
    proved = post(client, "session/second-factor", ticket=asked.json()["ticket"], code=code)
    assert (proved.status_code, len(proved.json()["recovery_codes"])) == (200, 10)


def test_the_list_of_invitations_costs_the_same_for_one_and_for_many(browser_client, django_assert_num_queries):
    for number in range(6):
        invite(browser_client, email=f"new{number}@cove.test")
    browser_client.get("/api/invitations")
    with django_assert_num_queries(LIST_INVITATIONS_QUERIES):
        assert len(browser_client.get("/api/invitations").json()["items"]) == 6


# The session with its member, roles, invitations with who invited, count.
LIST_INVITATIONS_QUERIES = 4
