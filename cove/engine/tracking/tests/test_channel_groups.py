from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cove.engine.tracking.channel_groups.mediums import GROUPS
from cove.engine.tracking.facade import CHANNELS, channel_group

OWN = "https://www.shop.com.cn/pricing"
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MicroMessenger/8.0.49 NetType/WIFI"
WECOM = "Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 wxwork/4.1.22 MicroMessenger/7.0.1"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def group(*, referrer="", source="", medium="", ids=(), agent=CHROME, url=OWN):
    return channel_group(
        url=url,
        referrer=referrer,
        utm_source=source,
        utm_medium=medium,
        click_ids=dict.fromkeys(ids, "1"),
        user_agent=agent,
    )


REFERRERS = {
    "": "direct",
    "https://www.shop.com.cn/": "internal",
    "https://blog.shop.com.cn/a": "internal",
    "https://other.com.cn/": "referral",
    "https://www.baidu.com/link?url=x": "organic_search",
    "https://m.baidu.com/s?word=shop": "organic_search",
    "https://tieba.baidu.com/p/1": "organic_social",
    "https://chat.baidu.com/": "ai_assistant",
    "https://www.so.com/link?m=1": "organic_search",
    "https://www.sogou.com/link?url=1": "organic_search",
    "https://weixin.sogou.com/weixin?query=1": "organic_search",
    "https://m.sm.cn/s?q=1": "organic_search",
    "https://quark.sm.cn/s?q=1": "organic_search",
    "https://so.toutiao.com/search/jump?url=1": "organic_search",
    "https://www.toutiao.com/article/1": "organic_social",
    "https://cn.bing.com/": "organic_search",
    "https://www.google.com.hk/": "organic_search",
    "https://www.google.co.uk:443/": "organic_search",
    "https://mail.google.com/mail/u/0": "email",
    "https://gemini.google.com/": "ai_assistant",
    "https://google.evil.test/": "referral",
    "https://chat.deepseek.com/": "ai_assistant",
    "https://www.doubao.com/": "ai_assistant",
    "https://yuanbao.tencent.com/": "ai_assistant",
    "https://mp.weixin.qq.com/s/abc": "wechat",
    "https://channels.weixin.qq.com/": "organic_video",
    "https://work.weixin.qq.com/": "wecom",
    "https://servicewechat.com/wx1234/1/page-frame.html": "wechat",
    "https://weibo.com/1": "organic_social",
    "http://t.cn/A6": "organic_social",
    "https://link.zhihu.com/?target=1": "organic_social",
    "https://www.xiaohongshu.com/explore": "organic_social",
    "https://www.douyin.com/": "organic_video",
    "https://www.iesdouyin.com/share": "organic_video",
    "https://b23.tv/x": "organic_video",
    "https://v.kuaishou.com/x": "organic_video",
    "https://detail.tmall.com/item.htm": "organic_shopping",
    "https://detail.1688.com/": "organic_shopping",
    "https://www.amazon.co.jp/": "organic_shopping",
    "https://mail.qq.com/": "email",
    "https://exmail.qq.com/": "email",
    # Never by a piece of the name: t.co is in microsoft.com, x.com in netflix.com, so.com in also.com, jd.com in ajd.com.
    "https://www.microsoft.com/": "referral",
    "https://www.netflix.com/": "referral",
    "https://also.com/": "referral",
    "https://baidu.com.evil.test/": "referral",
    "https://x.com/a": "organic_social",
    "android-app://com.google.android.gm/": "email",
    "android-app://com.tencent.mm/": "wechat",
    "https://user:pw@www.baidu.com/": "organic_search",
    "http://[::1]:8080/": "referral",
    "http://[broken": "referral",
    "http://192.168.0.1/": "referral",
    "nonsense": "direct",
}


@pytest.mark.parametrize(("referrer", "expected"), REFERRERS.items())
def test_a_page_without_campaign_goes_by_its_referrer(referrer, expected):
    assert group(referrer=referrer) == expected


