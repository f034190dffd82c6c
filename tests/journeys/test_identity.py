"""Who is who (docs/identity.md), from the page with the SDK over the collector and the log to what a member sees of a person."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
import time

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.site import Site, serving
from tests.journeys.test_sdk import snippet, started

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_numbers = itertools.count(int(time.time()) % 100_000 * 10)


class Company:
    """What the company itself does: its server with the secrets of a source, and a member at the console."""

    def __init__(self, house, context):
        self.house = house
        self.context = context
        signed = context.request.post("/api/session", data={"email": house.email, "password": house.password})
        self.token = {"X-CSRFToken": signed.json()["csrf_token"]}
        made = self.post("/api/tracking/sources", name=f"身份 {next(_numbers)}")
        self.source_id, self.write_key = made["id"], made["write_key"]
        self.server_key = self.post(f"/api/tracking/sources/{self.source_id}/server-key")["text"]
        self.secret = self.post(f"/api/tracking/sources/{self.source_id}/signing-secret")["text"]

    def post(self, path, **data):
        answer = self.context.request.post(path, data=data, headers=self.token)
        assert answer.ok, answer.text()
        return answer.json()

    def get(self, path, **asked):
        answer = self.context.request.get(path, params=asked)
        assert answer.ok, answer.text()
        return answer.json()

    def sign(self, *names):
        """Sign as docs/sdk-web.md tells a server to."""
        return hmac.new(self.secret.encode(), "\n".join(names).encode(), hashlib.sha256).hexdigest()

    def tells(self, door, **body):
        """Tell the collector as a server does, with its key."""
        address = f"{self.house.url}/collect/{door}"
        answer = httpx.post(address, json=body, headers={"authorization": f"Bearer {self.server_key}"}, timeout=60)
        assert answer.status_code == 200, answer.text

    def contacts(self, name):
        return [one["id"] for one in self.get("/api/contacts", search=name)["items"]]

    def done_by(self, contact_id):
        """What a contact's timeline tells of pages and events, in the order in which it happened."""
        kinds = "tracking.page_viewed,tracking.event_tracked"
        items = self.get(f"/api/contacts/{contact_id}/timeline", kind=kinds, limit=200)["items"]
        return [one["properties"].get("event") or one["properties"]["title"] for one in reversed(items)]


def soon(ask, wanted, seconds=60):
    """Ask until the answer is the wanted one; what comes of the collector is there within moments."""
    end = time.monotonic() + seconds
    while (found := ask()) != wanted and time.monotonic() < end:
        time.sleep(0.2)
    assert found == wanted


