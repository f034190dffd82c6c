"""What the doctor looks at."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from cove.engine.channels.ads import queries
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.ads.permissions import CALL
from cove.engine.channels.ads.troubles import remedy_of, said_of
from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.doctor.facade import clock_skew
from cove.facts.delivery import REASONS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

LATE_AFTER = timedelta(minutes=30)
ENOUGH = 5
TOLERATED_SKEW = timedelta(minutes=1)
_CLOCK_REMEDY = Words(
    "服务器时间与广告平台相差 {seconds} 秒，请开启时间同步，否则请求会被拒绝",
    "The clock is {seconds} s off the platform's; turn time synchronisation on, or requests are refused",
)
_OF_ACCOUNT = Words("{name}：{zh}", "{name}: {en}")
_PULL = Words("可拉取线索", "leads can be asked for")
_PUSH = Words("平台推送线索", "the platform pushes leads")
_REPORT = Words("可回传转化", "conversions can be reported")
_NO_CODES = Words("尚未填写转化类型", "No type of conversion was entered")
_NO_CODES_REMEDY = Words(
    "请在广告设置中填写要回传的转化类型", "Enter in the settings which conversions shall be reported"
)

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
    return [
        Finding(Level.BROKEN, _label(row, said_of(row.problem)), remedy_of(row.problem), key=str(row.id))
        for row in AdAccount.visible_to(actor).filter(off=False)
        if row.problem in REASONS
    ]


@checkup("ads.clock", "服务器时间准确", "This server's clock is right")
def clock_is_right(actor: Actor) -> list[Finding]:
    """Compare the clocks, once for each platform: requests and signatures carry the time, and may be five minutes off (facts D1, D2)."""
    found = []
    for row in AdAccount.visible_to(actor).filter(off=False).order_by("platform", "id").distinct("platform"):
        skew = asyncio.run(clock_skew(row.base_url))
        if skew is not None and abs(skew) > TOLERATED_SKEW:
            remedy = _CLOCK_REMEDY.with_values(seconds=int(abs(skew).total_seconds()))
            found.append(Finding(Level.BROKEN, _label(row, REASONS["clock_off"]), remedy, key=row.platform))
    return found


@able("ads")
def what_accounts_can(actor: Actor) -> list[Ability]:
    """Tell of each account whether leads can be asked for, whether they are pushed, and whether conversions are reported."""
    found = []
    for row in queries.accounts(actor):
        if row.off:
            continue
        known = row.problem in REASONS
        trouble, remedy = (said_of(row.problem), remedy_of(row.problem)) if known else (None, None)
        asked = False if trouble else True if row.pulled_at else None
        found.append(Ability(f"{row.id}:pull", _label(row, _PULL), usable=asked, trouble=trouble, remedy=remedy))
        found.append(Ability(f"{row.id}:push", _label(row, _PUSH), usable=True if row.told_at else None))
        codes = any(row.codes.values())
        found.append(
            Ability(
                f"{row.id}:report",
                _label(row, _REPORT),
                usable=codes,
                trouble=None if codes else _NO_CODES,
                remedy=None if codes else _NO_CODES_REMEDY,
            )
        )
    return found


def _label(row: AdAccount, what: Words) -> Words:
    return _OF_ACCOUNT.with_values(name=row.name, zh=what.zh, en=what.en)


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
