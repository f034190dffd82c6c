"""The SDK in a browser, on a website of its own, before the real collector: what it tells is in the log, each once."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.site import Gate, Site, Source, kinds, serving, started, told

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 "
    "XWEB/1260 MMWEBSDK/2024 MicroMessenger/8.0.49 WeChat/arm64 NetType/WIFI Language/zh_CN"
)
HIDE = """hidden => {
  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }});"
NO_COOKIES = "Object.defineProperty(document, 'cookie', {get() { return ''; }, set() {}});"
_numbers = itertools.count(1)


@pytest.fixture
def gate(house):
    made = Gate(house.url)
    with serving(made.answer) as made.url:
        yield made


@pytest.fixture
def source(chrome, house):
    """A source of this test alone."""
    context = chrome.new_context(base_url=house.url)
    signed = context.request.post("/api/session", data={"email": house.email, "password": house.password})
    made = context.request.post(
        "/api/tracking/sources",
        data={"name": f"官网 {next(_numbers)}"},
        headers={"X-CSRFToken": signed.json()["csrf_token"]},
    )
    assert made.ok, made.text()
    yield Source(house, made.json()["id"], made.json()["write_key"])
    context.close()


@pytest.fixture
def site(gate, source):
    """The website with the snippet of its source; `site.options` puts attributes into it."""
    made = Site(head=snippet(gate, source))
    with serving(made.answer) as made.url:
        yield made


def snippet(gate, source, attributes: str = "") -> str:
    return f"<script async src='{gate.url}/collect/cove.js' data-key='{source.write_key}' {attributes}></script>"


@pytest.fixture
def visitor(chrome):
    """Makes browsers: `visitor(init_script=…, **options of the context)`; each has a page of its own."""
    contexts = []

    def open_browser(init_script: str = "", **options):
        context = chrome.new_context(locale="zh-CN", viewport={"width": 1200, "height": 800}, **options)
        context.set_default_timeout(60_000)
        if init_script:
            context.add_init_script(init_script)
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()


def test_a_visit_from_page_to_page(site, source, visitor):
    begun = time.monotonic()
    page = started(visitor(), f"{site.url}/?utm_source=baidu&utm_medium=cpc&bd_vid=77")
    page.wait_for_timeout(1600)
    page.click("#cases")
    at_most = time.monotonic() - begun + 1
    page.wait_for_function("window.cove && !Array.isArray(window.cove)")
    page.mouse.wheel(0, 2600)
    page.wait_for_function("document.scrollingElement.scrollTop >= 2600")
    page.wait_for_timeout(400)
    page.goto("about:blank")
    home, left, cases, left_cases = source.wait_for(4)
    assert kinds((home, left, cases, left_cases)) == ["page_viewed", "page_left", "page_viewed", "page_left"]
    assert (home["title"], home["channel"], home["click_ids"]) == ("首页", "paid_search", {"bd_vid": "77"})
    assert (left["title"], left["depth"]) == ("首页", 100)
    assert 1 <= left["seconds"] <= at_most
    assert (cases["title"], cases["referrer"], cases["channel"]) == ("实景案例", home["url"], "internal")
    assert (left_cases["url"], left_cases["depth"]) == (cases["url"], pytest.approx(56, abs=3))
    everything = (home, left, cases, left_cases)
    assert len({fact["visitor_id"] for fact in everything}) == len({fact["session_id"] for fact in everything}) == 1
    assert home["properties"]["$library"] == "web/1.0.0"