@pytest.fixture
def company(chrome, house):
    context = chrome.new_context(base_url=house.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(60_000)
    yield Company(house, context)
    context.close()


@pytest.fixture
def site(house, company):
    """The company's website, whose script comes from the real collector."""
    made = Site(head=snippet(house, company))
    with serving(made.answer) as made.url:
        yield made


@pytest.fixture
def browser(chrome):
    """Makes browsers of visitors, each with a page of its own."""
    contexts = []

    def open_browser():
        contexts.append(chrome.new_context(locale="zh-CN"))
        contexts[-1].set_default_timeout(60_000)
        return contexts[-1].new_page()

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def names():
    """A user's id and a person's name that nobody else has."""

    def made():
        number = next(_numbers)
        return f"u-{number}", f"李雷{number}"

    return made


def signs_in(page, company, user, name):
    page.evaluate(
        "([user, name, signature]) => cove.identify(user, {name}, {signature})", [user, name, company.sign(user)]
    )


def test_the_anonymous_past_is_on_the_timeline_of_whoever_signs_in_with_a_signature(site, company, browser, names):
    user, name = names()
    page = started(browser(), f"{site.url}/?utm_source=baidu&utm_medium=cpc")
    started(page, f"{site.url}/cases")
    page.evaluate("cove.flush()")
    signs_in(page, company, user, name)
    page.evaluate("cove.track('预约量房', {rooms: 3}); cove.flush()")

    soon(lambda: len(company.contacts(name)), 1)
    [contact_id] = company.contacts(name)
    soon(lambda: company.done_by(contact_id), ["首页", "实景案例", "预约量房"])

    console = company.context.new_page()
    console.goto(f"/people/contacts/{contact_id}")
    timeline = console.get_by_role("dialog")
    visit = timeline.get_by_role("button", name=re.compile("^浏览 2 个页面.*（渠道：付费搜索）"))
    visit.click()
    expect(timeline.get_by_text("浏览页面「首页」（渠道：付费搜索）")).to_be_visible()
    expect(timeline.get_by_text("识别前").first).to_be_visible()
    expect(timeline.get_by_text("预约量房").first).to_be_visible()
    expect(timeline.get_by_text("识别为此前的匿名访客").first).to_be_visible()


def test_a_bare_claim_of_a_page_or_a_wrong_signature_joins_nobody(site, company, browser, names):
    (user, name), (other, _) = names(), names()
    page = started(browser(), f"{site.url}/")
    page.evaluate("([user, name]) => cove.identify(user, {name})", [user, name])
    wrong = company.sign(other)
    page.evaluate(
        "([user, name, signature]) => { cove.reset(); cove.identify(user, {name}, {signature}); }", [user, name, wrong]
    )
    page.evaluate("cove.flush()")
    # Somebody else who proves it is there: what came before him was digested by then.
    later, later_name = names()
    signs_in(page, company, later, later_name)
    page.evaluate("cove.flush()")
    soon(lambda: len(company.contacts(later_name)), 1)
    assert company.contacts(name) == []


def test_two_who_share_a_tablet_are_never_mixed_up(site, company, browser, names):
    (li, li_name), (wang, wang_name) = names(), names()
    tablet = started(browser(), f"{site.url}/")
    signs_in(tablet, company, li, li_name)
    tablet.evaluate("cove.track('李的订单')")
    signs_in(tablet, company, wang, wang_name)
    tablet.evaluate("cove.track('王的订单'); cove.flush()")

    soon(lambda: (len(company.contacts(li_name)), len(company.contacts(wang_name))), (1, 1))
    [li_id], [wang_id] = company.contacts(li_name), company.contacts(wang_name)
    soon(lambda: company.done_by(li_id), ["首页", "李的订单"])
    soon(lambda: company.done_by(wang_id), ["王的订单"])


def test_an_alias_is_proven_over_both_names_and_brings_what_was_done_under_the_other(site, company, browser, names):
    (old, _), (new, name), (stranger, _) = names(), names(), names()
    for user in (old, stranger):
        company.tells("track", user_id=user, event=f"试用 {user}")
    page = started(browser(), f"{site.url}/cases")
    signs_in(page, company, new, name)
    # The signature of one's own name does not take a stranger's.
    for previous, signature in ((stranger, company.sign(new)), (old, company.sign(new, old))):
        page.evaluate(
            "([user, previous, signature]) => cove.alias(user, previous, {signature})", [new, previous, signature]
        )
    page.evaluate("cove.flush()")

    soon(lambda: len(company.contacts(name)), 1)
    [contact_id] = company.contacts(name)
    soon(lambda: sorted(company.done_by(contact_id)), sorted([f"试用 {old}", "实景案例"]))


def test_what_servers_say_of_one_phone_is_suspected_and_a_member_joins_and_parts_them(company, names):
    phone = f"+86 139{next(_numbers):08d}"
    (li, li_name), (lei, lei_name) = names(), names()
    for user, name in ((li, li_name), (lei, lei_name)):
        company.tells("identify", user_id=user, traits={"name": name, "phone": phone})
        company.tells("track", user_id=user, event=f"下单 {user}")
    soon(lambda: (len(company.contacts(li_name)), len(company.contacts(lei_name))), (1, 1))
    [stays], [merged] = company.contacts(li_name), company.contacts(lei_name)
    soon(lambda: company.done_by(stays), [f"下单 {li}"])

    def suspected():
        pairs = company.get("/api/contact-duplicates", limit=100)["items"]
        return [one for one in pairs if {one["one"]["id"], one["other"]["id"]} == {stays, merged}]

    soon(lambda: len(suspected()), 1)
    merge = company.post(f"/api/contacts/{stays}/merges", merged_id=merged)
    soon(lambda: company.done_by(stays), [f"下单 {li}", f"下单 {lei}"])
    assert company.done_by(merged) == company.done_by(stays)
    assert suspected() == []
    company.post(f"/api/contact-merges/{merge['id']}/undo")
    soon(lambda: (company.done_by(stays), company.done_by(merged)), ([f"下单 {li}"], [f"下单 {lei}"]))
