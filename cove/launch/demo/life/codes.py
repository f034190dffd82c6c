"""The live codes by which the customers of this life came, and the members who serve them."""

from __future__ import annotations

from dataclasses import dataclass

from cove.launch.demo.life.plan import Dice, Urn


@dataclass(frozen=True, slots=True)
class Code:
    """A live code: who stands behind it with which weight, the tags it puts on, its campaign, how many of a hundred come by it."""

    name: str
    members: dict[str, int]
    tags: tuple[str, ...]
    utm: tuple[str, str, str]
    share: int


REGISTRATION = "设计云注册页"
"""Whoever comes by it has just registered."""
CODES = (
    Code(
        "设计师大会签到",
        {"WangFang": 3, "LiMingxuan": 3},
        ("展会", "高意向"),
        ("designer-summit", "offline", "2026-designer-summit"),
        16,
    ),
    Code("工程样册扫码", {"WangFang": 2, "HuangJiayi": 2}, ("待培育",), ("catalogue", "print", "project-supply"), 18),
    Code(
        "招商说明会",
        {"HuangJiayi": 3, "WangFang": 1},
        ("展会", "中意向"),
        ("partner-meeting", "offline", "2026-partners"),
        14,
    ),
    Code("视频号直播间", {"LiMingxuan": 2, "ZhaoLei": 2}, ("朋友圈",), ("wechat", "live", "wednesday-live"), 15),
    Code(REGISTRATION, {"ZhaoLei": 3, "LiMingxuan": 1}, ("官网", "高意向"), ("website", "owned", "cloud-trial"), 17),
)
WITHOUT_CODE = 20
"""Of a hundred: they looked the member up, or somebody passed his card on."""
_WAYS: Urn[Code | None] = Urn([*((one, one.share) for one in CODES), (None, WITHOUT_CODE)])
_SERVING = {one.name: Urn(one.members.items()) for one in CODES}
MEMBERS = ("WangFang", "LiMingxuan", "HuangJiayi", "ZhaoLei")


def shown(dice: Dice, name: str) -> str:
    """Draw the member whom a code shows to whoever opens it."""
    return dice.draw(_SERVING[name])


def draw(dice: Dice) -> tuple[Code | None, str]:
    """Draw the code by which a friend comes (None for no code) and the member who serves him."""
    code = dice.draw(_WAYS)
    if code is None:
        return None, dice.choice(MEMBERS)
    return code, dice.draw(_SERVING[code.name])
