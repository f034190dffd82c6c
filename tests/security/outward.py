"""Records of what goes out, for routes that name one."""

from __future__ import annotations

from itertools import count

from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.engine.channels.wecom.models import WecomKfAccount, WecomMassTask, WecomMoment, WecomTool
from cove.kernel import clock
from tests.security.companies import Company

_numbers = count(1)


def delivery(company: Company) -> int:
    """A deed that the platform refused."""
    return Delivery.objects.create(
        kind="wecom.remove_contact_way",
        key=f"{company.canary}delivery-{next(_numbers)}",
        payload={"config_id": "x"},
        state="refused",
        reason="bad_request",
        not_before=clock.now(),
        created_at=clock.now(),
        finished_at=clock.now(),
    ).id


def wecom_tool(company: Company) -> int:
    """A welcome for groups that WeCom refused to make."""
    name = f"{company.canary}tool-{next(_numbers)}"
    body = {"kind": "welcome", "name": name, "text": "欢迎"}
    return WecomTool.objects.create(kind="welcome", name=name, body=body, state="failed", changed_at=clock.now()).id


def mass_message(company: Company) -> int:
    """A mass message that WeCom has not made yet."""
    name, now = f"{company.canary}mass-{next(_numbers)}", clock.now()
    said = {"key": name, "chat_type": "single", "content": {"text": name}, "subject": name}
    return WecomMassTask.objects.create(**said, asked_at=now, ends_at=now).id


def moment(company: Company) -> int:
    """A moment that WeCom has not made yet."""
    name, now = f"{company.canary}moment-{next(_numbers)}", clock.now()
    row = WecomMoment.objects.create(key=name, content={"text": name}, subject=name, asked_at=now, ends_at=now)
    return int(row.id)


def kf_account(company: Company) -> int:
    """An account of customer service."""
    name = f"{company.canary}kf-{next(_numbers)}"
    return WecomKfAccount.objects.create(open_kfid=name, name=name).id


def webhook(company: Company) -> int:
    """A webhook of the company, made without asking how many there may be: the walk makes one for each request."""
    return Webhook.objects.create(
        name=f"{company.canary}webhook-{next(_numbers)}",
        url="https://www.example.com/",
        kinds=["people.note_written"],
        secret="whsec_dGVzdA==",
        created_at=clock.now(),
    ).id


def webhook_call(company: Company) -> int:
    """A call that was given up."""
    return Call.objects.create(
        webhook_id=webhook(company), position=None, kind="webhooks.test_sent", state="dead", created_at=clock.now()
    ).id
