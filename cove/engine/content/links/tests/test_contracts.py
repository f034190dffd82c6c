"""Targets, parameters and tokens: pure, so every odd case is tried here."""

from __future__ import annotations

import pytest

from cove.engine.content.links.contracts import is_good_target, location_of, recipient_of, token_for

SECRET = "a secret of the installation, long enough"


@pytest.mark.parametrize(
    "target",
    [
        "https://www.cove.example",
        "http://cove.example:8080/a/b?c=d&e#f",
        "https://mp.weixin.qq.com/s?__biz=MzA3&mid=2650&idx=1&sn=0a#wechat_redirect",
        "https://例子.公司.cn/产品?名=甲",
        "http://[2001:db8::1]/a",
    ],
)
def test_whole_addresses_are_taken(target):
    assert is_good_target(target)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "cove.example",
        "//cove.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://cove.example/a",
        "https://",
        "https:///path",
        "https://user:pass@cove.example/",
        "https://www.cove.example@evil.test/",
        "https://cove.example/a b",
        "https://cove.example/\r\nSet-Cookie: a=b",
        "https://cove.example:0/",
        "https://cove.example:99999/",
        "https://cove.example:x/",
        "http://[::1",
        "https://" + "a" * 64 + ".example/",
        "https://cove.example/" + "字" * 1_000,
    ],
)
def test_anything_else_is_not(target):
    assert not is_good_target(target)


UTM = {"source": "wecom", "medium": "", "campaign": "秋季 1", "content": "", "term": ""}


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("https://a.test", "https://a.test?utm_source=wecom&utm_campaign=%E7%A7%8B%E5%AD%A3+1"),
        ("https://a.test/?x=1#f", "https://a.test/?x=1&utm_source=wecom&utm_campaign=%E7%A7%8B%E5%AD%A3+1#f"),
        ("https://a.test/?utm_source=own", "https://a.test/?utm_source=own&utm_campaign=%E7%A7%8B%E5%AD%A3+1"),
        ("https://a.test/?utm_source=", "https://a.test/?utm_source=&utm_campaign=%E7%A7%8B%E5%AD%A3+1"),
    ],
)
def test_parameters_are_added_where_the_target_has_none(target, location):
    assert location_of(target, UTM) == location


def test_a_location_is_plain_letters_and_stays_what_it_means():
    assert location_of("https://例子.cn/产品?名=甲%20乙", {}) == (
        "https://xn--fsqu00a.cn/%E4%BA%A7%E5%93%81?%E5%90%8D=%E7%94%B2%20%E4%B9%99"
    )
    assert location_of("http://[2001:db8::1]:81/a", {}) == "http://[2001:db8::1]:81/a"


@pytest.mark.parametrize("contact_id", [1, 255, 256, 70_000, 2**40, 2**63 - 1])
def test_a_token_tells_whom_it_was_made_for(contact_id):
    token = token_for(contact_id, slug="abcd2345", secret=SECRET)
    assert recipient_of(token, slug="abcd2345", secret=SECRET) == contact_id
    assert len(token) <= 24


def test_a_token_is_good_for_its_own_link_and_installation_only():
    token = token_for(7, slug="abcd2345", secret=SECRET)
    assert recipient_of(token, slug="abcd2346", secret=SECRET) is None
    assert recipient_of(token, slug="abcd2345", secret=SECRET + "x") is None


def test_a_changed_token_is_nobodys():
    token = token_for(7, slug="abcd2345", secret=SECRET)
    for at in range(len(token) - 1):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert recipient_of(changed, slug="abcd2345", secret=SECRET) is None
    for odd in ("", "A", token[:-2], token + "AAAA", "é" * 18, "%00" * 6, "A" * 5000):
        assert recipient_of(odd, slug="abcd2345", secret=SECRET) is None
