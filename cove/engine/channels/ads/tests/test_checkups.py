"""What the doctor says of advertising accounts: what the platform refuses, in its words and with what to do, and whose clock is off."""

from __future__ import annotations

from datetime import timedelta

from cove.engine.channels.ads.checkups import clock_is_right, platform_accepts_us, what_accounts_can
from cove.engine.channels.ads.commands.accounts import order_pull
from cove.engine.channels.ads.models import AdAccount
from cove.engine.channels.wecom.tests.driving import deliver_all
from cove.kernel import clock


def test_a_token_that_is_refused_is_named_with_its_remedy(actor, advertiser):
    advertiser.connect(actor)
    advertiser.token, advertiser.secret = "another", "another"
    advertiser.save()
    row = AdAccount.objects.get()
    order_pull(actor, ad_account_id=row.id)
    deliver_all(actor)
    (found,) = platform_accepts_us(actor)
    assert (found.level, row.name in found.words.zh) == ("broken", True)
    assert any(word in found.remedy.zh for word in ("令牌", "密钥"))
    told = {one.key.partition(":")[2]: one for one in what_accounts_can(actor)}["pull"]
    assert (told.usable, told.remedy) == (False, found.remedy)


def test_a_clock_that_is_off_is_named_once_for_a_platform(actor, ocean):
    ocean.connect(actor)
    assert clock_is_right(actor) == []
    with clock.shifted(timedelta(minutes=7)):
        (found,) = clock_is_right(actor)
    assert (found.level, "时间" in found.words.zh, "同步" in found.remedy.zh) == ("broken", True, True)


def test_a_platform_that_is_away_says_nothing_of_the_clock(actor, ocean):
    ocean.connect(actor)
    AdAccount.objects.update(base_url="http://127.0.0.1:9")
    assert clock_is_right(actor) == []