def test_what_is_clicked_sent_and_fetched(site, gate, source, visitor):
    site.head = snippet(gate, source, "data-clicks='.chosen'")
    page = started(visitor(), f"{site.url}/form")
    for button in ("[data-cove]", ".chosen >> nth=0", "#plain", "#quiet", "form button"):
        page.click(button)
    page.evaluate("document.querySelector('#file').addEventListener('click', event => event.preventDefault())")
    page.click("#file")
    page.goto(f"{site.url}/")
    page.evaluate("document.querySelector('#away').addEventListener('click', event => event.preventDefault())")
    page.wait_for_function("window.cove && !Array.isArray(window.cove)")
    page.click("#away")
    page.evaluate("cove.flush()")
    facts = source.wait_for(8)
    clicked, chosen, form, file, outbound = (fact for fact in facts if not fact["kind"].startswith("page_"))
    assert (clicked["kind"], clicked["text"], clicked["element"]) == ("element_clicked", "拨打 ***", "立即咨询")
    assert (chosen["kind"], chosen["text"], chosen["element"]) == ("element_clicked", "报价", "button.chosen")
    assert (form["kind"], form["form"]) == ("form_submitted", "booking")
    assert (file["kind"], file["text"], file["href"]) == ("file_downloaded", "下载画册", f"{site.url}/brochure.pdf")
    assert (outbound["kind"], outbound["href"]) == ("outbound_followed", "http://localhost:9/partner")
    assert not re.search("13800000000|hidden-word|0000", str(gate.batches))


def test_a_single_page_app(site, gate, source, visitor):
    page = started(visitor(), f"{site.url}/app")
    page.evaluate("""() => {
      document.querySelector('main').scrollTop = 340;
      const move = () => { history.pushState({}, '', '/app/list'); document.title = '列表'; };
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(move, 50)));
    }""")
    told(page, gate, site, "/app/list")
    # A route that sends on at once is no page; neither is an anchor, nor the same address again.
    page.evaluate("""() => {
      history.pushState({}, '', '/app/guard'); history.replaceState({}, '', '/app/item?id=1');
      document.title = '详情'; location.hash = 'reviews'; history.replaceState({}, '', location.href);
    }""")
    told(page, gate, site, "/app/item?id=1#reviews")
    page.evaluate("location.hash = '#/route?utm_source=weibo'")
    told(page, gate, site, "/app/item?id=1#/route?utm_source=weibo")
    page.evaluate("history.go(-3)")
    told(page, gate, site, "/app/list", times=2)
    page.evaluate("cove.flush()")
    facts = source.wait_for(9)
    views = [fact for fact in facts if fact["kind"] == "page_viewed"]
    assert [fact["url"].removeprefix(site.url) for fact in views] == [
        "/app",
        "/app/list",
        "/app/item?id=1#reviews",
        "/app/item?id=1#/route?utm_source=weibo",
        "/app/list",
    ]
    assert [fact["title"] for fact in views[:3]] == ["/app", "列表", "详情"]
    assert [fact["referrer"].removeprefix(site.url) for fact in views[1:4]] == ["/app", "/app/list", "/app/item?id=1"]
    assert [fact["channel"] for fact in views] == ["direct", "internal", "internal", "organic_social", "internal"]
    left = [fact for fact in facts if fact["kind"] == "page_left"]
    assert [fact["url"] for fact in left] == [fact["url"] for fact in views[:4]]
    assert left[0]["depth"] == pytest.approx(49, abs=2), "the page does not scroll, its box does"


def test_time_in_the_background_does_not_count(site, source, visitor):
    page = started(visitor(user_agent=WECHAT), f"{site.url}/")
    page.wait_for_timeout(1200)
    page.evaluate(f"({HIDE})(true)")
    seen = page.evaluate("performance.now()") / 1000
    hidden = source.wait_for(2)
    assert kinds(hidden) == ["page_viewed", "page_left"], "a phone may end a hidden page without a word"
    assert (hidden[0]["channel"], hidden[0]["referrer"]) == ("wechat", "")
    page.wait_for_timeout(6000)
    shown = time.monotonic()
    page.evaluate(f"({HIDE})(false)")
    page.wait_for_timeout(1100)
    page.goto("about:blank")
    seen += time.monotonic() - shown
    left = [fact for fact in source.wait_for(3) if fact["kind"] == "page_left"]
    assert all(fact["seconds"] for fact in left)
    assert sum(fact["seconds"] for fact in left) <= seen + 1


def test_what_happens_offline_arrives_later_once(site, gate, source, visitor):
    page = started(visitor(), f"{site.url}/")
    source.wait_for(1)
    page.context.set_offline(True)
    for number in range(3):
        page.evaluate("number => cove.track('offline', {number})", number)
    page.wait_for_timeout(2500)
    page.close()
    later = page.context.new_page()
    page.context.set_offline(False)
    started(later, f"{site.url}/cases")
    facts = source.wait_for(6)
    assert kinds(facts) == ["page_viewed", *["event_tracked"] * 3, "page_left", "page_viewed"]
    assert [fact["properties"]["number"] for fact in facts[1:4]] == [0, 1, 2]


