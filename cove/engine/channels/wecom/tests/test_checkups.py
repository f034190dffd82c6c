"""What the doctor is told of WeCom, over its wire."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from cove.engine.channels.doctor.contracts import Level, abilities, checks, patients
from cove.engine.channels.wecom.client import probes
from cove.engine.channels.wecom.contracts.tasks import LinkQuota
from cove.engine.channels.wecom.models import WecomChannel
from cove.engine.channels.wecom.tests.driving import hear
from cove.facts.wecom import CallbackRefused
from cove.kernel import clock
from cove.kernel.words import Words


def run(actor, name):
    return checks[f"wecom.{name}"].run(actor)


def test_without_settings_it_is_not_in_use(actor):
    assert not patients["wecom"].in_use(actor)


def test_a_channel_that_works_has_nothing_wrong_but_what_is_still_to_do(actor, channel):
    assert patients["wecom"].in_use(actor)
    assert run(actor, "token") == run(actor, "rights") == run(actor, "clock") == run(actor, "sign_in") == []
    (callback,) = run(actor, "callback")
    assert (callback.level, "Receive messages" in callback.remedy.en) == (Level.BROKEN, True)
    assert [one.words.en for one in run(actor, "sync")] == ["Members and customers have not been synced yet"]
    WecomChannel.objects.update(verified_at=clock.now(), synced_at=clock.now() - timedelta(days=9))
    assert run(actor, "callback") == []
    assert [one.words.en for one in run(actor, "sync")] == ["Nothing was synced for 9 days"]


def test_callbacks_that_cannot_be_taken_are_named(actor, channel, drain):
    assert run(actor, "refusals") == []
    hear(CallbackRefused(channel_id=channel.id, reason="bad_cipher"))
    drain()
    (found,) = run(actor, "refusals")
    assert (found.level, "EncodingAESKey" in found.words.zh) == (Level.BROKEN, True)
    WecomChannel.objects.update(last_callback_at=clock.now())
    assert [one.level for one in run(actor, "refusals")] == [Level.WARNING]
    WecomChannel.objects.update(refused_at=clock.now() - timedelta(days=2))
    assert run(actor, "refusals") == []


def test_a_wrong_secret_is_named_once(actor, channel):
    WecomChannel.objects.update(secret="wrong")
    (found,) = run(actor, "token")
    assert (found.level, found.words.zh, "Secret" in found.remedy.zh) == (
        Level.BROKEN,
        "应用 Secret 不正确（40001）",
        True,
    )
    assert run(actor, "rights") == []


@pytest.mark.parametrize(("errcode", "said"), [(48002, "Customer contact"), (60020, "trusted list")])
def test_a_missing_right_and_a_foreign_address_are_named_for_each_interface(actor, channel, platform, errcode, said):
    platform.fault("externalcontact/get_corp_tag_list", "errcode", errcode=errcode, times=5)
    (found,) = run(actor, "rights")
    assert (found.key, found.level, said in found.remedy.en) == ("tags", Level.BROKEN, True)


def test_a_platform_that_is_not_there(actor, channel):
    WecomChannel.objects.update(base_url="http://127.0.0.1:9")
    (found,) = run(actor, "token")
    assert (found.level, "127.0.0.1:9" in found.remedy.en) == (Level.BROKEN, True)


def test_each_ability_is_asked_for_and_what_is_missing_says_why(actor, channel, platform):
    platform.fault("externalcontact/get_intercept_rule_list", "errcode", errcode=48002, times=5)
    found = {one.key: one for one in abilities["wecom"].run(actor)}
    wrong = {key: one for key, one in found.items() if not one.usable}
    assert list(wrong) == ["intercepts"]
    assert "48002" in wrong["intercepts"].trouble.zh
    assert wrong["intercepts"].remedy.en
    assert found["links"].left == found["links"].most > 0


def test_what_cannot_be_asked_is_not_claimed(actor, channel):
    WecomChannel.objects.update(base_url="http://127.0.0.1:9")
    assert {one.usable for one in abilities["wecom"].run(actor)} == {None}


def test_links_without_quota_say_so():
    async def empty(_line):
        return LinkQuota(total=1000, balance=0)

    found = asyncio.run(probes._asked(None, "links", Words("获客链接", "Acquisition links"), empty))
    assert (found.usable, found.left, found.most) == (False, 0, 1000)
    assert ("额度" in found.trouble.zh, "购买" in found.remedy.zh) == (True, True)
