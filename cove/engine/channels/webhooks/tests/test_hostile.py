"""Whatever address a customer names, and whatever is signed: nothing inside is reached, and nothing signed can be changed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cove.engine.channels.webhooks.client.guard import NotAllowed, resolved
from cove.engine.channels.webhooks.client.signing import headers, signature
from cove.engine.channels.webhooks.queries.addresses import is_address, is_allowed

# The special-purpose registries of IANA (RFC 6890 and what came after it), and what carries or replaces an address of IPv4.
INSIDE_4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/29",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
INSIDE_6 = ["::/128", "::1/128", "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"]
OUTSIDE = ["1.1.1.1", "8.8.8.8", "114.114.114.114", "2400:3200::1", "2606:4700:4700::1111"]


def of(network: str) -> st.SearchStrategy[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    found = ipaddress.ip_network(network)
    return st.integers(int(found[0]), int(found[-1])).map(type(found[0]))


INNER_4 = st.sampled_from(INSIDE_4).flatmap(of)
INNER = st.sampled_from(INSIDE_4 + INSIDE_6).flatmap(of)
WRAPPED = st.sampled_from(
    [
        lambda four: f"::ffff:{four}",
        lambda four: f"::{four}",
        lambda four: f"::ffff:0:{four}",
        lambda four: f"64:ff9b::{four}",
        lambda four: str(ipaddress.IPv6Address((0x2002 << 112) | int(four) << 80)),
        lambda four: str(ipaddress.IPv6Address((0x20010000 << 96) | (int(four) ^ 0xFFFFFFFF))),
    ]
)


@given(INNER)
@example(ipaddress.ip_address("169.254.169.254"))
def test_what_lies_inside_is_never_called(address):
    assert not is_allowed(address)
    where = f"[{address}]" if address.version == 6 else str(address)
    assert not is_address(f"https://{where}/hook")


@given(INNER_4, WRAPPED)
def test_an_inner_address_in_a_wrapping_is_still_inside(four, wrap):
    assert not is_allowed(ipaddress.ip_address(wrap(four)))


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_is_public_may_be_called(text):
    assert is_allowed(ipaddress.ip_address(text))


@given(INNER)
def test_what_the_owner_named_may_be_called(address):
    assert is_allowed(address, [ipaddress.ip_network(address)])


@given(st.text(max_size=80) | st.text("htps:/.@[]%?#\\ 0127x\n", max_size=40).map(lambda rest: f"https://{rest}"))
@example("https://[::1")
@example("https://a:99999999/")
@example("https://public.example\\@127.0.0.1/")
@example("https://127.0.0.1%2f@public.example/")
def test_no_text_breaks_the_look_at_an_address(url):
    if is_address(url):
        assert url.partition(":")[0].lower() in ("http", "https")
        assert not any(letter.isspace() for letter in url)
        assert "@" not in url.partition("//")[2].partition("/")[0].partition("?")[0].partition("#")[0]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost"])
def test_other_spellings_of_this_machine_are_found_when_they_are_resolved(host):
    with pytest.raises(NotAllowed):
        asyncio.run(resolved(host, 443))


@pytest.mark.parametrize("url", ["https://云岫.中国/hook", "https://例子.example:8443/"])
def test_names_in_other_letters_can_be_called(url):
    assert is_address(url)


@pytest.mark.parametrize("url", ["https://云岫..中国/", f"https://{'云' * 70}.中国/"])
def test_names_that_the_dns_cannot_hold_are_refused(url):
    assert not is_address(url)


KEYS = st.binary(min_size=24, max_size=64).map(lambda raw: "whsec_" + base64.b64encode(raw).decode())
IDS = st.integers(1, 2**63 - 1).map(str)
TIMES = st.integers(1, 2**33)


def checked(key: str, said: dict[str, str], body: bytes) -> bool:
    """Check a call as a receiver does who has read the published rules and none of our code."""
    raw = base64.b64decode(key.split("_", 1)[1])
    told = b".".join([said["webhook-id"].encode(), said["webhook-timestamp"].encode(), body])
    good = base64.b64encode(hmac.new(raw, told, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(one, f"v1,{good}") for one in said["webhook-signature"].split(" "))


@given(st.lists(KEYS, min_size=1, max_size=3), IDS, TIMES, st.binary(max_size=200))
def test_a_receiver_with_any_of_the_good_secrets_knows_a_call(keys, event_id, timestamp, body):
    said = headers(keys, event_id=event_id, timestamp=timestamp, body=body)
    assert all(checked(key, said, body) for key in keys)


@given(KEYS, KEYS, IDS, IDS, TIMES, st.binary(max_size=60), st.binary(max_size=60))
def test_nothing_that_is_signed_can_be_changed(key, other_key, event_id, other_id, timestamp, body, other_body):
    good = signature(key, event_id=event_id, timestamp=timestamp, body=body)
    assert signature(key, event_id=event_id, timestamp=timestamp + 1, body=body) != good
    for changed_key, changed_id, changed_body in (
        (other_key, event_id, body),
        (key, other_id, body),
        (key, event_id, other_body),
    ):
        if (changed_key, changed_id, changed_body) != (key, event_id, body):
            assert signature(changed_key, event_id=changed_id, timestamp=timestamp, body=changed_body) != good