def test_the_network_comes_back_while_the_page_is_open(site, source, visitor):
    page = started(visitor(), f"{site.url}/")
    source.wait_for(1)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.evaluate("cove.track('offline')")
    page.wait_for_timeout(200)
    # Nothing but the network's return is left to send it.
    page.evaluate("for (let timer = 0; timer < 10000; timer++) clearTimeout(timer)")
    page.context.set_offline(False)
    assert source.wait_for(2)[1]["event"] == "offline"


def test_what_is_told_while_the_page_is_left_arrives(site, gate, source, visitor):
    page = started(visitor(), f"{site.url}/")
    page.evaluate("cove.track('last word'); location.href = 'about:blank'")
    assert kinds(source.wait_for(3)) == ["page_viewed", "event_tracked", "page_left"]
    # Nobody answers a beacon, so the next page sends it again: it is taken once.
    started(page, f"{site.url}/cases")
    assert len(source.wait_for(4)) == 4
    twice = [event["message_id"] for event in gate.sent if event.get("event") == "last word"]
    assert len(twice) == 2
    assert len(set(twice)) == 1


def test_an_answer_that_is_lost_does_not_double_anything(site, gate, source, visitor):
    gate.script = [("lose",), ("lose",)]
    page = started(visitor(), f"{site.url}/")
    page.evaluate("cove.track('paid', {amount: 9})")
    page.wait_for_function("Object.keys(localStorage).every(name => !name.startsWith('cove_q'))")
    assert len(gate.batches) >= 3
    assert kinds(source.wait_for(2)) == ["page_viewed", "event_tracked"]


@pytest.mark.parametrize(
    ("script", "least"),
    [
        ([("refuse", 503, {}), ("refuse", 500, {})], 0.9),
        ([("refuse", 429, {"Retry-After": "3"})], 3.0),
        ([("refuse", 413, {}), ("refuse", 413, {})], 0.0),
    ],
    ids=["unwell", "too much", "too large"],
)
def test_what_is_not_taken_is_sent_again(site, gate, source, visitor, script, least):
    page = started(visitor(), f"{site.url}/")
    source.wait_for(1)
    gate.script = list(script)
    page.evaluate("for (let number = 0; number < 5; number++) cove.track('x', {number})")
    begun = page.evaluate("performance.now()")
    page.wait_for_function("Object.keys(localStorage).every(name => !name.startsWith('cove_q'))")
    assert (page.evaluate("performance.now()") - begun) / 1000 >= least
    assert [fact["properties"]["number"] for fact in source.wait_for(6)[1:]] == [0, 1, 2, 3, 4]
    if script[0][1] == 413:
        assert [len(batch["batch"]) for batch in gate.batches[1:]] == [5, 3, 2, 2, 1]


def test_one_bad_event_does_not_hold_up_the_others(site, source, visitor):
    page = started(visitor(), f"{site.url}/")
    page.evaluate("cove.track('$nonsense'); cove.track('good')")
    page.wait_for_function("Object.keys(localStorage).every(name => !name.startsWith('cove_q'))")
    assert [fact.get("event") for fact in source.wait_for(2)] == [None, "good"]


def test_he_is_asked_first(site, gate, source, visitor):
    site.head = snippet(gate, source, "data-consent=ask")
    page = started(visitor(), f"{site.url}/")
    page.evaluate("cove.track('before')")
    page.wait_for_timeout(1500)
    assert (gate.batches, page.evaluate("Object.keys(localStorage)"), page.context.cookies()) == ([], [], [])
    page.evaluate("cove.consent('granted')")
    facts = source.wait_for(2)
    assert kinds(facts) == ["page_viewed", "event_tracked"]
    assert facts[0]["properties"]["$consent"] == "granted"
    page.evaluate("cove.track('kept'); cove.consent('denied')")
    assert page.evaluate("Object.entries(localStorage)") == [["cove_consent", "denied"]]
    started(page, f"{site.url}/cases")
    page.wait_for_timeout(1500)
    assert len(source.facts()) == 2


