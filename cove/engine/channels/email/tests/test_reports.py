"""Mail that comes back is read as it is written, and what is not understood never harms an address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cove.engine.channels.email.contracts.tokens import Told, read_token, token_for
from cove.engine.channels.email.inbound.reports import read_mail
from cove.engine.channels.email.tests.letters import bounce, complaint, plain
from cove.facts.email import MailLeft

SECRET = "a secret of these tests alone"
TOLD = Told(7, 4711)
BACK = token_for("back", TOLD, secret=SECRET)
OURS = f"b+{BACK}@bounces.mail.shop.example"


def read(raw, address=OURS):
    return read_mail(address, raw, secret=SECRET)


@pytest.mark.parametrize(
    ("status", "said", "hardness", "reason"),
    [
        ("5.1.1", "550 5.1.1 no such user", "hard", "address_unknown"),
        ("5.1.10", "556 5.1.10 null MX", "hard", "address_unknown"),
        ("5.2.2", "552 5.2.2 quota exceeded", "soft", "mailbox_full"),
        ("5.7.1", "554 5.7.1 blocked", "soft", "spam_refused"),
        ("5.0.0", "550 5.1.1 unknown user", "hard", "address_unknown"),
        ("4.4.1", "connection timed out", "soft", "refused"),
        ("", "something went wrong", "soft", "refused"),
    ],
)
def test_a_bounce_is_classified_by_its_enhanced_code(status, said, hardness, reason):
    heard = read(bounce(status=status, said=said))
    assert heard.told == TOLD
    assert (heard.fact.sort, heard.fact.hardness, heard.fact.reason) == ("bounce", hardness, reason)
    assert heard.fact.detail == said


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_late_or_arrived_is_no_bounce(action):
    assert read(bounce(action=action, status="4.4.7")) is None


def test_a_complaint_names_the_mail_by_its_address_or_by_its_number():
    for address in (OURS, "fbl@bounces.mail.shop.example"):
        heard = read(complaint(BACK), address)
        assert (heard.told, heard.fact.sort) == (TOLD, "complaint")
    assert read(complaint(BACK, "not-spam"), OURS) is None
    assert read(complaint("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "fbl@bounces.example") is None


def test_servers_without_a_standard_are_understood_and_machines_are_not_believed():
    old = read(plain("Hi. This is the qmail-send program.\n<lin@qq.test>:\n550 5.1.1 user unknown"))
    assert (old.fact.hardness, old.fact.reason) == ("hard", "address_unknown")
    assert read(plain("550 user unknown")).fact.hardness == "soft", "an old code alone condemns nobody"
    assert read(plain("I am on holiday until 5.1.1", "Auto-Submitted: auto-replied")) is None
    assert read(plain("Thank you, we got your mail")) is None


def test_writing_to_the_address_for_it_unsubscribes():
    heard = read(plain("unsubscribe"), f"U+{BACK.upper()}@bounces.mail.shop.example")
    assert heard.told == TOLD
    assert heard.fact == MailLeft(message_id=4711, how="mail")


@given(st.binary(max_size=2000), st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_the_reader_or_condemn_an_address(raw, inside):
    whole = bounce().replace(b"Status: 5.1.1", raw) if inside else raw
    heard = read(whole)
    assert heard is None or heard.told == TOLD


@given(st.integers(1, 2**32 - 1), st.integers(1, 2**63), st.integers(0, 2**32 - 1), st.data())
def test_tokens_say_what_was_signed_and_nothing_else(tenant, message, link, data):
    told = Told(tenant, message, link)
    purpose = data.draw(st.sampled_from(["open", "link", "leave", "back"]))
    token = token_for(purpose, told, secret=SECRET)
    assert read_token(purpose, token, secret=SECRET) == told
    other = data.draw(st.sampled_from([one for one in ("open", "link", "leave") if one != purpose]))
    assert read_token(other, token, secret=SECRET) is None
    assert read_token(purpose, token, secret="another") is None
    at = data.draw(st.integers(0, len(token) - 2))
    changed = token[:at] + ("b" if token[at] == "a" else "a") + token[at + 1 :]
    assert read_token(purpose, changed, secret=SECRET) is None
