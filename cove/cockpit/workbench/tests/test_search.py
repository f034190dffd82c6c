"""⌘K finds what the reader may see, by the name he knows it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cove.business.live_codes.models import LiveCode
from cove.cockpit.workbench.queries import search
from cove.directory.people.commands.contacts import admit_contact
from cove.directory.people.contracts import Identity, Profile
from cove.engine.content.links.commands.links import delete_link, set_expiry
from cove.engine.content.links.facade import make_link, personal_urls
from cove.kernel import clock


@pytest.fixture
def harbour(actor):
    """A contact and a code, both named after the harbour."""
    profile = Profile(name="港湾的林先生", company_name="蓝海家居")
    contact, _ = admit_contact(actor, identity=Identity("wecom_external", "wm1"), source="wecom", profile=profile)
    return contact, LiveCode.objects.create(name="港湾展台", slug=f"harbour{actor.tenant_id}", created_at=clock.now())


def test_contacts_and_codes_are_found_with_the_way_to_them(harbour, browser_client):
    contact, code = harbour
    groups = browser_client.get("/api/search?q=港湾").json()["groups"]
    assert [(group["kind"], group["label"]) for group in groups] == [
        ("contact", "Contacts"),
        ("live_code", "Live codes"),
    ]
    assert groups[0]["items"][0] == {
        "title": "港湾的林先生",
        "subtitle": "蓝海家居",
        "url": f"/people/contacts/{contact.id}",
    }
    assert groups[1]["items"][0]["url"] == f"/attract/live-codes/{code.id}"


def test_a_link_is_found_by_its_name_and_by_the_short_link_itself(actor, harbour, browser_client):
    card = make_link(actor, name="港湾目录", target="https://harbour.example/catalogue")
    contact_id = harbour[0].id
    own = personal_urls(actor, link_id=card.id, contact_ids=[contact_id])[contact_id]
    hit = {"title": "港湾目录", "subtitle": card.short_url, "url": f"/attract/links/{card.id}"}
    for text in ("港湾目录", "harbour.example/cat", card.short_url, own):
        (group,) = browser_client.get("/api/search", {"q": text}).json()["groups"]
        assert (group["kind"], group["label"], group["items"]) == ("link", "Tracked links", [hit])
    set_expiry(actor, link_id=card.id, expires_at=clock.now() + timedelta(minutes=1))
    with clock.shifted(timedelta(minutes=2)):
        assert [group.kind for group in search(actor, "港湾")] == ["contact", "live_code", "link"]
    delete_link(actor, link_id=card.id)
    assert [group.kind for group in search(actor, "港湾")] == ["contact", "live_code"]


def test_what_one_may_not_see_is_not_found(harbour, actor):
    rep = replace(actor, kind="member", rights={"people.see_contacts": "all"})
    assert [group.kind for group in search(rep, "港湾")] == ["contact"]


def test_nothing_is_found_for_nothing(harbour, browser_client):
    assert browser_client.get("/api/search?q=%20").json()["groups"] == []
    assert browser_client.get("/api/search?q=没有这个").json()["groups"] == []