@pytest.mark.parametrize("said", ["doNotTrack: {value: '1'}", "globalPrivacyControl: {value: true}"])
def test_a_browser_that_asks_not_to_track_is_heard(site, gate, source, visitor, said):
    page = started(visitor(f"Object.defineProperties(navigator, {{{said}}})"), f"{site.url}/form")
    page.click("[data-cove]")
    page.wait_for_timeout(1500)
    assert (gate.batches, page.evaluate("Object.keys(localStorage)")) == ([], [])
    # He agreed himself: that says more than the browser's general setting.
    page.evaluate("cove.consent('granted')")
    assert kinds(source.wait_for(1)) == ["page_viewed"]
    site.head = snippet(gate, source, "data-dnt=ignore")
    started(visitor(f"Object.defineProperties(navigator, {{{said}}})"), f"{site.url}/form")
    assert kinds(source.wait_for(2)) == ["page_viewed"] * 2


def test_where_storage_is_blocked_cookies_know_him(site, source, visitor):
    page = started(visitor(NO_STORAGE, user_agent=WECHAT), f"{site.url}/")
    page.evaluate("cove.track('x')")
    started(page, f"{site.url}/cases")
    facts = source.wait_for(4)
    # What waits to be sent is in none of them: each page would leave one that nobody ever takes away.
    known = {cookie["name"] for cookie in page.context.cookies()}
    assert known <= {"cove_anonymous_id", "cove_session", "cove_user", "cove_consent"}
    assert sorted(kinds(facts)) == ["event_tracked", "page_left", "page_viewed", "page_viewed"]
    assert len({fact["visitor_id"] for fact in facts}) == len({fact["session_id"] for fact in facts}) == 1


def test_where_cookies_are_blocked_too_each_page_is_told_of(site, source, visitor):
    page = started(visitor(NO_STORAGE + NO_COOKIES), f"{site.url}/")
    page.evaluate("cove.track('x')")
    page.goto("about:blank")
    facts = source.wait_for(3)
    assert kinds(facts) == ["page_viewed", "event_tracked", "page_left"]
    assert len({fact["visitor_id"] for fact in facts}) == 1


def test_what_the_page_said_before_the_script_was_there(site, gate, source, visitor):
    early = "<script>window.cove = [['identify', 'u-7', {plan: 'pro'}], ['group', 'acme'], ['slip'], ['track', 'early']]</script>"
    site.head = early + snippet(gate, source)
    page = started(visitor(), f"{site.url}/")
    page.evaluate("cove.push(['track', 'late'])")
    facts = source.wait_for(5)
    assert sorted(kinds(facts)) == [
        "account_joined",
        "event_tracked",
        "event_tracked",
        "page_viewed",
        "visitor_identified",
    ]
    [who] = (fact for fact in facts if fact["kind"] == "visitor_identified")
    assert (who["user_id"], who["traits"], who["proof"]) == ("u-7", {"plan": "pro"}, "none")
    assert {fact["account"] for fact in facts if fact["kind"] in ("page_viewed", "event_tracked")} == {"acme"}


def test_links_to_codes_carry_who_he_is(site, gate, visitor):
    page = started(visitor(), f"{site.url}/")
    page.evaluate(
        "href => document.body.insertAdjacentHTML('beforeend', `<a id=code href='${href}'>扫码</a><a id=other href='/cases'>x</a>`)",
        f"{gate.url}/c/abc?from=site",
    )
    for link in ("#code", "#other"):
        page.dispatch_event(link, "mousedown")
    known = page.evaluate("cove.anonymousId()")
    expect(page.locator("#code")).to_have_attribute("href", f"{gate.url}/c/abc?from=site&cv={known}")
    expect(page.locator("#other")).to_have_attribute("href", "/cases")


def test_two_tabs_do_not_write_over_each_other(site, source, visitor):
    first = started(visitor(), f"{site.url}/")
    second = started(first.context.new_page(), f"{site.url}/")
    for number in range(10):
        for tab in (first, second):
            tab.evaluate("number => cove.track('tab', {number})", number)
    facts = source.wait_for(22)
    assert kinds(facts).count("event_tracked") == 20
    assert len({fact["session_id"] for fact in facts}) == 1
