from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from cove.directory.people import facade as people
from cove.engine.content.links import facade
from cove.engine.content.links.commands.clicks import MOST_BROWSERS, Click, count_clicks, note_recipient
from cove.engine.content.links.commands.links import change_link, create_link, delete_link, restore_link, set_expiry
from cove.engine.content.links.contracts import SIGNPOST, recipient_of
from cove.engine.content.links.errors import BadTarget, ExpiresInThePast, LeadsToItself, NameTaken
from cove.engine.content.links.models import Recipient
from cove.engine.content.links.queries.links import figures, links
from cove.engine.content.links.queries.report import report
from cove.kernel import clock
from cove.kernel.errors import InvalidInput
from cove.kernel.signposts.models import Signpost

from .conftest import AT


def posted(link):
    return Signpost.objects.get(kind=SIGNPOST, key=link.slug).document


def test_a_link_is_posted_to_the_edges_as_it_changes(actor, link):
    assert posted(link)["location"] == (
        "https://www.cove.example/catalogue?page=1&utm_source=wecom&utm_medium=chat&utm_campaign=%E7%A7%8B%E5%AD%A3#top"
    )
    change_link(actor, link_id=link.id, target="https://other.example/", utm={})
    assert posted(link)["location"] == "https://other.example/"
    change_link(actor, link_id=link.id, off=True)
    assert posted(link)["off"] is True
    change_link(actor, link_id=link.id, off=False)
    until = clock.now() + timedelta(hours=1)
    set_expiry(actor, link_id=link.id, expires_at=until)
    assert (posted(link)["off"], posted(link)["expires"]) == (False, until.timestamp())
    set_expiry(actor, link_id=link.id, expires_at=None)
    delete_link(actor, link_id=link.id)
    assert (posted(link)["off"], posted(link)["expires"]) == (True, None)
    restore_link(actor, link_id=link.id)
    assert posted(link)["off"] is False


def test_what_cannot_be_is_refused_by_its_field(actor, link):
    with pytest.raises(NameTaken):
        create_link(actor, name="秋季目录", target="https://a.test/")
    with pytest.raises(BadTarget) as bad:
        create_link(actor, name="b", target="javascript:alert(1)")
    assert "target" in bad.value.fields
    with pytest.raises(LeadsToItself):
        create_link(actor, name="c", target=f"{settings.PUBLIC_URL}/l/{link.slug}")
    with pytest.raises(ExpiresInThePast):
        create_link(actor, name="d", target="https://a.test/", expires_at=clock.now() - timedelta(seconds=1))


def test_states_of_the_list(actor, link):
    off = create_link(actor, name="停用", target="https://a.test/")
    change_link(actor, link_id=off.id, off=True)
    gone = create_link(actor, name="删除", target="https://a.test/")
    delete_link(actor, link_id=gone.id)
    for state, names in {"active": ["秋季目录"], "closed": ["停用"], "deleted": ["删除"]}.items():
        assert [row.name for row in links(actor, state=state)] == names


def test_clicks_are_counted_by_day_without_machines(actor, link):
    clicks = [Click(link.id, visitor, AT, suspicious=False) for visitor in (1, 1, 2)]
    machine = [Click(link.id, 3, AT, suspicious=True)]
    count_clicks(actor, clicks=clicks + machine)
    count_clicks(
        actor,
        clicks=[Click(link.id, 1, AT + timedelta(days=1), suspicious=False), Click(10**9, 1, AT, suspicious=False)],
    )
    day = AT.date()
    found = report(actor, link_id=link.id, begin=day, end=day + timedelta(days=1))
    assert [(one.clicks, one.visitors, one.suspicious) for one in found.days] == [(3, 2, 1), (1, 1, 0)]
    assert (found.totals.clicks, found.totals.visitors, found.totals.suspicious) == (4, 2, 1)
    assert found.previous.clicks == 0
    assert figures(actor, [link.id])[link.id].clicks == 4
    with pytest.raises(InvalidInput):
        report(actor, link_id=link.id, begin=day, end=day - timedelta(days=1))


def test_the_first_browser_is_the_recipients_and_no_other(actor, link, customer):
    chen, liu = customer("陈静怡"), customer("刘子轩")
    people.join_visitor(actor, contact_id=liu, visitor_id=77, how="identify")
    for visitor in (5, 6, 77, 5):
        note_recipient(actor, link_id=link.id, contact_id=chen, visitor_id=visitor, at=AT)
    assert people.visitors_of(actor, chen) == [5]
    assert people.visitors_of(actor, liu) == [77], "whoever it was passed on to stays who he is"
    row = Recipient.objects.get(link=link, contact_id=chen)
    assert (row.clicks, row.visitors) == (4, [5, 6, 77])


def test_a_browser_that_is_somebody_elses_stays_his(actor, link, customer):
    chen, liu = customer("陈静怡"), customer("刘子轩")
    people.join_visitor(actor, contact_id=liu, visitor_id=77, how="identify")
    note_recipient(actor, link_id=link.id, contact_id=chen, visitor_id=77, at=AT)
    assert people.visitors_of(actor, chen) == []
    assert people.visitors_of(actor, liu) == [77]


def test_a_recipient_who_is_gone_is_nobody(actor, link):
    note_recipient(actor, link_id=link.id, contact_id=10**9, visitor_id=5, at=AT)
    assert not Recipient.objects.exists()


def test_a_link_that_went_round_does_not_grow_for_ever(actor, link, customer):
    chen = customer()
    for visitor in range(MOST_BROWSERS + 5):
        note_recipient(actor, link_id=link.id, contact_id=chen, visitor_id=visitor, at=AT)
    assert len(Recipient.objects.get(contact_id=chen).visitors) == MOST_BROWSERS


def test_what_others_are_given(actor, link, customer):
    chen = customer()
    (card,) = facade.find_links(actor, text="目录", limit=5)
    assert card.short_url == f"{settings.PUBLIC_URL}/l/{link.slug}"
    url = facade.personal_urls(actor, link_id=link.id, contact_ids=[chen])[chen]
    assert url.startswith(f"{card.short_url}/")
    assert recipient_of(url.rsplit("/", 1)[1], slug=link.slug, secret=settings.SECRET_KEY) == chen
    text = (
        f"请看 {card.short_url}，或 {card.short_url}。别处 https://a.test/l/{link.slug} {settings.PUBLIC_URL}/l/never1"
    )
    told = facade.personal_text(actor, text=text, contact_id=chen)
    assert told == text.replace(f"{card.short_url}，", f"{url}，").replace(f"{card.short_url}。", f"{url}。")
    assert facade.personal_text(actor, text=told, contact_id=chen + 1) == told, "what is somebody's stays his"
    made = facade.make_link(actor, name="给群发", target="https://a.test/")
    assert made.short_url.startswith(f"{settings.PUBLIC_URL}/l/")
