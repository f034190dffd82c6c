"""The evidence there is, what it weighs, and how it adds up.

Evidence of one category says the same thing twice and counts once. What is not decisive reaches SUSPICIOUS only together with evidence of
another category: an office, a school or a shop behind one address is never suspicious for being many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cove.engine.timeline.contracts import Doubt, doubts
from cove.kernel.registry import Registry
from cove.kernel.words import Words

SUSPICIOUS = 50
"""From this score on reports may leave an event out."""
MOST = 100
_MOST_UNSURE = 90


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence. `weight` is what it adds; a `decisive` one needs no other."""

    key: str
    category: str
    weight: int
    name: Words
    explained: Words
    decisive: bool = False


reasons: Registry[Reason] = Registry("reasons of suspicion", Reason)


def _reason(reason: Reason) -> Reason:
    doubts.add(reason.key, Doubt(reason.name, reason.explained))
    return reasons.add(reason.key, reason)


CRAWLER = _reason(
    Reason(
        "crawler",
        "agent",
        100,
        Words("已知爬虫", "Known crawler"),
        Words(
            "浏览器标识与公开名单中的搜索引擎、监控或抓取程序一致",
            "Its user agent is that of a search engine, monitor or scraper on the public list",
        ),
        decisive=True,
    )
)
HEADLESS = _reason(
    Reason(
        "headless",
        "agent",
        95,
        Words("无界面浏览器", "Headless browser"),
        Words(
            "浏览器标识表明它在没有屏幕的情况下由程序驱动",
            "Its user agent says that a program drives it without a screen",
        ),
        decisive=True,
    )
)
PROGRAM = _reason(
    Reason(
        "program",
        "agent",
        30,
        Words("由程序发送", "Sent by a program"),
        Words(
            "浏览器标识是编程用的网络库，而不是浏览器；自家 App 也可能如此",
            "Its user agent is a library for programs and no browser; an app of your own may look like that, too",
        ),
    )
)
NO_AGENT = _reason(
    Reason(
        "no_agent",
        "agent",
        30,
        Words("没有浏览器标识", "No user agent"),
        Words("没有说明自己是什么浏览器", "It did not say what browser it is"),
    )
)
AUTOMATION = _reason(
    Reason(
        "automation",
        "automation",
        95,
        Words("自动化控制", "Under automation"),
        Words(
            "页面报告浏览器正受自动化程序控制（navigator.webdriver）",
            "The page tells that a program controls the browser (navigator.webdriver)",
        ),
        decisive=True,
    )
)
HEADERS = _reason(
    Reason(
        "headers",
        "headers",
        30,
        Words("缺少浏览器应有的请求头", "Lacks what browsers send"),
        Words("自称浏览器，却没有发送语言等信息", "It calls itself a browser and sends no language"),
    )
)
DEVICE_BURST = _reason(
    Reason(
        "device_burst",
        "pace",
        35,
        Words("单设备事件过密", "Too many events of one device"),
        Words("同一设备一分钟内的事件远多于人能做到的", "One device sent far more in a minute than a person does"),
    )
)
IMPOSSIBLE_SPEED = _reason(
    Reason(
        "impossible_speed",
        "pace",
        40,
        Words("浏览速度不可能", "Impossible speed"),
        Words("几秒内打开的页面多于人能看完的", "It opened more pages within seconds than a person can look at"),
    )
)
ADDRESS_BURST = _reason(
    Reason(
        "address_burst",
        "address",
        25,
        Words("同一网络地址事件过密", "Too many events of one address"),
        Words(
            "同一网络地址一分钟内的事件异常多；办公室共用地址也会如此，单凭此项不算可疑",
            "Unusually many events came from one address in a minute; a shared office looks like that, so this alone is not suspicious",
        ),
    )
)
ADDRESS_SWARM = _reason(
    Reason(
        "address_swarm",
        "address",
        25,
        Words("同一网络地址大量新设备", "Many new devices on one address"),
        Words(
            "十分钟内同一网络地址出现大量从未见过的设备；办公室共用地址也会如此，单凭此项不算可疑",
            "Many devices never seen before came from one address in ten minutes; a shared office looks like that, so this alone is not "
            "suspicious",
        ),
    )
)

MANY_IDENTITIES = _reason(
    Reason(
        "many_identities",
        "identity",
        35,
        Words("一台设备多个用户", "Many users on one device"),
        Words(
            "同一设备一天内有多个用户登录；门店共用的设备也会如此，单凭此项不算可疑",
            "Many users signed in on one device within a day; a device shared in a shop looks like that, so this alone is not suspicious",
        ),
    )
)
ADDRESS_IDENTITIES = _reason(
    Reason(
        "address_identities",
        "address",
        25,
        Words("同一网络地址大量用户", "Many users on one address"),
        Words(
            "十分钟内同一网络地址有大量设备登录；办公室共用地址也会如此，单凭此项不算可疑",
            "Very many devices of one address signed in within ten minutes; a shared office looks like that, so this alone is not "
            "suspicious",
        ),
    )
)
LIFELESS = _reason(
    Reason(
        "lifeless",
        "behaviour",
        25,
        Words("只打开一次，毫无动作", "One page and no sign of life"),
        Words(
            "只打开了一个页面，没有点击、滚动或停留；这个站点的其他访客都有",
            "It opened one page without a click, a scroll or a moment's stay; other visitors of this site do",
        ),
    )
)


@lru_cache(maxsize=4096)
def score_of(keys: frozenset[str]) -> int:
    """Return the score of some reasons by key: the heaviest of each category added up, below SUSPICIOUS if they are of one category.

    Unknown keys, as an older version may have written them, count nothing.
    """
    found = [reason for key in keys if (reason := reasons.get(key))]
    decisive = max((reason.weight for reason in found if reason.decisive), default=0)
    heaviest: dict[str, int] = {}
    for reason in found:
        heaviest[reason.category] = max(reason.weight, heaviest.get(reason.category, 0))
    total = min(sum(heaviest.values()), _MOST_UNSURE)
    return max(decisive, total if len(heaviest) > 1 else min(total, SUSPICIOUS - 1))


def known(keys: Iterable[str]) -> list[Reason]:
    """Return the reasons behind `keys` that this version knows, heaviest first."""
    found = [reason for key in keys if (reason := reasons.get(key))]
    return sorted(found, key=lambda reason: (-reason.weight, reason.key))
