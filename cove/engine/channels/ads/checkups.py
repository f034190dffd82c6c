"""What the doctor looks at."""

from __future__ import annotations

from datetime import timedelta

from cove.engine.channels.ads import queries
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.ads.permissions import CALL
from cove.engine.channels.doctor.contracts import Finding, Level, checkup, patient
from cove.facts.delivery import REASONS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

LATE_AFTER = timedelta(minutes=30)
ENOUGH = 5

patient(
    "ads",
    "广告线索",
    "Advertising leads",
    path="/settings/ads",
    in_use=lambda actor: AdAccount.visible_to(actor).exists(),
)


@checkup("ads.platform_accepts_us", "广告平台接受我们的请求", "The platforms accept our requests")
def platform_accepts_us(actor: Actor) -> list[Finding]:
    """Find accounts whose platform refused to give leads."""
    remedy = Words(
        "请打开广告设置核对账号与令牌；令牌可能已过期",
        "Open the settings, check account and token; the token may have ended",
    )
    return [
        Finding(Level.BROKEN, REASONS[row.problem], remedy, key=str(row.id))
        for row in AdAccount.visible_to(actor).filter(off=False)
        if row.problem in REASONS
    ]


@checkup("ads.leads_are_pulled", "按时拉取广告线索", "Leads are asked for in time")
def leads_are_pulled(actor: Actor) -> list[Finding]:
    """Find accounts that nobody asked for half an hour."""
    late = clock.now() - LATE_AFTER
    words = Words("「{name}」已超过半小时没有拉取线索", "“{name}” was not asked for leads for half an hour")
    remedy = Words("请检查后台进程（work）是否在运行", "See whether the work process runs")
    return [
        Finding(Level.BROKEN, words.with_values(name=row.name), remedy, key=str(row.id))
        for row in queries.accounts(actor)
        if not row.off and row.created_at < late and (row.pulled_at is None or row.pulled_at < late)
    ]


@checkup("ads.leads_become_contacts", "线索能建立联系人", "Leads become contacts")
def leads_become_contacts(actor: Actor) -> list[Finding]:
    """Find accounts of whose last leads nobody could be made: the mapping names other fields than the platform sends."""
    words = Words("「{name}」最近的线索都无法建立联系人", "Nobody could be made of the last leads of “{name}”")
    remedy = Words(
        "请在广告设置中检查手机号与邮箱的字段映射", "Check which fields are phone and e-mail in the settings"
    )
    found = []
    for row in queries.accounts(actor):
        rows = AdLead.visible_to(actor, CALL).filter(account=row).exclude(raw={}).order_by("-id")
        last = list(rows.values_list("contact_id", flat=True)[:ENOUGH])
        if len(last) == ENOUGH and not any(last):
            found.append(Finding(Level.WARNING, words.with_values(name=row.name), remedy, key=str(row.id)))
    return found
