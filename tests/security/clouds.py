"""Records of text messages and of advertising that a route can name."""

from __future__ import annotations

from itertools import count

from cove.engine.channels.ads.commands.accounts import Access, add_account
from cove.engine.channels.ads.commands.leads import take_leads
from cove.engine.channels.ads.contracts.leads import Lead
from cove.engine.channels.ads.models import AdLead
from cove.engine.channels.sms.commands.accounts import configure_account
from cove.engine.channels.sms.models import SmsAccount, SmsSignature, SmsTemplate
from cove.kernel import clock
from cove.kernel.actor import Actor
from tests.security.companies import Company

_numbers = count(1)


def sms_account(company: Company) -> SmsAccount:
    """The company's account at a provider of text messages."""
    return configure_account(
        company.actor, provider="aliyun", key_id=f"{company.canary}key", secret=f"{company.canary}secret"
    )


def sms_template(company: Company) -> int:
    """A template that the provider approved."""
    row, number = sms_account(company), next(_numbers)
    return SmsTemplate.objects.create(
        account=row,
        code=f"SMS_{number}",
        name=f"{company.canary}template-{number}",
        content="您好",
        approval="approved",
    ).id


def sms_signature(company: Company) -> int:
    """A signature that the provider approved."""
    row, number = sms_account(company), next(_numbers)
    return SmsSignature.objects.create(account=row, name=f"{company.canary}name-{number}", approval="approved").id


def ad_account(company: Company) -> int:
    """An account at an advertising platform."""
    access = Access(f"{company.canary}ads", f"{company.canary}{next(_numbers)}", "", "token", "secret")
    return add_account(company.actor, platform="ocean", access=access).id


def ad_lead(company: Company) -> int:
    """A lead of somebody."""
    account_id, number = ad_account(company), next(_numbers)
    said = {"clue_id": str(number), "telphone": f"138{number:08d}", "name": f"{company.canary}lead"}
    take_leads(Actor.system(company.tenant_id), account_id=account_id, leads=[Lead(str(number), clock.now(), said)])
    return AdLead.objects.get(account_id=account_id).id