TAGGED = [
    # source, medium, click ids, group
    ("baidu", "cpc", (), "paid_search"),
    ("baidu", "", ("bd_vid",), "paid_search"),
    ("", "", ("bd_vid",), "paid_search"),
    ("", "", ("gclid",), "paid_search"),
    ("", "", ("gdt_vid",), "paid_social"),
    ("", "", ("clickid",), "paid_video"),
    ("toutiao", "", ("clickid",), "paid_social"),
    ("baidu_sem", "CPC", (), "paid_search"),
    ("百度", "竞价", (), "paid_search"),
    ("巨量引擎", "信息流", (), "paid_video"),
    ("unknown", "信息流", (), "paid_social"),
    ("douyin", "ocpm", (), "paid_video"),
    ("wechat-moments", "cpm", (), "paid_social"),
    ("jd", "cpc", (), "paid_shopping"),
    ("somebody", "sem", (), "paid_search"),
    ("somebody", "paid-social", (), "paid_social"),
    ("somebody", "Paid Social", (), "paid_social"),
    ("somebody", "cpc", (), "paid_other"),
    ("baidu", "organic", (), "organic_search"),
    ("baidu", "", (), "organic_search"),
    ("weibo", "post", (), "organic_social"),
    ("xhs", "", (), "organic_social"),
    ("视频号", "", (), "organic_video"),
    ("gzh", "menu", (), "wechat"),
    ("WeChat", "", (), "wechat"),
    ("qywx", "", (), "wecom"),
    ("sales-3", "wecom", (), "wecom"),
    ("crm", "email", ("gclid",), "email"),
    ("weekly", "newsletter", (), "email"),
    ("crm", "短信", (), "sms"),
    ("expo", "qrcode", (), "qr_code"),
    ("baidu", "banner", (), "display"),
    ("partner", "cps", (), "affiliate"),
    ("www.zhihu.com", "", (), "organic_social"),
    ("kimi", "", (), "ai_assistant"),
    ("somebody", "", (), "other"),
    ("", "unheard of", (), "other"),
    # Media that merely begin with p are not paid for; fbclid is on links that nobody paid for.
    ("crm", "push", (), "push"),
    ("show", "podcast", (), "audio"),
    ("somebody", "page", (), "other"),
    ("", "", ("fbclid",), "direct"),
]


@pytest.mark.parametrize(("source", "medium", "ids", "expected"), TAGGED)
def test_a_campaign_says_more_than_a_referrer(source, medium, ids, expected):
    assert group(source=source, medium=medium, ids=ids) == expected


AGENTS = {
    WECHAT: "wechat",
    WECOM: "wecom",
    "Mozilla/5.0 (iPhone) Mobile aweme_27.1.0 BytedanceWebview": "organic_video",
    "Mozilla/5.0 (iPhone) Mobile/15E148 Weibo (iPhone14,2__weibo__13.1)": "organic_social",
    "Mozilla/5.0 (Linux) Mobile xhsdiscover/8.0": "organic_social",
    "Mozilla/5.0 (iPhone) Mobile QQ/8.9.1.610": "organic_social",
    "Mozilla/5.0 (Linux; Android 10) MQQBrowser/13.0 Mobile Safari": "direct",
    "Mozilla/5.0 (Linux) Mobile baiduboxapp/13.1": "organic_search",
    "": "direct",
}


@pytest.mark.parametrize(("agent", "expected"), AGENTS.items())
def test_an_app_that_sends_no_referrer_is_known_by_its_browser(agent, expected):
    assert group(agent=agent) == expected


def test_the_app_counts_only_where_nothing_better_is_known():
    assert group(agent=WECHAT, referrer="https://www.baidu.com/") == "organic_search"
    assert group(agent=WECHAT, referrer=OWN) == "internal"
    assert group(agent=WECHAT, source="douyin") == "organic_video"
    assert group(agent=WECHAT, source="somebody") == "wechat"
    assert group(referrer=OWN, source="somebody") == "other"
    assert group(referrer="https://weibo.com/", source="somebody") == "organic_social"
    assert group(referrer="https://www.baidu.com/", medium="cpc") == "paid_search"


def test_sites_of_different_owners_under_one_suffix_are_strangers():
    assert group(url="https://a.github.io/", referrer="https://b.github.io/") == "referral"
    assert group(url="https://a.com.cn/", referrer="https://b.com.cn/") == "referral"
    assert group(url="http://localhost:3000/", referrer="http://localhost:3000/a") == "internal"
    assert group(url="http://10.0.0.1/", referrer="http://10.0.0.2/") == "referral"


@given(st.text(), st.text(), st.text(), st.text(), st.text(), st.lists(st.text()))
def test_any_text_gets_a_group(url, referrer, source, medium, agent, ids):
    assert group(url=url, referrer="http://" + referrer, source=source, medium=medium, ids=ids, agent=agent) in CHANNELS


def test_each_medium_leads_to_a_group_that_exists():
    assert set(GROUPS.values()) <= CHANNELS.keys()
