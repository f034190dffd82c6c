"""Judging at the edge: what alone is enough, what is not, and how much memory it takes."""

from __future__ import annotations

import itertools

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from cove.engine.tracking.contracts import FineTraffic
from cove.engine.tracking.suspicion.agents import name_in, told_by
from cove.engine.tracking.suspicion.judging import (
    ADDRESS_EVENTS_A_MINUTE,
    EVENTS_A_MINUTE,
    NEW_DEVICES_IN_TEN_MINUTES,
    PAGES_IN_TEN_SECONDS,
    Judge,
)
from cove.engine.tracking.suspicion.reasons import SUSPICIOUS, known, reasons, score_of
from cove.engine.tracking.suspicion.windows import Window

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
SENT = frozenset({"host", "accept", "accept-language", "user-agent"})
NOW = 1_800_000_000.0

PEOPLE = (
    CHROME,
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
        "MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN"
    ),
    (
        "Mozilla/5.0 (Linux; Android 13; V2199A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        "Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MMWEBID/008 MicroMessenger/8.0.49 WeChat/arm64"
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107 Safari/537.36 MicroMessenger/7.0.20 "
        "NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF"
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/89 Safari/537.36 wxwork/4.1.26",
    (
        "Mozilla/5.0 (Linux; U; Android 12; zh-cn; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100 "
        "MQQBrowser/13.5 Mobile Safari/537.36"
    ),
    (
        "Mozilla/5.0 (Linux; Android 12; LIO-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99 Mobile Safari/537.36 "
        "baiduboxapp/13.40.0.10 (Baidu; P1 12)"
    ),
    (
        "Mozilla/5.0 (Linux; U; Android 11; zh-CN; PEGM00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100 UCBrowser/15.5 "
        "Mobile Safari/537.36"
    ),
    (
        "Mozilla/5.0 (Linux; Android 10; JNY-AL10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/88 Mobile Safari/537.36 "
        "SogouMobileBrowser/6.8"
    ),
    "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80 Safari/537.36 SE 2.X MetaSr 1.0",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108 Safari/537.36 QIHU 360SE",
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
        "AliApp(DingTalk/7.0.40) com.laiwang.DingTalk/1 Channel/201200 language/zh-Hans-CN"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Weibo (iPhone13,2)",
    (
        "Mozilla/5.0 (Linux; Android 12; SM-G9910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/75 Mobile Safari/537.36 "
        "aweme_280500 JsSdk/1.0 NetType/WIFI AppName/aweme app_version/28.5.0 ByteLocale/zh-CN"
    ),
    (
        "Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99 "
        "HuaweiBrowser/14.0 Mobile Safari/537.36"
    ),
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125 Safari/537.36 Edg/125.0",
    "Dalvik/2.1.0 (Linux; U; Android 9; V008/PKQ1)",
)


def ask(judge, visitor=1, *, now=NOW, **more):
    """Return the judge's word on an ordinary page view, changed as wanted."""
    ordinary = {
        "tenant_id": 1, "address": "203.0.113.7", "user_agent": CHROME, "automation": False, "page": True, "headers": SENT
    }  # fmt: skip
    return judge.judge(visitor=visitor, now=now, **{**ordinary, **more})


def test_an_ordinary_page_view_is_not_suspicious():
    assert ask(Judge()) == (0, [])


@pytest.mark.parametrize("agent", PEOPLE)
def test_peoples_browsers_are_not_taken_for_crawlers(agent):
    assert told_by(agent) == ""


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", "Baiduspider"),
        ("python-requests/2.31", "python-requests"),
        ("ClaudeBot/1.0", "ClaudeBot"),
        (CHROME, ""),
        (PEOPLE[8], ""),
    ],
)
def test_crawlers_are_called_by_their_names(agent, name):
    assert name_in(agent) == name


def test_every_crawler_that_the_list_knows_is_recognised():
    agents = [agent for one in CRAWLER_USER_AGENTS_DATA for agent in one["instances"]]
    assert len(agents) > 2000
    assert [agent for agent in agents if not told_by(agent)] == []


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            {"user_agent": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"},
            "crawler",
        ),
        ({"user_agent": CHROME.replace("Chrome/", "HeadlessChrome/")}, "headless"),
        ({"automation": True}, "automation"),
    ],
)
def test_known_crawlers_and_automation_are_enough_alone(more, reason):
    score, found = ask(Judge(), **more)
    assert (score >= 90, found) == (True, [reason])


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"user_agent": "okhttp/4.12.0"}, "program"),
        ({"user_agent": ""}, "no_agent"),
        ({"headers": frozenset({"host", "user-agent"})}, "headers"),
    ],
)
def test_a_weak_sign_alone_is_kept_and_not_enough(more, reason):
    score, found = ask(Judge(), **more)
    assert (0 < score < SUSPICIOUS, found) == (True, [reason])


def test_unknown_headers_say_nothing():
    assert ask(Judge(), headers=None) == (0, [])


