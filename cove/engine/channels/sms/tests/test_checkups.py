"""What the doctor says of text messages: what a provider takes, what it approved, whether there is balance."""

from __future__ import annotations

from cove.engine.channels.sms.checkups import provider_accepts_us, what_accounts_can
from cove.engine.channels.sms.commands.accounts import note_problem
from cove.engine.channels.sms.commands.messages import send_test
from cove.engine.channels.sms.contracts.accounts import Draft
from cove.engine.channels.sms.models import SmsAccount, SmsSignature, SmsTemplate
from cove.engine.channels.sms.tests.cloud import some_phone
from cove.engine.channels.sms.tests.conftest import set_up
from cove.engine.channels.wecom.tests.driving import deliver_all


def can(actor):
    return {one.key.partition(":")[2]: one for one in what_accounts_can(actor)}


def test_an_account_is_told_line_by_line(actor, aliyun):
    row = set_up(actor, aliyun)
    told = can(actor)
    assert {key: one.usable for key, one in told.items()} == {
        "calls": True,
        "signatures": True,
        "templates": True,
        "balance": None,
        "receipts": None,
    }
    assert (told["signatures"].approved, told["signatures"].most) == (1, 1)
    assert (told["templates"].approved, told["templates"].most) == (3, 4)
    template = SmsTemplate.objects.get(name="notice")
    draft = Draft(template.id, SmsSignature.objects.get().id, {"name": "林女士", "time": "周六"})
    send_test(actor, phone=some_phone(), draft=draft)
    deliver_all(actor)
    assert can(actor)["balance"].usable is True
    note_problem(actor, account_id=row.id, reason="balance_empty")
    told = can(actor)
    assert (told["calls"].usable, told["balance"].usable) == (True, False)
    assert "充值" in told["balance"].remedy.zh


def test_keys_that_are_refused_are_named(actor, aliyun):
    set_up(actor, aliyun)
    aliyun.save(secret="another")
    template = SmsTemplate.objects.get(name="notice")
    draft = Draft(template.id, SmsSignature.objects.get().id, {"name": "林女士", "time": "周六"})
    send_test(actor, phone=some_phone(), draft=draft)
    deliver_all(actor)
    assert SmsAccount.objects.get().problem == "wrong_secret"
    told = can(actor)["calls"]
    assert (told.usable, "密钥" in told.remedy.zh) == (False, True)
    [finding] = provider_accepts_us(actor)
    assert finding.level == "broken"


def test_what_nobody_approved_says_how_far_it_is(actor, aliyun):
    set_up(actor, aliyun)
    for approval, words in (("waiting", "审核中"), ("refused", "均未通过")):
        SmsTemplate.objects.update(approval=approval)
        told = can(actor)["templates"]
        assert (told.usable, words in told.trouble.zh, told.approved) == (False, True, 0)
