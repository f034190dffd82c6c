"""What companies may send, from the command line."""

from __future__ import annotations

import pytest

from cove.directory.org.commands.tenants import create_tenant
from cove.launch.credits import Change, set_credits
from cove.launch.tenants import CannotBeDoneError


def test_credits_are_shown_and_changed(databases):
    slug = create_tenant(name="听涛短信").slug

    def told(tariff="sms", **change):
        return set_credits(slug=slug, tariff=tariff, change=Change(**change))

    assert told().endswith("sends as many text messages as it likes.")
    with pytest.raises(CannotBeDoneError, match="switch credits on first"):
        told(top_up=5)
    assert told(counted=True, top_up=500, warn_below=50, most_a_day=100).endswith(
        "has 500 message parts left, of which it may use 100 a day; its people are told below 50."
    )
    assert told(most_a_day=0, warn_below=0).endswith("has 500 message parts left.")
    with pytest.raises(CannotBeDoneError, match="No more than 500"):
        told(top_up=-501)
    with pytest.raises(CannotBeDoneError, match=r"There is no tariff owl; there are .*email.*sms"):
        told("owl")
    assert told("email").endswith("sends as many mails as it likes.")


def test_a_company_that_is_not_there_is_named(databases):
    with pytest.raises(CannotBeDoneError, match="no company with the sign-in address nobody-here"):
        set_credits(slug="nobody-here", tariff="sms", change=Change())
