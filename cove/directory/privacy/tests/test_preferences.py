"""The page on which people choose themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.directory.privacy import facade as privacy
from cove.directory.privacy.commands.links import make_link, revoke_links
from cove.directory.privacy.commands.purposes import change_purpose
from cove.directory.privacy.models import ConsentEvent, Purpose
from cove.directory.privacy.queries.links import Token, read_token, sign_token
from cove.kernel import clock

ZH = {"accept-language": "zh-CN"}


@pytest.fixture
def li(actor):
    name = Profile(name="李明")
    return people.admit_contact(actor, identity=Identity("user", "li"), source="web", profile=name)[0].id


@pytest.fixture
def page(actor, li):
    return f"/preferences/{make_link(actor, contact_id=li)}"


@pytest.fixture
def phone():
    return Client(enforce_csrf_checks=True, headers=ZH)


def seen(version="1"):
    return {f"seen.{key}": version for key in ("marketing", "personalisation", "analysis", "sharing")}


def test_the_page_works_without_script_and_is_light(phone, page, actor):
    answer = phone.get(page)
    text = answer.content.decode()
    assert (answer.status_code, len(answer.content) < 50_000) == (200, True)
    assert "<script" not in text
    assert "营销触达" in text
    assert "李明" not in text
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "Marketing messages" in phone.get(f"{page}?language=en").content.decode()
    assert actor.tenant_id


def test_a_choice_is_kept_with_its_evidence(phone, page, actor, li):
    chosen = {**seen(), "purpose.marketing": "on", "channel.email": "on", "channel.wecom": "on"}
    answer = phone.post(page, chosen, headers={"user-agent": "WeChat/8"})
    assert answer.status_code == 302
    assert "已保存" in phone.get(answer["Location"]).content.decode()
    event = ConsentEvent.objects.get(contact_id=li, given=True)
    assert (event.source, event.version, event.agent, event.address) == ("preference_page", 1, "WeChat/8", "127.0.0.1")
    assert privacy.reachable_by(actor, [li], "email") == {li}
    assert privacy.reachable_by(actor, [li], "sms") == set()
    # Whoever never agreed has nothing to withdraw; whoever did not object now does.
    assert set(ConsentEvent.objects.filter(contact_id=li).values_list("purpose__key", "given")) == {
        ("marketing", True),
        ("analysis", False),
    }
    phone.post(page, {**seen(), "nothing": "on"})
    assert not privacy.may_reach(actor, li, channel="email")


def test_nobody_agrees_to_words_he_has_not_read(phone, page, actor, li):
    phone.get(page)
    row = Purpose.objects.get(key="marketing")
    change_purpose(
        actor,
        purpose_id=row.id,
        name=row.name,
        name_en="",
        text="另外共享给合作方",
        text_en="",
        opt_in=True,
        active=True,
    )
    answer = phone.post(page, {**seen(), "purpose.marketing": "on"})
    assert answer.status_code == 409
    assert "另外共享给合作方" in answer.content.decode()
    assert privacy.consents(actor, [li], "marketing")[li].state == "never_asked"


def test_only_a_living_link_of_ours_opens_it(phone, page, actor, li):
    token = page.rpartition("/")[2]
    said = read_token(token)
    forged = sign_token(Token(said.tenant_id, said.until, b"0" * 16))
    for other in ("x", token[:-2] + "AA", forged, "a" * 500, "%00"):
        assert phone.get(f"/preferences/{other}").status_code == 404
    with clock.shifted(timedelta(days=181)):
        assert phone.get(page).status_code == 404
    assert phone.get(page).status_code == 200
    assert revoke_links(actor, contact_id=li) == 1
    assert phone.get(page).status_code == 404
    assert phone.post(page, seen()).status_code == 404


def test_words_of_a_purpose_cannot_carry_markup(phone, page, actor):
    phone.get(page)
    row = Purpose.objects.get(key="sharing")
    evil = "<img src=x onerror=alert(1)>"
    change_purpose(actor, purpose_id=row.id, name=evil, name_en="", text=evil, text_en="", opt_in=True, active=True)
    assert evil not in phone.get(page).content.decode()


def test_members_copy_links_and_withdraw_them(browser_client, li):
    made = browser_client.post(f"/api/contacts/{li}/privacy/link").json()["url"]
    assert browser_client.get(f"/api/contacts/{li}/privacy").json()["links"] == 1
    assert Client().get(made.partition("//")[2].partition("/")[1] + made.split("/", 3)[3]).status_code == 200
    assert browser_client.delete(f"/api/contacts/{li}/privacy/links").json() == {"revoked": 1}
