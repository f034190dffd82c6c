"""What the application may do: each interface is asked something harmless, and what it answers is told in plain words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from cove.engine.channels.wecom.client import (
    archive,
    behaviour,
    customers,
    group_welcomes,
    groups,
    intercepts,
    js_sdk,
    links,
    mass,
    moments,
    support,
    tags,
    transfers,
)
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.contracts.tasks import LinkQuota
from cove.engine.channels.wecom.errors import NoAnswer, Unreachable, WeComError
from cove.kernel import clock
from cove.kernel.words import Words

DAY_SECONDS, CHINA_SECONDS = 86_400, 8 * 3600
NOBODY = "none"
# Asked for what cannot exist: that it is not there is said only to whoever may ask.
NOT_THERE = frozenset({40058, 41047, 41056, 41060, 41062})

_NO_LINKS_LEFT = Words(
    "获客链接的额度已用完，新客户无法再通过链接添加", "No more customers can be added by links: the quota is used up"
)
_BUY = Words(
    "请在企业微信后台「客户联系 → 获客助手」购买额度",
    "Buy more in WeCom's console under Customer contact, acquisition assistant",
)

Probe = Callable[[Line], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One ability: `usable` None where the platform could not be asked. `left` of `most`: its own quota, where it tells one."""

    key: str
    label: Words
    usable: bool | None
    trouble: Words | None = None
    remedy: Words | None = None
    left: int | None = None
    most: int | None = None


async def _groups(line: Line) -> object:
    owners = (await customers.list_followers(line))[:1]
    return [one async for one in groups.list_groups(line, owners=owners)] if owners else None


async def _behaviour(line: Line) -> object:
    userids = (await customers.list_followers(line))[:1]
    today = int(clock.now().timestamp() + CHINA_SECONDS) // DAY_SECONDS * DAY_SECONDS - CHINA_SECONDS
    begin = today - int(timedelta(days=1).total_seconds())
    return await behaviour.behaviour_of(line, userids=userids, begin=begin, end=today - 1) if userids else None


PROBES: tuple[tuple[str, Words, Probe], ...] = (
    ("customers", Words("客户资料", "Customers"), customers.list_followers),
    ("tags", Words("企业标签", "Corp tags"), tags.list_tags),
    ("groups", Words("客户群", "Customer groups"), _groups),
    ("mass", Words("企业群发", "Mass messages"), lambda line: mass.list_members(line, NOBODY)),
    ("moments", Words("客户朋友圈", "Moments"), lambda line: moments.list_members(line, NOBODY)),
    (
        "group_welcomes",
        Words("入群欢迎语", "Welcomes of groups"),
        lambda line: group_welcomes.get_group_welcome(line, NOBODY),
    ),
    ("transfers", Words("客户继承", "Transfers of customers"), transfers.list_unassigned),
    ("intercepts", Words("敏感词", "Forbidden words"), intercepts.list_rules),
    ("links", Words("获客链接", "Acquisition links"), links.quota),
    ("behaviour", Words("联系客户统计", "Figures of members"), _behaviour),
    ("support", Words("微信客服", "Customer service"), support.list_accounts),
    ("archive", Words("会话存档", "Conversation archive"), archive.members_archived),
    ("pages", Words("聊天工具栏与网页", "Sidebar and pages"), lambda line: js_sdk.fetch_ticket(line, "agent_config")),
)


async def probed(line: Line) -> list[Asked]:
    """Ask everything; once the platform does not answer at all, the rest is unknown and not asked."""
    found: list[Asked] = []
    silent = False
    for key, label, probe in PROBES:
        one = Asked(key, label, None) if silent else await _asked(line, key, label, probe)
        silent = silent or one.usable is None
        found.append(one)
    return found


async def _asked(line: Line, key: str, label: Words, probe: Probe) -> Asked:
    try:
        told = await probe(line)
    except WeComError as error:
        if error.errcode in NOT_THERE:
            return Asked(key, label, usable=True)
        said = error.trouble.words
        trouble = Words("{zh}（{errcode}）", "{en} ({errcode})").with_values(
            zh=said.zh, en=said.en, errcode=error.errcode
        )
        return Asked(key, label, usable=False, trouble=trouble, remedy=error.trouble.remedy)
    except (Unreachable, NoAnswer) as error:
        return Asked(key, label, None, trouble=Words("{zh}", "{en}").with_values(**error.in_both()))
    if isinstance(told, LinkQuota):
        return _links(key, label, told)
    return Asked(key, label, usable=True)


def _links(key: str, label: Words, told: LinkQuota) -> Asked:
    """Return how it stands with links: whoever never bought any has none left, and misses none."""
    if told.balance > 0 or told.total == 0:
        return Asked(key, label, usable=True, left=told.balance, most=told.total)
    return Asked(key, label, usable=False, trouble=_NO_LINKS_LEFT, remedy=_BUY, left=told.balance, most=told.total)
