"""What the DNS says of a domain, asked of a real server: the sandbox's."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult

from cove.engine.channels.doctor.contracts import Level
from cove.engine.channels.email.checkups import look_at_records, try_relays, what_domains_can
from cove.engine.channels.email.client.checks import dkim_line, dkim_name, look, wanted
from cove.engine.channels.email.client.dns import Asking
from cove.engine.channels.email.commands.domains import drop_new_key, renew_key, take_new_key
from cove.engine.channels.email.queries.settings import domain as domain_of
from cove.engine.channels.email.queries.settings import domain_card
from cove.engine.channels.wecom.tests.platform import running_sandbox
from cove.kernel.actor import Actor
from tests.ports import free_port


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    port = free_port()
    with running_sandbox(tmp_path_factory.mktemp("names"), "--dns-port", str(port)) as url:
        yield url, port


@pytest.fixture
def say(outside, settings):
    """Put records into the DNS that Cove asks, in place of all that was there."""
    url, port = outside
    settings.DNS_SERVER = f"127.0.0.1#{port}"
    settings.PUBLIC_URL = "https://cove.shop.example"

    def put(*records):
        httpx.delete(f"{url}/sandbox/api/dns", trust_env=False, timeout=60)
        given = [{"name": name, "kind": kind, "value": value} for name, kind, value in records]
        kept = httpx.put(f"{url}/sandbox/api/dns", json={"records": given}, trust_env=False, timeout=60)
        assert kept.status_code == 200

    return put


@pytest.fixture
def card(actor, domain, say):
    domain.spf_wanted = "include:spf.relay.example"
    domain.save()
    return domain_card(domain)


def good(card):
    return (
        (card.back_host, "TXT", "v=spf1 include:spf.relay.example ~all"),
        ("spf.relay.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all"),
        (dkim_name(card.name, card.selector), "TXT", dkim_line(card.public_key)),
        ("_dmarc.shop.example", "TXT", "v=DMARC1; p=quarantine"),
        (card.back_host, "MX", "10 cove.shop.example."),
    )


def found(card):
    return {one.key: one.problem for one in asyncio.run(look(card, Asking()))}


def test_a_domain_that_is_set_up_has_nothing_wrong(card, say):
    say(*good(card))
    assert found(card) == {"spf": "", "dkim": "", "dmarc": "", "mx": ""}


@pytest.fixture
def renewed(actor, card):
    """The domain with a key that waits for its record."""
    return domain_card(renew_key(actor, domain_id=card.id))


def test_a_new_key_signs_once_its_record_stands(actor, domain, renewed, say):
    say(*good(renewed))
    assert found(renewed)["dkim_next"] == "missing"
    (told,) = look_at_records(actor)
    assert (told.level, told.key) == (Level.WARNING, "mail.shop.example:dkim_next"), "mail is signed as before"
    before = domain_of(actor, domain.id)
    assert before.selector != renewed.next_selector
    say(
        *good(renewed),
        (dkim_name("mail.shop.example", renewed.next_selector), "TXT", dkim_line(renewed.next_public_key)),
    )
    assert look_at_records(actor) == []
    after = domain_of(actor, domain.id)
    assert (after.selector, after.public_key) == (renewed.next_selector, renewed.next_public_key)
    assert (after.next_selector, after.next_key, after.key == before.next_key) == ("", "", True)
    assert {one["key"]: one["problem"] for one in after.state.findings}["dkim"] == ""
    assert [one["key"] for one in after.state.findings] == ["spf", "dkim", "dmarc", "mx"]


def test_what_was_seen_of_a_key_that_is_thrown_away_counts_no_more(actor, domain, renewed):
    other = renew_key(actor, domain_id=domain.id)
    assert other.next_selector != renewed.next_selector
    take_new_key(Actor.system(actor.tenant_id), domain_id=domain.id, selector=renewed.next_selector)
    assert domain_of(actor, domain.id).selector == renewed.selector
    drop_new_key(actor, domain_id=domain.id)
    take_new_key(Actor.system(actor.tenant_id), domain_id=domain.id, selector=other.next_selector)
    assert domain_of(actor, domain.id).selector == renewed.selector
    assert "dkim_next" not in [one.key for one in wanted(domain_card(domain_of(actor, domain.id)))]


def test_what_is_missing_is_said(card, say):
    say()
    assert set(found(card).values()) == {"missing"}


@pytest.mark.parametrize(
    ("number", "value", "key", "problem"),
    [
        (0, "v=spf1 include:other.example ~all", "spf", "relay_missing"),
        (0, "v=spf1 include:spf.relay.example +all", "spf", "lets_everybody"),
        (0, "v=spf1 include:spf.relay.example " + "a:x.example " * 10 + "~all", "spf", "too_many_lookups"),
        (0, "v=spf1 include:spf.relay.example include:loop.example ~all", "spf", ""),
        (2, "v=DKIM1; k=rsa; p=AAAA", "dkim", "other_key"),
        (2, "v=DKIM1; p=", "dkim", "revoked"),
        (3, "v=DMARC1; p=perhaps", "dmarc", "bad_policy"),
        (3, "v=DMARC1; p=none; aspf=s", "dmarc", "strict_spf"),
        (4, "10 mx.other.example.", "mx", "elsewhere"),
    ],
)
def test_what_is_wrong_is_named(card, say, number, value, key, problem):
    records = list(good(card))
    name, kind, _ = records[number]
    records[number] = (name, kind, value)
    say(*records)
    assert found(card)[key] == problem


def test_records_that_lead_round_in_a_circle_come_to_an_end(card, say):
    say(
        *good(card)[1:],
        (card.back_host, "TXT", "v=spf1 include:spf.relay.example include:a.example ~all"),
        ("a.example", "TXT", "v=spf1 include:b.example ~all"),
        ("b.example", "TXT", "v=spf1 include:a.example ~all"),
    )
    assert found(card)["spf"] == "too_many_lookups"


def test_two_of_a_kind_count_as_none(card, say):
    say(*good(card), (card.back_host, "TXT", "v=spf1 -all"))
    assert found(card)["spf"] in ("several", "relay_missing")


def test_a_server_that_is_silent_says_nothing_about_the_domain(card, say, settings, monkeypatch):
    monkeypatch.setattr("cove.engine.channels.email.client.dns.PATIENCE", 0.5)
    settings.DNS_SERVER = f"127.0.0.1#{free_port()}"
    assert set(found(card).values()) == {"unanswered"}


def test_the_doctor_tells_what_is_broken_and_keeps_what_was_found(actor, card, say, office):
    say(*good(card)[:2])
    told = {one.key.rpartition(":")[2]: one.level for one in look_at_records(actor)}
    assert told == {"dkim": "broken", "dmarc": "warning", "mx": "warning"}
    kept = {one["key"]: one["problem"] for one in domain_of(actor, card.id).state.findings}
    assert kept == {"spf": "", "dkim": "missing", "dmarc": "missing", "mx": "missing"}
    assert try_relays(actor) == []


def test_the_doctor_tells_of_a_relay_that_does_not_answer(actor, domain):
    domain.port = free_port()
    domain.save()
    [finding] = try_relays(actor)
    assert finding.level == "broken"
    assert domain.name in finding.words.zh


@pytest.mark.parametrize(
    ("ways", "words", "remedy"),
    [
        ({"security": "starttls"}, "加密连接", "STARTTLS"),
        ({"security": "tls"}, "加密连接", "465"),
        ({"user": "news", "password": "wrong"}, "不提供登录", "TLS"),
    ],
)
def test_what_keeps_a_relay_from_letting_us_in_is_named(actor, domain, ways, words, remedy):
    for name, value in ways.items():
        setattr(domain, name, value)
    domain.save()
    [finding] = try_relays(actor)
    assert (words in finding.words.zh, remedy in finding.remedy.zh) == (True, True)


def test_a_password_that_is_refused_is_told_from_a_server_that_is_not_there(actor, domain):
    controller = Controller(
        Sink(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
        ready_timeout=60,
    )
    controller.start()
    try:
        domain.port, domain.user, domain.password = controller.port, "news", "wrong"
        domain.save()
        [finding] = try_relays(actor)
    finally:
        controller.stop()
    assert "拒绝了账号或密码" in finding.words.zh


def test_a_relay_that_takes_only_its_own_user_is_named(actor, domain, office):
    office.of_sender = "553 Mail from must equal authorized user"
    [finding] = try_relays(actor)
    assert (finding.level, "不允许以该域名" in finding.words.zh, "验证" in finding.remedy.zh) == ("broken", True, True)
    office.of_sender = "451 4.7.1 come again"
    assert try_relays(actor) == []


def test_what_domains_can_is_told_record_by_record(actor, card, say, office):
    say(*good(card)[:2])
    told = {one.key.rpartition(":")[2]: one for one in what_domains_can(actor)}
    assert {key: one.usable for key, one in told.items()} == {
        "relay": True,
        "spf": True,
        "dkim": False,
        "dmarc": False,
        "mx": False,
    }
    assert dkim_name(card.name, card.selector) in told["dkim"].remedy.zh