def test_an_office_behind_one_address_is_never_suspicious():
    judge, worst = Judge(), 0
    # Four hundred colleagues arrive within five minutes and work on, ten events a minute each.
    for step in range(400 * 60):
        colleague, minute = step % 400, step // 400 * 0.1
        score, found = ask(judge, colleague, now=NOW + minute * 60 + colleague / 400 * 6, page=step % 7 == 0)
        worst = max(worst, score)
        assert set(found) <= {"address_burst", "address_swarm"}
    assert 0 < worst < SUSPICIOUS


def test_a_swarm_of_devices_without_what_browsers_send_is_suspicious():
    judge = Judge()
    words = [ask(judge, visitor, now=NOW + visitor, headers=frozenset())[0] for visitor in range(400)]
    assert words[0] < SUSPICIOUS <= words[NEW_DEVICES_IN_TEN_MINUTES + 1]


def test_a_device_that_sends_more_than_a_person_can():
    judge = Judge()
    said = [ask(judge, now=NOW + step / 10, page=False)[1] for step in range(EVENTS_A_MINUTE + 1)]
    assert (said[0], said[-2], said[-1]) == ([], [], ["device_burst"])
    assert ask(judge, now=NOW + 300, page=False)[1] == []


def test_what_comes_in_one_request_is_judged_at_once():
    judge = Judge()
    assert ask(judge, page=False, times=EVENTS_A_MINUTE)[1] == []
    assert "device_burst" in ask(judge, page=False)[1]
    assert "device_burst" in ask(Judge(), page=False, times=EVENTS_A_MINUTE + 1)[1]
    assert "address_burst" in ask(Judge(), page=False, times=ADDRESS_EVENTS_A_MINUTE + 1)[1]


def test_more_pages_than_anybody_can_look_at():
    judge = Judge()
    said = [ask(judge, now=NOW + step / 10) for step in range(PAGES_IN_TEN_SECONDS + 1)]
    assert said[-2] == (0, [])
    assert said[-1][1] == ["impossible_speed"]
    assert said[-1][0] < SUSPICIOUS
    assert ask(judge, headers=frozenset(), now=NOW + 2)[0] >= SUSPICIOUS


def test_a_reader_who_opens_a_page_each_second_is_fine():
    judge = Judge()
    assert max(ask(judge, now=NOW + second)[0] for second in range(200)) == 0


def test_addresses_of_ipv6_are_one_by_their_network():
    judge = Judge()
    said = [
        ask(judge, step % 50, address=f"2001:db8:1:2::{step:x}", now=NOW + step / 100, page=False)[1]
        for step in range(ADDRESS_EVENTS_A_MINUTE + 1)
    ]
    assert said[-1] == ["address_burst"]


def test_two_companies_do_not_share_an_address():
    judge = Judge()
    for step in range(ADDRESS_EVENTS_A_MINUTE + 1):
        ask(judge, step % 50, now=NOW + step / 100, page=False)
    assert ask(judge, 999, tenant_id=2, now=NOW + 40)[1] == []


def test_what_members_marked_as_normal_is_left_alone():
    fine = FineTraffic(frozenset({"198.51.100.1"}), frozenset({7}))
    judge = Judge()
    assert ask(judge, automation=True, address="198.51.100.1", fine=fine) == (0, [])
    assert ask(judge, 7, automation=True, fine=fine) == (0, [])
    assert ask(judge, 8, automation=True, fine=fine)[0] >= SUSPICIOUS


def test_no_reasons_of_one_category_are_enough_unless_decisive():
    for first, second in itertools.combinations(reasons, 2):
        score = score_of(frozenset({first.key, second.key}))
        enough = first.decisive or second.decisive or first.category != second.category
        assert (score >= SUSPICIOUS) == enough, (first.key, second.key)
    for one in reasons:
        assert (score_of(frozenset({one.key})) >= SUSPICIOUS) == one.decisive


def test_every_reason_has_words_in_both_languages_and_unknown_ones_count_nothing():
    assert all(text for one in reasons for words in (one.name, one.explained) for text in (words.zh, words.en))
    assert score_of(frozenset({"of a later version"})) == 0
    assert [one.key for one in known(["headers", "of a later version", "crawler"])] == ["crawler", "headers"]


def test_a_flood_of_visitors_does_not_fill_the_memory():
    judge = Judge(most=1000)
    for visitor in range(50_000):
        ask(judge, visitor, now=NOW + visitor / 1000)
    assert max(len(getattr(judge, name)) for name in Judge.__slots__) <= 2000


def test_a_window_slides_and_a_clock_that_steps_back_loses_nothing():
    window = Window(60, 100)
    assert [window.add("a", NOW + second) for second in (0, 1, 2)] == [1, 2, 3]
    assert window.add("a", NOW - 3600) == 4
    assert window.add("a", NOW - 3600 + 59) == 5
    # Half a window later the earlier five count half, and they are gone two windows later.
    assert window.add("a", NOW - 3600 + 90) == pytest.approx(3.5)
    assert window.add("a", NOW) == 1
